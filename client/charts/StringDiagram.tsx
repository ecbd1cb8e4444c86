/** A line's trips as strings: time across, distance along the line up. Planned thin, driven strong: bunching and gaps are seen. */
import { line, scaleLinear, scaleUtc } from 'd3'
import { useId } from 'react'
import { formatClock } from '../language/format.ts'
import { Drawing } from './Drawing.tsx'
import { placeAt, shownLabels, type Course } from './strings.ts'
import { timeTicks } from './TimeSeries.tsx'
import { useMarks } from './useMarks.ts'
import { useRoom } from './useRoom.ts'

export interface StringMark {
  readonly words: string
  readonly planned: Course
  readonly driven: Course
  /** Under way at the time that is shown: a dot at its end. */
  readonly isUnderWay: boolean
}

export interface StringDiagramProps {
  readonly title: string
  readonly summary: string
  readonly note: string
  readonly timeZone: string
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  readonly nowWord: string
  readonly lengthM: number
  readonly stops: readonly { readonly name: string; readonly alongM: number }[]
  readonly strings: readonly StringMark[]
  readonly color: string
  readonly pointed: readonly number[]
  readonly chosen: number | undefined
  onPoint(string: number | undefined): void
  onChoose(string: number): void
}

const HEIGHT = 360
const MARGIN = { top: 14, right: 6, bottom: 20, left: 6 }
const LABELS_APART = 32
/** Of a letter, on average. */
const LETTER = 6.2
const REACH = 18

export function StringDiagram(props: StringDiagramProps) {
  const { title, summary, note, timeZone, fromMs, toMs, nowMs, strings, pointed, chosen, color } = props
  const [room, width] = useRoom<HTMLElement>(308)
  const clip = useId()
  const x = scaleUtc([fromMs, toMs], [MARGIN.left, width - MARGIN.right])
  const y = scaleLinear([0, Math.max(1, props.lengthM)], [HEIGHT - MARGIN.bottom, MARGIN.top])
  const marks = useMarks({
    count: strings.length,
    label: `${title}. ${summary}`,
    pointed: pointed[0],
    at: (px, py) => nearestString(strings, x.invert(px).getTime(), (alongM) => Math.abs(y(alongM) - py)),
    onPoint: props.onPoint,
    onChoose: props.onChoose,
  })
  const path = line<Course[number]>()
    .x(({ timeMs }) => x(timeMs))
    .y(({ alongM }) => y(alongM))
  const shown = shownLabels(
    props.stops.map(({ alongM }) => y(alongM)),
    LABELS_APART,
  )
  // names stand where only plans are, so that they hide nothing that was driven
  const letters = Math.floor((x(toMs) - x(nowMs)) / LETTER)
  const words = strings.map((string) => string.words)
  return (
    <Drawing
      {...{ title, summary, words, note, width, height: HEIGHT, marks, room }}
      pointed={pointed.length === 1 ? pointed[0] : undefined}
    >
      <clipPath id={clip}>
        <rect
          x={MARGIN.left}
          y={MARGIN.top - 6}
          width={width - MARGIN.left - MARGIN.right}
          height={HEIGHT - MARGIN.top - MARGIN.bottom + 12}
        />
      </clipPath>
      {shown.map((i) => (
        <line
          key={i}
          className="rule"
          x1={MARGIN.left}
          x2={width - MARGIN.right}
          y1={y(props.stops[i].alongM)}
          y2={y(props.stops[i].alongM)}
        />
      ))}
      {timeTicks(fromMs, toMs, width).map((timeMs) => (
        <text key={timeMs} x={x(timeMs)} y={HEIGHT - 4} textAnchor="middle">
          {formatClock(timeMs, timeZone)}
        </text>
      ))}
      <line className="now" x1={x(nowMs)} x2={x(nowMs)} y1={MARGIN.top - 6} y2={HEIGHT - MARGIN.bottom} />
      <g clipPath={`url(#${clip})`}>
        {strings.map(({ planned }, i) => (
          <path key={i} className="ghost" d={path(planned) ?? ''} />
        ))}
        {strings.map((string, i) => {
          const isLit = pointed.includes(i)
          const [last] = string.driven.slice(-1)
          const stroke = isLit || chosen === i ? 'var(--text)' : color
          return (
            <g key={i} {...marks.option(i, string.words)}>
              {isLit && <path className="pointed" d={path(string.planned) ?? ''} strokeDasharray="3 3" />}
              <path
                className="curve"
                d={path(string.driven) ?? ''}
                stroke={stroke}
                strokeWidth={isLit || chosen === i ? 2.8 : 1.5}
              />
              {string.isUnderWay && last && (
                <circle
                  cx={x(last.timeMs)}
                  cy={y(last.alongM)}
                  r={isLit || chosen === i ? 4 : 2.6}
                  fill={stroke}
                />
              )}
            </g>
          )
        })}
      </g>
      {shown.map((i) => (
        <text key={i} x={width - MARGIN.right} y={y(props.stops[i].alongM) - 3} textAnchor="end">
          {shortened(props.stops[i].name, letters)}
        </text>
      ))}
      <text className="strong" x={x(nowMs) - 4} y={MARGIN.top - 3} textAnchor="end">
        {props.nowWord}
      </text>
    </Drawing>
  )
}

function shortened(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - 1)).trimEnd()}…`
}

/** The string nearest to a height at a time: by what was driven, and where nothing was, by the plan. */
function nearestString(
  strings: readonly StringMark[],
  timeMs: number,
  distance: (alongM: number) => number,
): number | undefined {
  let best: number | undefined
  let bestDistance = REACH
  strings.forEach(({ planned, driven }, i) => {
    const alongM = placeAt(driven, timeMs) ?? placeAt(planned, timeMs)
    if (alongM === undefined || distance(alongM) >= bestDistance) return
    bestDistance = distance(alongM)
    best = i
  })
  return best
}
