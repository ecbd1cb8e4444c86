/** One quantity along a tree of lines: distance across, the value up, each branch a line, its band drawn in. */
import { line, scaleLinear } from 'd3'
import { Drawing } from './Drawing.tsx'
import { placeTree } from './tree.ts'
import { nearestPlace, useMarks } from './useMarks.ts'
import { useRoom } from './useRoom.ts'

export interface ProfileProps {
  readonly title: string
  /** What the whole says, when nothing is pointed at. */
  readonly summary: string
  readonly note?: string
  /** By node: an earlier node, or −1. */
  readonly parents: readonly number[]
  /** By node: how far along, metres. */
  readonly alongM: readonly number[]
  /** By node; NaN where there is none. */
  readonly values: readonly number[]
  readonly words: readonly string[]
  readonly band: readonly [low: number, high: number]
  readonly formatValue: (value: number) => string
  readonly formatAlong: (alongM: number) => string
  readonly color: string
  readonly pointed: readonly number[]
  readonly chosen: number | undefined
  onPoint(node: number | undefined): void
  onChoose(node: number): void
}

const HEIGHT = 170
const MARGIN = { top: 10, right: 8, bottom: 20, left: 8 }
const REACH = 24
/** Of the band's width, kept free on both sides. */
const ROOM_BESIDE = 0.08

export function Profile(props: ProfileProps) {
  const { title, summary, note, parents, alongM, values, words, band, color, pointed, chosen } = props
  const { formatValue, formatAlong } = props
  const [room, width] = useRoom<HTMLElement>(308)
  const known = values.filter(Number.isFinite)
  const beside = (band[1] - band[0]) * ROOM_BESIDE
  const low = Math.min(band[0], ...known) - beside
  const high = Math.max(band[1], ...known) + beside
  const lastM = Math.max(1, ...alongM)
  const x = scaleLinear([0, lastM], [MARGIN.left, width - MARGIN.right])
  const y = scaleLinear([low, high], [HEIGHT - MARGIN.bottom, MARGIN.top])
  const at = values.map((value, i) => [x(alongM[i]), Number.isFinite(value) ? y(value) : NaN] as const)
  const marks = useMarks({
    count: values.length,
    label: `${title}. ${summary}`,
    pointed: pointed[0],
    at: (px, py) => nearestPlace(at, px, py, REACH),
    onPoint: props.onPoint,
    onChoose: props.onChoose,
  })
  const path = line<number>()
    .defined((i) => Number.isFinite(values[i]))
    .x((i) => at[i][0])
    .y((i) => at[i][1])
  const lit = new Set(pointed)
  const ticks = x.ticks(Math.max(2, Math.floor(width / 90)))
  return (
    <Drawing
      {...{ title, summary, words, note, width, height: HEIGHT, marks, room }}
      pointed={pointed.length === 1 ? pointed[0] : undefined}
    >
      <rect
        className="band"
        x={MARGIN.left}
        width={width - MARGIN.left - MARGIN.right}
        y={y(band[1])}
        height={y(band[0]) - y(band[1])}
      />
      {band.map((value) => (
        <g key={value}>
          <line className="limit" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} />
          <text x={width - MARGIN.right - 2} y={y(value) + (value === band[0] ? -4 : 13)} textAnchor="end">
            {formatValue(value)}
          </text>
        </g>
      ))}
      {ticks.map((alongTickM) => (
        <text
          key={alongTickM}
          x={x(alongTickM)}
          y={HEIGHT - 5}
          textAnchor={alongTickM === 0 ? 'start' : x(alongTickM) > width - 24 ? 'end' : 'middle'}
        >
          {formatAlong(alongTickM)}
        </text>
      ))}
      {placeTree(parents).branches.map((branch, i) => (
        <path key={i} className="curve" d={path(branch) ?? ''} stroke={color} strokeWidth={1.3} />
      ))}
      {values.map((value, i) => (
        <g key={i} {...marks.option(i, words[i])}>
          {Number.isFinite(value) && (
            <circle
              cx={at[i][0]}
              cy={at[i][1]}
              r={lit.has(i) ? 3.5 : 1.4}
              fill={lit.has(i) ? 'var(--text)' : color}
            />
          )}
          {chosen === i && Number.isFinite(value) && (
            <circle className="chosen" cx={at[i][0]} cy={at[i][1]} r={6} />
          )}
        </g>
      ))}
    </Drawing>
  )
}
