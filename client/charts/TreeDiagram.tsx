/** A single-line diagram: a bar, the lines from it as a tree along rows, breakers in the lines, discs and dots where something hangs. */
import { scalePoint } from 'd3'
import { Drawing } from './Drawing.tsx'
import { placeTree, type TreePlaces } from './tree.ts'
import { nearestPlace, useMarks, type Arrow } from './useMarks.ts'
import { useRoom } from './useRoom.ts'

export interface TreeNode {
  /** All that is known of it, in words with units. */
  readonly words: string
  readonly sign: 'bar' | 'disc' | 'dot'
  readonly color: string
  /** Without supply: hollow, its line broken. */
  readonly isDark: boolean
  readonly lineColor: string
  readonly lineWidth: number
  /** A switch in the line to it. */
  readonly switch?: 'closed' | 'open'
  /** Beside it, when it ends its row. */
  readonly label?: string
}

export interface TreeDiagramProps {
  readonly title: string
  /** What the whole says, when nothing is pointed at. */
  readonly summary: string
  readonly note: string
  /** By node: an earlier node, or −1. */
  readonly parents: readonly number[]
  readonly nodes: readonly TreeNode[]
  readonly openColor: string
  readonly pointed: readonly number[]
  readonly chosen: number | undefined
  onPoint(node: number | undefined): void
  onChoose(node: number): void
}

const ROW = 15
const EDGE = 8
const TOP = 10
const RADIUS = 4.2
const WIDEST_STEP = 30
const REACH = 16

export function TreeDiagram(props: TreeDiagramProps) {
  const { title, summary, note, parents, nodes, pointed, chosen } = props
  const [room, width] = useRoom<HTMLElement>(308)
  const places = placeTree(parents)
  const at = positions(places, width)
  const height = places.rows * ROW + EDGE
  const marks = useMarks({
    count: nodes.length,
    label: `${title}. ${summary}`,
    pointed: pointed[0],
    at: (x, y) => nearestPlace(at, x, y, REACH),
    move: (from, key) => moveInTree(places, parents, from, key),
    onPoint: props.onPoint,
    onChoose: props.onChoose,
  })
  const words = nodes.map((node) => node.words)
  return (
    <Drawing
      {...{ title, summary, words, note, width, height, marks, room }}
      pointed={pointed.length === 1 ? pointed[0] : undefined}
    >
      {nodes.map((node, i) => {
        const parent = parents[i]
        return (
          parent >= 0 && <Line key={i} node={node} from={at[parent]} to={at[i]} openColor={props.openColor} />
        )
      })}
      {nodes.map((node, i) => (
        <g key={i} {...marks.option(i, node.words)}>
          <Sign node={node} at={at[i]} barTo={lastChildY(parents, at, i)} />
          {pointed.includes(i) && <circle className="pointed" cx={at[i][0]} cy={at[i][1]} r={RADIUS + 3} />}
          {chosen === i && <circle className="chosen" cx={at[i][0]} cy={at[i][1]} r={RADIUS + 3} />}
          {node.label !== undefined && (
            <text x={at[i][0] + RADIUS + 5} y={at[i][1] + 4}>
              {node.label}
            </text>
          )}
        </g>
      ))}
    </Drawing>
  )
}

type Place = readonly [x: number, y: number]

/** In units of the drawing, by node. */
export function positions({ column, row, columns }: TreePlaces, width: number): Place[] {
  const right = Math.min(width - EDGE, EDGE + WIDEST_STEP * Math.max(1, columns - 1))
  const steps = Array.from({ length: columns }, (_, i) => i)
  const x = scalePoint(steps, columns > 1 ? [EDGE, right] : [EDGE, EDGE])
  return Array.from(column, (step, node) => [x(step) ?? EDGE, TOP + row[node] * ROW])
}

function Line({ node, from, to, openColor }: { node: TreeNode; from: Place; to: Place; openColor: string }) {
  const middle = from[0] + (to[0] - from[0]) * 0.5
  const size = 6
  return (
    <g>
      <path
        className="curve"
        d={`M${from[0]} ${from[1]}V${to[1]}H${to[0]}`}
        stroke={node.isDark ? 'var(--quiet-text)' : node.lineColor}
        strokeWidth={node.isDark ? 1 : node.lineWidth}
        strokeDasharray={node.isDark ? '2 3' : undefined}
      />
      {node.switch !== undefined && (
        <rect
          className={node.switch === 'open' ? 'hollow' : undefined}
          x={middle - size / 2}
          y={to[1] - size / 2}
          width={size}
          height={size}
          fill={node.switch === 'open' ? undefined : 'var(--text)'}
          stroke={node.switch === 'open' ? openColor : 'var(--text)'}
          strokeWidth={node.switch === 'open' ? 2 : 1}
        />
      )}
    </g>
  )
}

function Sign({ node, at: [x, y], barTo }: { node: TreeNode; at: Place; barTo: number }) {
  if (node.sign === 'bar')
    return (
      <line
        x1={x}
        x2={x}
        y1={y - 7}
        y2={Math.max(barTo, y) + 7}
        stroke={node.color}
        strokeWidth={4}
        strokeDasharray={node.isDark ? '3 3' : undefined}
      />
    )
  if (node.sign === 'dot') return <circle cx={x} cy={y} r={1.8} fill={node.color} />
  return (
    <circle
      className={node.isDark ? 'hollow' : undefined}
      cx={x}
      cy={y}
      r={RADIUS}
      fill={node.isDark ? undefined : node.color}
      stroke={node.color}
      strokeWidth={1.5}
    />
  )
}

/** How far down a bar must reach. */
function lastChildY(parents: readonly number[], at: readonly Place[], node: number): number {
  const last = parents.lastIndexOf(node)
  return last < 0
    ? at[node][1]
    : Math.max(...parents.flatMap((parent, i) => (parent === node ? [at[i][1]] : [])))
}

/** Left to the parent, right to what follows it, up and down through the nodes as they stand, row by row. */
export function moveInTree(
  { branches, row }: TreePlaces,
  parents: readonly number[],
  from: number,
  key: Arrow,
): number {
  const order = branches.flatMap((branch, r) => branch.filter((node) => row[node] === r))
  const place = order.indexOf(from)
  if (key === 'Home') return order[0]
  if (key === 'End') return order[order.length - 1]
  if (key === 'ArrowLeft') return parents[from] < 0 ? from : parents[from]
  if (key === 'ArrowRight') {
    const straight = parents.findIndex((parent, node) => parent === from && row[node] === row[from])
    return straight < 0 ? from : straight
  }
  const by = key === 'ArrowDown' ? 1 : -1
  return order[Math.max(0, Math.min(order.length - 1, place + by))]
}
