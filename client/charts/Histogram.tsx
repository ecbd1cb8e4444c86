/** How many there are of each class: bars side by side, the count on each, the classes' edges below. */
import { scaleBand, scaleLinear } from 'd3'
import { Drawing } from './Drawing.tsx'
import type { Bin } from './bins.ts'
import { useMarks } from './useMarks.ts'
import { useRoom } from './useRoom.ts'

export interface HistogramProps {
  readonly title: string
  readonly summary: string
  readonly note: string
  readonly bins: readonly Bin[]
  /** By bin. */
  readonly colors: readonly string[]
  /** By bin: its class and its count, with unit. */
  readonly words: readonly string[]
  readonly formatCount: (count: number) => string
  /** Of an edge, with unit on the last. */
  readonly formatEdge: (edge: number, isLast: boolean) => string
  /** Where the target lies, on the axis of the edges, and what it is called. */
  readonly limit?: { readonly at: number; readonly name: string }
  readonly pointed: readonly number[]
  onPoint(bin: number | undefined): void
  onChoose?(bin: number): void
}

const HEIGHT = 132
const MARGIN = { top: 30, right: 14, bottom: 18, left: 10 }

export function Histogram(props: HistogramProps) {
  const { title, summary, note, bins, colors, words, formatCount, formatEdge, limit, pointed } = props
  const [room, width] = useRoom<HTMLElement>(308)
  const x = scaleBand(
    bins.map((_, i) => i),
    [MARGIN.left, width - MARGIN.right],
  ).paddingInner(0.12)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top])
  const left = (bin: number) => x(bin) ?? 0
  const edgeX = (edge: number) => (edge < bins.length ? left(edge) - x.step() * 0.06 : width - MARGIN.right)
  const marks = useMarks({
    count: bins.length,
    label: `${title}. ${summary}`,
    pointed: pointed[0],
    at: (px) => {
      const bin = Math.floor((px - MARGIN.left) / x.step())
      return bin >= 0 && bin < bins.length ? bin : undefined
    },
    onPoint: props.onPoint,
    onChoose: props.onChoose,
  })
  const limitX = limit && limitPlace(bins, limit.at, edgeX)
  return (
    <Drawing
      {...{ title, summary, words, note, width, height: HEIGHT, marks, room }}
      pointed={pointed.length > 1 ? undefined : marks.shown}
    >
      {bins.map(({ count }, i) => (
        <g key={i} {...marks.option(i, words[i])}>
          <rect
            x={left(i)}
            width={x.bandwidth()}
            y={y(count)}
            height={y(0) - y(count)}
            fill={colors[i]}
            stroke={pointed.includes(i) ? 'var(--text)' : undefined}
            strokeWidth={1.5}
          />
          {count > 0 && (
            <text
              x={left(i) + x.bandwidth() / 2}
              y={y(count) - 4}
              textAnchor="middle"
              className={pointed.includes(i) ? 'strong' : undefined}
            >
              {formatCount(count)}
            </text>
          )}
        </g>
      ))}
      <line className="rule" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(0)} y2={y(0)} />
      {edgesOf(bins).map(({ edge, i }) => (
        <text
          key={i}
          x={edgeX(i)}
          y={HEIGHT - 4}
          textAnchor={i === 0 ? 'start' : i === bins.length ? 'end' : 'middle'}
        >
          {formatEdge(edge, i === bins.length)}
        </text>
      ))}
      {limitX !== undefined && limit && (
        <>
          <line className="limit" x1={limitX} x2={limitX} y1={12} y2={y(0)} />
          <text
            x={limitX + (limitX > width / 2 ? -4 : 4)}
            y={11}
            textAnchor={limitX > width / 2 ? 'end' : 'start'}
          >
            {limit.name}
          </text>
        </>
      )}
    </Drawing>
  )
}

/** The edges that are named; the last has the unit, so the one before it gives way. */
function edgesOf(bins: readonly Bin[]): { readonly edge: number; readonly i: number }[] {
  const edges = [...bins.map(({ from }) => from), bins[bins.length - 1].to]
  return edges.map((edge, i) => ({ edge, i })).filter(({ i }) => i !== bins.length - 1)
}

/** Straight between the edges of the class that holds it. */
function limitPlace(bins: readonly Bin[], at: number, edgeX: (edge: number) => number): number | undefined {
  const bin = bins.findIndex(({ from, to }) => at >= from && at <= to)
  if (bin < 0) return undefined
  const { from, to } = bins[bin]
  return edgeX(bin) + ((at - from) / (to - from)) * (edgeX(bin + 1) - edgeX(bin))
}
