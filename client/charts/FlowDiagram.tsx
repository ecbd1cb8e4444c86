/** From sources to uses: bands as thick as what they carry, with name and value beside each node. */
import { linkHorizontal } from 'd3'
import { Drawing } from './Drawing.tsx'
import { placeFlow, type FlowLink } from './flow.ts'
import { useMarks } from './useMarks.ts'
import { useRoom } from './useRoom.ts'

export interface FlowDiagramNode {
  readonly column: number
  readonly name: string
  /** Its value with unit. */
  readonly value: string
  readonly color: string
}

export interface FlowDiagramProps {
  readonly title: string
  readonly summary: string
  readonly note: string
  readonly nodes: readonly FlowDiagramNode[]
  readonly links: readonly FlowLink[]
  readonly pointed: number | undefined
  onPoint(node: number | undefined): void
}

const HEIGHT = 214
const TOP = 10
const GAP = 20
const NODE_WIDTH = 5
/** Of name and value one under the other; beside a lower node they begin at its middle. */
const TWO_LINES = 28
/** At the right, for the names of the last column. */
const LABEL_ROOM = 134

export function FlowDiagram({ title, summary, note, nodes, links, pointed, onPoint }: FlowDiagramProps) {
  const [room, width] = useRoom<HTMLElement>(308)
  const places = placeFlow(nodes, links, { height: HEIGHT - 2 * TOP, gap: GAP })
  const lastColumn = Math.max(1, ...nodes.map(({ column }) => column))
  const step = (width - LABEL_ROOM - NODE_WIDTH) / lastColumn
  const x = (node: number) => nodes[node].column * step
  const middle = (node: number) => TOP + places.nodes[node].y + places.nodes[node].height / 2
  const marks = useMarks({
    count: nodes.length,
    label: `${title}. ${summary}`,
    pointed,
    at: (px, py) =>
      nearestNode(
        nodes.map((_, i) => [x(i), middle(i), places.nodes[i].height]),
        px,
        py,
      ),
    onPoint,
  })
  const ribbon = linkHorizontal<
    unknown,
    { source: [number, number]; target: [number, number] },
    [number, number]
  >()
  const words = nodes.map(({ name, value }) => `${name}: ${value}`)
  return (
    <Drawing {...{ title, summary, words, pointed, note, width, height: HEIGHT, marks, room }}>
      {links.map(({ from, to }, i) => {
        const { fromY, toY, thickness } = places.links[i]
        const d = ribbon({ source: [x(from) + NODE_WIDTH, TOP + fromY], target: [x(to), TOP + toY] })
        const isLit = pointed === from || pointed === to
        return (
          <path
            key={i}
            className="curve"
            d={d ?? ''}
            stroke={nodes[nodes[to].column === lastColumn ? to : from].color}
            strokeOpacity={isLit ? 0.85 : 0.4}
            strokeWidth={Math.max(0.6, thickness)}
          />
        )
      })}
      {nodes.map((node, i) => {
        const { y, height } = places.nodes[i]
        const isLast = node.column === lastColumn
        return (
          <g key={i} {...marks.option(i, words[i])}>
            <rect
              x={x(i)}
              y={TOP + y}
              width={NODE_WIDTH}
              height={Math.max(1, height)}
              fill={pointed === i ? 'var(--text)' : node.color}
            />
            {node.name !== '' && (
              <text
                x={x(i) + NODE_WIDTH + 5}
                y={middle(i) + (isLast || height < TWO_LINES ? 4 : -3)}
                className={pointed === i ? 'strong' : undefined}
              >
                {node.name}{' '}
                <tspan
                  className="strong"
                  x={isLast ? undefined : x(i) + NODE_WIDTH + 5}
                  dy={isLast ? undefined : 14}
                >
                  {node.value}
                </tspan>
              </text>
            )}
          </g>
        )
      })}
    </Drawing>
  )
}

/** A node reaches from its left edge as far as its words, and no further up or down than half a gap beyond its height. */
function nearestNode(
  places: readonly (readonly [x: number, y: number, height: number])[],
  px: number,
  py: number,
): number | undefined {
  let best: number | undefined
  let bestDistance = GAP
  places.forEach(([x, y, height], i) => {
    if (px < x - 12 || px > x + LABEL_ROOM) return
    const distance = Math.max(0, Math.abs(py - y) - height / 2)
    if (distance > bestDistance || (distance === bestDistance && best !== undefined && x < places[best][0]))
      return
    bestDistance = distance
    best = i
  })
  return best
}
