/** A network as it would be with streets built otherwise: driven the other way, or wider. The rows of links stay what they are. */
import { linkControls, type RoadNetwork } from './network.ts'

const SIGNAL = linkControls.indexOf('signal')
const NO_CONTROL = linkControls.indexOf('none')

/** With one-way links driven the other way. At their new ends they wait at the signal that others there wait at, or as streets of their class do. */
export function withReversed(network: RoadNetwork, reversed: readonly number[]): RoadNetwork {
  const fromNode = network.links.fromNode.slice()
  const toNode = network.links.toNode.slice()
  const control = network.links.control.slice()
  const signal = network.links.signal.slice()
  const xM = network.shape.xM.slice()
  const yM = network.shape.yM.slice()
  const isReversed = new Set(reversed)
  for (const link of reversed) {
    fromNode[link] = network.links.toNode[link]
    toNode[link] = network.links.fromNode[link]
    const first = network.links.shapeStart[link]
    const end = first + network.links.shapeCount[link]
    xM.subarray(first, end).reverse()
    yM.subarray(first, end).reverse()
  }
  const signalAt = new Map<number, number>()
  control.forEach((kind, link) => {
    if (kind === SIGNAL && signal[link] >= 0 && !isReversed.has(link))
      signalAt.set(toNode[link], signal[link])
  })
  for (const link of reversed) {
    const at = signalAt.get(toNode[link])
    control[link] = at === undefined ? NO_CONTROL : SIGNAL
    signal[link] = at ?? -1
  }
  return { ...network, links: { ...network.links, fromNode, toNode, control, signal }, shape: { xM, yM } }
}

/** With so many lanes more on each of these links. */
export function withLanesAdded(network: RoadNetwork, wider: readonly number[], added: number): RoadNetwork {
  const lanes = network.links.lanes.slice()
  for (const link of wider) lanes[link] = Math.max(1, lanes[link]) + added
  return { ...network, links: { ...network.links, lanes } }
}

/** Whether everywhere from where, and to where, one could drive before one still can: what hangs together with the widest street. */
export function isAllReached(before: RoadNetwork, after: RoadNetwork): boolean {
  if (before.links.toNode.length === 0) return true
  const root = before.links.toNode[0]
  const was = together(before, root)
  const is = together(after, root)
  return was.every((isThere, node) => isThere === 0 || is[node] !== 0)
}

/** By node, 1 where one can drive from `root` and back. */
function together(network: RoadNetwork, root: number): Uint8Array {
  const { fromNode, toNode } = network.links
  const nodes = network.nodes.xM.length
  const there = reached(nodes, fromNode, toNode, root)
  const back = reached(nodes, toNode, fromNode, root)
  return there.map((isThere, node) => isThere & back[node])
}

function reached(nodes: number, from: Uint32Array, to: Uint32Array, root: number): Uint8Array {
  const outs: number[][] = Array.from({ length: nodes }, () => [])
  from.forEach((node, link) => outs[node].push(to[link]))
  const isReached = new Uint8Array(nodes)
  isReached[root] = 1
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of outs[node]) {
      if (isReached[next] !== 0) continue
      isReached[next] = 1
      open.push(next)
    }
  return isReached
}
