/** A word-sized line: where a number came from in the last hour, with its band of normal. No axes; the number stands beside it. */
import { line, scaleLinear } from 'd3'
import './charts.css'
import { summarise, valueExtent, type Series } from './series.ts'
import { useWidth } from './useWidth.ts'

export interface TrendProps {
  /** What it shows, in words, for who cannot see it. */
  readonly label: string
  readonly series: Series
  readonly limit?: number
  /** On which side of the limit values are normal. */
  readonly worseWhen?: 'higher' | 'lower'
  /** What the width stands for, up to the last value; what is not known of it stays empty. */
  readonly spanMs: number
  readonly heightPx?: number
}

export function Trend({ label, series, limit, worseWhen, spanMs, heightPx = 28 }: TrendProps) {
  const [ref, widthPx] = useWidth<HTMLDivElement>(120)
  const facts = summarise(series)
  const y = scaleLinear(valueExtent(series.values, limit), [heightPx - 2, 2])
  const lastMs = series.timesMs.at(-1) ?? 0
  const x = scaleLinear([lastMs - spanMs, lastMs], [2, widthPx - 5])
  const path = line<number>()
    .defined((i) => Number.isFinite(series.values[i]))
    .x((i) => x(series.timesMs[i]))
    .y((i) => y(series.values[i]))(series.values.map((_, i) => i))
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
          <path className="chart-line" d={path ?? ''} />
          <circle className="chart-dot" cx={x(facts.lastMs)} cy={y(facts.last)} r={heightPx > 60 ? 6 : 2.5} />
        </svg>
      )}
    </div>
  )
}
