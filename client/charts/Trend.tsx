/** A word-sized line: where a number came from in the last hour, with its band of normal. No axes; the number stands beside it. */
import { area, line, scaleLinear } from 'd3'
import './charts.css'
import { fanFrom, valuesOf, type Fan } from './fan.ts'
import { FanMarks } from './FanMarks.tsx'
import { reaching, summarise, usualBand, valueExtent, type Band, type Series } from './series.ts'
import { useWidth } from './useWidth.ts'

export interface TrendProps {
  /** What it shows, in words, for who cannot see it. */
  readonly label: string
  readonly series: Series
  /** The day before at the same hours, with today's times; drawn as a quiet line. */
  readonly yesterday?: Series
  readonly limit?: number
  /** What is usual is drawn about the day before, where no limit says what is normal. */
  readonly withUsual?: boolean
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
  const before = yesterday && reaching(yesterday, lastMs - spanMs, lastMs)
  const fan = props.ahead && fanFrom(props.ahead, lastMs)
  const bandEdges = props.withUsual
    ? (before?.values ?? []).flatMap((value) => Object.values(usualBand(value) ?? {}))
    : []
  const drawn = [...series.values, ...(before?.values ?? []), ...bandEdges, ...(fan ? valuesOf(fan) : [])]
  const y = scaleLinear(valueExtent(drawn, limit), [heightPx - 2, 2])
  const x = scaleLinear([lastMs - spanMs, fan?.timesMs.at(-1) ?? lastMs], [2, widthPx - 5])
  const path = ({ timesMs, values }: Series) =>
    line<number>()
      .defined((i) => Number.isFinite(values[i]))
      .x((i) => x(timesMs[i]))
      .y((i) => y(values[i]))(values.map((_, i) => i)) ?? ''
  const bands = props.withUsual && before ? before.values.map(usualBand) : []
  const bandPath =
    area<Band | undefined>()
      .defined((band) => band !== undefined)
      .x((_, i) => x(before?.timesMs[i] ?? 0))
      .y0((band) => y(band?.low ?? 0))
      .y1((band) => y(band?.high ?? 0))(bands) ?? ''
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
          {bandPath !== '' && <path className="trend-band" d={bandPath} />}
          {before && <path className="chart-yesterday" d={path(before)} />}
          {fan && <FanMarks {...{ fan, x, y }} />}
          <path className="chart-line" d={path(series)} />
          <circle className="chart-dot" cx={x(facts.lastMs)} cy={y(facts.last)} r={heightPx > 60 ? 6 : 2.5} />
        </svg>
      )}
    </div>
  )
}
