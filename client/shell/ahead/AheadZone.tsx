/** The hour ahead on the strip of time: hatched, so that nobody takes it for recorded, with the fan of the traffic in it. */
import { scaleLinear } from 'd3'
import { useId } from 'react'
import { fanFrom, valuesOf, type Fan } from '../../charts/fan.ts'
import { FanMarks } from '../../charts/FanMarks.tsx'
import { say } from '../../language/language.ts'

// Narrower than this the word does not fit.
const WORD_PX = 58

export interface AheadZoneProps {
  readonly fan: Fan | undefined
  readonly x: (timeMs: number) => number
  /** What is recorded, or the present, ends here. */
  readonly fromMs: number
  readonly endMs: number
  readonly top: number
  readonly bottom: number
}

export function AheadZone({ fan, x, fromMs, endMs, top, bottom }: AheadZoneProps) {
  const hatch = useId()
  const shown = fan && fanFrom(fan, fromMs)
  const values = shown ? valuesOf(shown) : [0]
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [bottom - 1, top + 1])
  const [left, right] = [x(fromMs), x(endMs)]
  return (
    <g className="ahead-zone">
      <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2={6} />
      </pattern>
      <rect
        x={left}
        y={top}
        width={Math.max(0, right - left)}
        height={bottom - top}
        fill={`url(#${hatch})`}
      />
      {shown && <FanMarks fan={shown} x={x} y={y} />}
      <line className="ahead-now" x1={left} x2={left} y1={top - 4} y2={bottom + 4} />
      {right - left > WORD_PX && (
        <text x={left + 4} y={top - 4}>
          {say('ahead.word')}
        </text>
      )}
    </g>
  )
}
