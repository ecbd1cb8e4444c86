/** One quantity over time: line, yesterday as a quiet line, limit, now, and the fan of what is expected. Direct labels, light rules, no box; knows no domain. */
import { line, scaleLinear, scaleUtc } from 'd3'
import { useId, type ReactNode } from 'react'
import { formatClock } from '../language/format.ts'
import { say } from '../language/language.ts'
import './charts.css'
import { fanFrom, valuesOf, type Fan } from './fan.ts'
import { FanMarks } from './FanMarks.tsx'
import { between, summarise, valueExtent, type Series } from './series.ts'
import { useWidth } from './useWidth.ts'

export interface TimeSeriesProps {
  readonly title: string
  /** A value with its unit, as text. */
  readonly format: (value: number) => string
  readonly series: Series
  readonly timeZone: string
  /** The day before at the same hours, with today's times. */
  readonly yesterday?: Series
  readonly limit?: number
  readonly nowMs?: number
  /** Expected from `nowMs` on, and how that was made, in words. */
  readonly ahead?: { readonly fan: Fan; readonly origin: string }
  /** Where it comes from, in the reader's words. */
  readonly origin?: ReactNode
  readonly heightPx?: number
  /** What the horizontal axis spans; the series itself when absent. */
  readonly fromMs?: number
  readonly toMs?: number
}

const MARGIN = { top: 18, right: 8, bottom: 20, left: 8 }
const MINUTE_MS = 60_000
const QUARTER_HOUR_MS = 15 * MINUTE_MS

export function TimeSeries(props: TimeSeriesProps) {
  const { title, format, series, timeZone, limit, nowMs, heightPx = 120 } = props
  const [ref, roomPx, unitPx] = useWidth<HTMLElement>(300)
  // in units of the page, as its type
  const widthPx = roomPx / unitPx
  const id = useId()
  const facts = summarise(series)
  if (!facts) return <p className="chart-empty">{say('chart.empty', { title })}</p>

  const fromMs = props.fromMs ?? series.timesMs[0]
  const toMs = Math.max(props.toMs ?? series.timesMs[series.timesMs.length - 1], fromMs + 1)
  const yesterday = props.yesterday && between(props.yesterday, fromMs, toMs)
  const x = scaleUtc([fromMs, toMs], [MARGIN.left, widthPx - MARGIN.right])
  const fan = props.ahead && fanFrom(props.ahead.fan, nowMs ?? facts.lastMs)
  const drawn = [...series.values, ...(yesterday?.values ?? []), ...(fan ? valuesOf(fan) : [])]
  const y = scaleLinear(valueExtent(drawn, limit), [heightPx - MARGIN.bottom, MARGIN.top])
  const ticks = valueTicks(y.ticks(2), format)
  const path = (shown: Series): string =>
    line<number>()
      .defined((i) => Number.isFinite(shown.values[i]))
      .x((i) => x(shown.timesMs[i]))
      .y((i) => y(shown.values[i]))(shown.values.map((_, i) => i)) ?? ''
  // of a single point no line is seen
  const last = yesterday && yesterday.timesMs.length > 1 ? summarise(yesterday) : undefined
  return (
    <figure className="chart" ref={ref}>
      <figcaption>
        <span>{title}</span> <b>{format(facts.last)}</b>
        {props.origin !== undefined && <small>{props.origin}</small>}
      </figcaption>
      <svg
        width={roomPx}
        height={heightPx * unitPx}
        viewBox={`0 0 ${widthPx} ${heightPx}`}
        role="img"
        aria-labelledby={`${id}t ${id}d`}
      >
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{describe(props)}</desc>
        {ticks.map((value) => (
          <g key={value} className="chart-rule">
            <line x1={MARGIN.left} x2={widthPx - MARGIN.right} y1={y(value)} y2={y(value)} />
          </g>
        ))}
        {timeTicks(fromMs, toMs, widthPx).map((timeMs) => (
          <text key={timeMs} className="chart-time" x={x(timeMs)} y={heightPx - 5} textAnchor="middle">
            {formatClock(timeMs, timeZone)}
          </text>
        ))}
        {yesterday && <path className="chart-yesterday" d={path(yesterday)} />}
        {limit !== undefined && <Limit y={y(limit)} widthPx={widthPx} text={format(limit)} />}
        {fan && <FanMarks {...{ fan, x, y }} />}
        <path className="chart-line" d={path(series)} />
        {ticks.map((value) => (
          <text key={value} x={MARGIN.left} y={y(value) - 3}>
            {format(value)}
          </text>
        ))}
        {last && (
          <text
            x={x(last.lastMs) - 2}
            y={labelY(y(last.last), last.last > facts.last, limit === undefined ? undefined : y(limit))}
            textAnchor="end"
          >
            {say('chart.yesterday')}
          </text>
        )}
        {fan && (
          <text className="chart-fan-label" x={x(fan.timesMs[0]) + 5} y={MARGIN.top - 6}>
            {say('ahead.word')}
          </text>
        )}
        {nowMs !== undefined && nowMs <= toMs && (
          <line
            className="chart-now"
            x1={x(nowMs)}
            x2={x(nowMs)}
            y1={MARGIN.top}
            y2={heightPx - MARGIN.bottom}
          />
        )}
        <circle className="chart-dot" cx={x(facts.lastMs)} cy={y(facts.last)} r={3} />
      </svg>
    </figure>
  )
}

const LABEL_HIGH_PX = 13
const ABOVE_PX = -4

/** Of yesterday's word: above its line or below it, as the line of today leaves room, and never over the word of the limit. */
export function labelY(lineY: number, isAbove: boolean, limitY: number | undefined): number {
  const sides = isAbove ? [ABOVE_PX, LABEL_HIGH_PX] : [LABEL_HIGH_PX, ABOVE_PX]
  const isFree = (y: number) => limitY === undefined || Math.abs(y - (limitY + ABOVE_PX)) >= LABEL_HIGH_PX
  return lineY + (sides.find((side) => isFree(lineY + side)) ?? sides[0])
}

function Limit({ y, widthPx, text }: { y: number; widthPx: number; text: string }) {
  return (
    <g className="chart-limit">
      <line x1={MARGIN.left} x2={widthPx - MARGIN.right} y1={y} y2={y} />
      <text x={widthPx - MARGIN.right} y={y - 4} textAnchor="end">
        {say('chart.limit', { value: text })}
      </text>
    </g>
  )
}

/** The same facts in words, for who cannot see the line. */
export function describe({ series, format, limit, yesterday, ahead }: TimeSeriesProps): string {
  const facts = summarise(series)
  if (!facts) return ''
  const words = [
    say('chart.describe', { last: format(facts.last), min: format(facts.min), max: format(facts.max) }),
  ]
  if (limit !== undefined) words.push(say('chart.describeLimit', { value: format(limit) }))
  const before = yesterday && summarise(yesterday)
  if (before) {
    words.push(say('chart.describeYesterday', { min: format(before.min), max: format(before.max) }))
  }
  if (ahead) {
    const { fan, origin } = ahead
    const [median, low, high] = [fan.median, fan.low, fan.high].map((values) => format(values.at(-1) ?? NaN))
    words.push(say('ahead.describe', { median, low, high }), origin)
  }
  return words.join(' ')
}

/** The ticks whose words differ: 3,840.2 and 3,840.4 reports are one. */
export function valueTicks(ticks: readonly number[], format: (value: number) => string): number[] {
  const words = ticks.map(format)
  return ticks.filter((_, i) => words.indexOf(words[i]) === i)
}

/** Round local quarter hours, as many as fit, and whole minutes of less than half an hour. Every time zone's offset is a whole number of quarter hours. */
export function timeTicks(fromMs: number, toMs: number, widthPx: number): number[] {
  const fitting = Math.max(1, Math.floor(widthPx / 64))
  const steps = toMs - fromMs < 2 * QUARTER_HOUR_MS ? [1, 2, 5, 15] : [15, 30, 60, 120, 180, 360, 720, 1440]
  const step = MINUTE_MS * (steps.find((n) => (toMs - fromMs) / (n * MINUTE_MS) <= fitting) ?? 1440)
  const ticks: number[] = []
  const edgeMs = ((toMs - fromMs) / widthPx) * 18
  for (let timeMs = Math.ceil(fromMs / step) * step; timeMs <= toMs; timeMs += step) {
    if (timeMs - fromMs >= edgeMs && toMs - timeMs >= edgeMs) ticks.push(timeMs)
  }
  return ticks
}
