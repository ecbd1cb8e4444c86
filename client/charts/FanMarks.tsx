/** A fan in a chart: the band, every run as a hair, the middle as a broken line. Draws into the chart's own scales. */
import { area, line } from 'd3'
import type { Fan } from './fan.ts'

export interface FanMarksProps {
  readonly fan: Fan
  readonly x: (timeMs: number) => number
  readonly y: (value: number) => number
}

export function FanMarks({ fan, x, y }: FanMarksProps) {
  const { timesMs, median, low, high, paths } = fan
  const path = (values: readonly number[]): string =>
    line<number>()
      .x((_, i) => x(timesMs[i]))
      .y(y)(values) ?? ''
  const band = area<number>()
    .x((_, i) => x(timesMs[i]))
    .y0((_, i) => y(low[i]))
    .y1((_, i) => y(high[i]))(median)
  return (
    <g className="chart-fan">
      <path className="chart-fan-band" d={band ?? ''} />
      {paths.map((values, i) => (
        <path key={i} className="chart-fan-path" d={path(values)} />
      ))}
      <path className="chart-fan-median" d={path(median)} />
    </g>
  )
}
