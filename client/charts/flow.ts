/**
 * The places of a flow diagram (Sankey): in each column the nodes from top to bottom, as high as what flows through them, and bands
 * between them as thick as what they carry. One scale for all of it: nothing comes or goes between two columns.
 */

export interface FlowNode {
  readonly column: number
}

export interface FlowLink {
  readonly from: number
  readonly to: number
  readonly value: number
}

export interface PlacedNode {
  readonly y: number
  readonly height: number
  readonly value: number
}

export interface PlacedLink {
  /** Middles of its ends, at the node it leaves and at the node it reaches. */
  readonly fromY: number
  readonly toY: number
  readonly thickness: number
}

export interface FlowPlaces {
  readonly nodes: readonly PlacedNode[]
  readonly links: readonly PlacedLink[]
  readonly height: number
}

/** `height` of the fullest column, with `gap` between its nodes. A node's value is the larger of what comes and what goes. */
export function placeFlow(
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
  { height, gap }: { readonly height: number; readonly gap: number },
): FlowPlaces {
  const into = nodes.map((_, node) => sum(links.filter(({ to }) => to === node)))
  const out = nodes.map((_, node) => sum(links.filter(({ from }) => from === node)))
  const values = nodes.map((_, node) => Math.max(into[node], out[node]))
  const columns = [...new Set(nodes.map(({ column }) => column))]
  const inColumn = (column: number) => nodes.flatMap((node, i) => (node.column === column ? [i] : []))
  const scale = Math.min(
    ...columns.map((column) => {
      const rows = inColumn(column)
      const whole = rows.reduce((total, i) => total + values[i], 0)
      return whole > 0 ? Math.max(0, height - gap * (rows.length - 1)) / whole : Infinity
    }),
  )
  const perValue = Number.isFinite(scale) ? scale : 0
  const y = nodes.map(() => 0)
  for (const column of columns) {
    const rows = inColumn(column)
    const whole = rows.reduce((total, i) => total + values[i] * perValue, 0) + gap * (rows.length - 1)
    let top = (height - whole) / 2
    for (const i of rows) {
      y[i] = top
      top += values[i] * perValue + gap
    }
  }
  const leftOut = [...y]
  const leftIn = [...y]
  const placed = links.map(({ from, to, value }) => {
    const thickness = value * perValue
    const link = { fromY: leftOut[from] + thickness / 2, toY: leftIn[to] + thickness / 2, thickness }
    leftOut[from] += thickness
    leftIn[to] += thickness
    return link
  })
  return {
    nodes: nodes.map((_, i) => ({ y: y[i], height: values[i] * perValue, value: values[i] })),
    links: placed,
    height,
  }
}

function sum(links: readonly FlowLink[]): number {
  return links.reduce((total, { value }) => total + value, 0)
}
