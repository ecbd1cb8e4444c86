/** The bar between two maps: dragged, or moved by arrow keys, Home and End. */
import type { KeyboardEvent, PointerEvent } from 'react'
import { sayCompare } from '../../../language/compareWords.ts'
import { formatPercent } from '../../../language/format.ts'

interface SwipeBarProps {
  /** Per cent of the map's width that is the left map's. */
  readonly at: number
  readonly left: string
  readonly right: string
  readonly onMove: (at: number) => void
}

const STEP = 2
const PAGE = 10
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP,
  ArrowDown: -STEP,
  ArrowRight: STEP,
  ArrowUp: STEP,
  PageDown: -PAGE,
  PageUp: PAGE,
  Home: -100,
  End: 100,
}

export function SwipeBar({ at, left, right, onMove }: SwipeBarProps) {
  const move = (to: number) => onMove(Math.min(100, Math.max(0, to)))
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(at + step)
  }
  const onDrag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left: fromPx, width } = event.currentTarget.parentElement!.getBoundingClientRect()
    move(Math.round((100 * (event.clientX - fromPx)) / width))
  }
  return (
    <div
      className="swipe-bar"
      role="slider"
      tabIndex={0}
      aria-label={sayCompare('maps.bar', { left, right })}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={at}
      aria-valuetext={sayCompare('maps.barAt', { percent: formatPercent(at / 100), left })}
      style={{ left: `${at}%` }}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
        event.preventDefault()
      }}
      onPointerMove={onDrag}
    />
  )
}
