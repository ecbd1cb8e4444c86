/** The frame of a drawing with marks: its title and what is pointed at above, the marks as one list, a sentence for who cannot see it. */
import type { ReactNode, RefCallback } from 'react'
import './drawing.css'
import type { Marks } from './useMarks.ts'

export interface DrawingProps {
  readonly title: string
  /** Of what is pointed at, with unit; else what the whole says. */
  readonly reading: string
  /** Under the drawing: where it comes from, what its signs mean. */
  readonly note?: ReactNode
  /** Units of the page. */
  readonly width: number
  readonly height: number
  readonly marks: Marks
  readonly room: RefCallback<HTMLElement>
  readonly children: ReactNode
}

export function Drawing({ title, reading, note, width, height, marks, room, children }: DrawingProps) {
  return (
    <figure className="drawing" ref={room}>
      <figcaption>
        <span>{title}</span> <b>{reading}</b>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} {...marks.list}>
        {children}
      </svg>
      {note !== undefined && <small>{note}</small>}
    </figure>
  )
}
