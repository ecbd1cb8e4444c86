/** The frame of a drawing with marks: its title and what is pointed at above, the marks as one list, a sentence for who cannot see it. */
import type { ReactNode, RefCallback } from 'react'
import './drawing.css'
import type { Marks } from './useMarks.ts'

export interface DrawingProps {
  readonly title: string
  /** What the whole says. */
  readonly summary: string
  /** By mark, in its place while that is pointed at. */
  readonly words: readonly string[]
  readonly pointed: number | undefined
  /** Under the drawing: where it comes from, what its signs mean. */
  readonly note?: ReactNode
  /** Units of the page. */
  readonly width: number
  readonly height: number
  readonly marks: Marks
  readonly room: RefCallback<HTMLElement>
  readonly children: ReactNode
}

/** Of a letter of the reading, on average, in units. */
const LETTER = 6.4
const LINE_EM = 1.4

export function Drawing(props: DrawingProps) {
  const { title, summary, words, pointed, note, width, height, marks, room, children } = props
  // room for the longest, so that the drawing stays where it is under a hand
  const longest = Math.max(summary.length, ...words.map(({ length }) => length))
  const minHeight = `${LINE_EM * Math.ceil((longest * LETTER) / width)}em`
  return (
    <figure className="drawing" ref={room}>
      <figcaption>
        <span>{title}</span>{' '}
        <b style={{ minHeight }}>{(pointed === undefined ? undefined : words[pointed]) ?? summary}</b>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} {...marks.list}>
        {children}
      </svg>
      {note !== undefined && <small>{note}</small>}
    </figure>
  )
}
