/**
 * The marks of a drawing, for hand, key and ear: one stop of the tab key, arrows inside, Enter to choose; each mark is an option
 * of a list, read out by its words.
 */
import { useId, useState, type FocusEvent, type KeyboardEvent, type MouseEvent, type SVGProps } from 'react'

export const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const
export type Arrow = (typeof arrows)[number]

export interface MarksOptions {
  readonly count: number
  /** What the list is, in words; read when it is reached. */
  readonly label: string
  /** The mark that is pointed at, wherever that was done. */
  readonly pointed: number | undefined
  /** The mark nearest to a place of the drawing; undefined when none is near. */
  at(x: number, y: number): number | undefined
  /** The mark that a key leads to from another; the next or the one before in their order when absent. */
  move?(from: number, key: Arrow): number
  onPoint(mark: number | undefined): void
  onChoose?(mark: number): void
}

export interface Marks {
  /** The mark that is pointed at, or where the keys are on one that nothing of the city stands for. */
  readonly shown: number | undefined
  readonly list: SVGProps<SVGSVGElement>
  option(mark: number, label: string): SVGProps<SVGGElement>
}

export function useMarks(options: MarksOptions): Marks {
  const { count, label, pointed, at, move = stepInOrder(count), onPoint, onChoose } = options
  const id = useId()
  const [reached, setReached] = useState(0)
  const [hasFocus, setFocus] = useState(false)
  const active = Math.min(pointed ?? reached, count - 1)
  const shown = pointed ?? (hasFocus && count > 0 ? active : undefined)
  const point = (mark: number | undefined) => {
    if (mark !== undefined) setReached(mark)
    onPoint(mark)
  }
  const under = (event: MouseEvent<SVGSVGElement>) => {
    const svg = event.currentTarget
    const { left, top, width, height } = svg.getBoundingClientRect()
    const box = svg.viewBox.baseVal
    return at(
      ((event.clientX - left) * box.width) / (width || 1),
      ((event.clientY - top) * box.height) / (height || 1),
    )
  }
  return {
    shown,
    list: {
      role: 'listbox',
      tabIndex: 0,
      'aria-label': label,
      'aria-activedescendant': hasFocus && count > 0 ? `${id}${active}` : undefined,
      onFocus: (event: FocusEvent) => {
        setFocus(true)
        // a hand that presses has its own place
        if (count > 0 && event.currentTarget.matches(':focus-visible')) point(active)
      },
      onBlur: () => {
        setFocus(false)
        point(undefined)
      },
      onPointerMove: (event) => point(under(event)),
      onPointerLeave: () => point(undefined),
      onClick: (event) => {
        const mark = under(event)
        if (mark !== undefined) onChoose?.(mark)
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (count === 0) return
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          onChoose?.(active)
        }
        const key = arrows.find((arrow) => arrow === event.key)
        if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        point(move(active, key))
      },
    },
    option: (mark, words) => ({
      id: `${id}${mark}`,
      role: 'option',
      'aria-label': words,
      'aria-selected': mark === shown,
    }),
  }
}

/** Right and down lead on, left and up back; neither goes beyond the ends. */
export function stepInOrder(count: number): (from: number, key: Arrow) => number {
  return (from, key) => {
    if (key === 'Home') return 0
    if (key === 'End') return count - 1
    const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
    return Math.max(0, Math.min(count - 1, from + by))
  }
}

/** The nearest of some places within a reach, all in units of the drawing. */
export function nearestPlace(
  places: readonly (readonly [x: number, y: number])[],
  x: number,
  y: number,
  reach: number,
): number | undefined {
  let best: number | undefined
  let bestDistance = reach
  places.forEach(([px, py], i) => {
    const distance = Math.hypot(px - x, py - y)
    // a place that is not known is at no distance
    if (!(distance < bestDistance)) return
    bestDistance = distance
    best = i
  })
  return best
}
