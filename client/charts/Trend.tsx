/** A word-sized line: where a number came from in the last hour, with its band of normal. No axes; the number stands beside it. */
import { line, scaleLinear } from 'd3'
import './charts.css'
import { fanFrom, valuesOf, type Fan } from './fan.ts'
import { FanMarks } from './FanMarks.tsx'
import { between, summarise, valueExtent, type Series } from './series.ts'
import { useWidth } from './useWidth.ts'

export interface TrendProps {
  /** What it shows, in words, for who cannot see it. */
  readonly label: string
  readonly series: Series
  /** The day before at the same hours, with today's times; drawn as a quiet line. */
  readonly yesterday?: Series
  readonly limit?: number
  /** On which side of the limit values are normal. */
  readonly worseWhen?: 'higher' | 'lower'
  /** What the width stands for, up to the last value; what is not known of it stays empty. */
  readonly spanMs: number
  /** Expected after the last value; it takes a part of the width. */
  readonly ahead?: Fan
  readonly heightPx?: number
}

export function Trend(props: TrendProps) {
  const { label, series, yesterday, limit, worseWhen, spanMs, heightPx = 28 } = props
  const [ref, widthPx] = useWidth<HTMLDivElement>(120)
  const facts = summarise(series)
  const lastMs = series.timesMs.at(-1) ?? 0
  const before = yesterday && between(yesterday, lastMs - spanMs, lastMs)
  const fan = props.ahead && fanFrom(props.ahead, lastMs)
  const drawn = [...series.values, ...(before?.values ?? []), ...(fan ? valuesOf(fan) : [])]
  const y = scaleLinear(valueExtent(drawn, limit), [heightPx - 2, 2])
  const x = scaleLinear([lastMs - spanMs, fan?.timesMs.at(-1) ?? lastMs], [2, widthPx - 5])
  const path = ({ timesMs, values }: Series) =>
    line<number>()
      .defined((i) => Number.isFinite(values[i]))
      .x((i) => x(timesMs[i]))
      .y((i) => y(values[i]))(values.map((_, i) => i)) ?? ''
  const limitY = limit === undefined ? 0 : Math.min(heightPx, Math.max(0, y(limit)))
  return (
    <div className="trend" ref={ref}>
      {facts && (
        <svg width={widthPx} height={heightPx} role="img" aria-label={label}>
          {limit !== undefined && worseWhen && (
            <rect
              className="trend-band"
              x={0}
              width={widthPx}
              y={worseWhen === 'higher' ? limitY : 0}
              height={worseWhen === 'higher' ? heightPx - limitY : limitY}
            />
          )}
          {before && <path className="chart-yesterday" d={path(before)} />}
          {fan && <FanMarks {...{ fan, x, y }} />}
          <path className="chart-line" d={path(series)} />
          <circle className="chart-dot" cx={x(facts.lastMs)} cy={y(facts.last)} r={heightPx > 60 ? 6 : 2.5} />
        </svg>
      )}
    </div>
  )
}
