/**
 * A road network as static assignment takes it, and its graph by node of origin. Links inside are `arcs`, sorted by the node
 * they leave, so that all that leaves a node lies together; outside they keep their rows. Any units, as long as they agree.
 */

export interface AssignmentNetwork {
  readonly nodeCount: number
  /** Zones are the nodes 0 … zoneCount − 1. */
  readonly zoneCount: number
  /** Trips pass through this node and those after it; nodes before it only begin and end trips. */
  readonly firstThruNode: number
  /** By link: the nodes it leaves and enters; parallel links are links of their own. */
  readonly fromNode: Uint32Array
  readonly toNode: Uint32Array
  /** Flow at which the time is (1 + b) × the free-flow time; a link without capacity (0) keeps its free-flow time. */
  readonly capacity: Float64Array
  readonly freeFlowTime: Float64Array
  /** Of the volume-delay function of the Bureau of Public Roads: time = freeFlowTime (1 + b (flow / capacity)^power). */
  readonly b: Float64Array
  readonly power: Float64Array
  /** What a traveller counts beside time, in units of time: weight × toll + weight × length. */
  readonly fixedCost: Float64Array
  /** 1: nobody may use the link. */
  readonly isClosed: Uint8Array
}

export interface Graph {
  readonly nodeCount: number
  readonly arcCount: number
  readonly firstThruNode: number
  /** By node: 1 when a cheapest path may pass through; neither zones that must not be nor ends of blind streets. */
  readonly isPassed: Uint8Array
  /** Arcs out of a node: outStart[node] … outStart[node + 1] − 1. */
  readonly outStart: Int32Array
  readonly fromNode: Int32Array
  readonly toNode: Int32Array
  /** The nodes from which an arc leads to a node: before[beforeStart[node] … beforeStart[node + 1] − 1]. */
  readonly beforeStart: Int32Array
  readonly before: Int32Array
  /** By arc the link's row, and back. */
  readonly linkOf: Int32Array
  readonly arcOf: Int32Array
}

/** The graph of a network; throws, naming link and column, for what no cost can be made of. */
export function makeGraph(network: AssignmentNetwork): Graph {
  checkNetwork(network)
  const { nodeCount, firstThruNode } = network
  const arcCount = network.fromNode.length
  const outStart = new Int32Array(nodeCount + 1)
  for (let link = 0; link < arcCount; link++) outStart[network.fromNode[link] + 1]++
  for (let node = 0; node < nodeCount; node++) outStart[node + 1] += outStart[node]
  const next = outStart.slice()
  const linkOf = new Int32Array(arcCount)
  const arcOf = new Int32Array(arcCount)
  for (let link = 0; link < arcCount; link++) {
    const arc = next[network.fromNode[link]]++
    linkOf[arc] = link
    arcOf[link] = arc
  }
  const fromNode = Int32Array.from(linkOf, (link) => network.fromNode[link])
  const toNode = Int32Array.from(linkOf, (link) => network.toNode[link])
  const isPassed = passedNodes(nodeCount, firstThruNode, fromNode, toNode)
  return {
    nodeCount,
    arcCount,
    firstThruNode,
    isPassed,
    outStart,
    fromNode,
    toNode,
    ...nodesBefore(nodeCount, fromNode, toNode),
    linkOf,
    arcOf,
  }
}

function nodesBefore(
  nodeCount: number,
  fromNode: Int32Array,
  toNode: Int32Array,
): Pick<Graph, 'beforeStart' | 'before'> {
  const beforeStart = new Int32Array(nodeCount + 1)
  for (const node of toNode) beforeStart[node + 1]++
  for (let node = 0; node < nodeCount; node++) beforeStart[node + 1] += beforeStart[node]
  const next = beforeStart.slice()
  const before = new Int32Array(toNode.length)
  toNode.forEach((node, arc) => (before[next[node]++] = fromNode[arc]))
  return { beforeStart, before }
}

/** A node with one neighbour leads nowhere else: whoever comes through it has been at that neighbour before. */
function passedNodes(
  nodeCount: number,
  firstThruNode: number,
  fromNode: Int32Array,
  toNode: Int32Array,
): Uint8Array {
  const neighbour = new Int32Array(nodeCount).fill(-1)
  const isPassed = new Uint8Array(nodeCount)
  const meet = (node: number, other: number) => {
    if (neighbour[node] >= 0 && neighbour[node] !== other) isPassed[node] = 1
    neighbour[node] = other
  }
  for (let arc = 0; arc < fromNode.length; arc++) {
    meet(fromNode[arc], toNode[arc])
    meet(toNode[arc], fromNode[arc])
  }
  return isPassed.fill(0, 0, firstThruNode)
}

/** Throws, naming link and column, for what no cost can be made of. */
export function checkNetwork(network: AssignmentNetwork): void {
  const { nodeCount, zoneCount, fromNode } = network
  if (zoneCount > nodeCount)
    throw new Error(`${zoneCount} zones came with ${nodeCount} nodes; zones are nodes`)
  const columns = ['toNode', 'capacity', 'freeFlowTime', 'b', 'power', 'fixedCost', 'isClosed'] as const
  for (const name of columns) {
    if (network[name].length !== fromNode.length)
      throw new Error(`${name} has ${network[name].length} rows, ${fromNode.length} are due`)
  }
  for (const name of ['fromNode', 'toNode'] as const) {
    const link = network[name].findIndex((node) => node >= nodeCount)
    if (link >= 0)
      throw new Error(`link ${link}: ${name} is ${network[name][link]}, expected below ${nodeCount}`)
  }
  for (const name of ['capacity', 'freeFlowTime', 'b', 'power', 'fixedCost'] as const) {
    const link = network[name].findIndex((value) => !(value >= 0 && value < Infinity))
    if (link >= 0)
      throw new Error(`link ${link}: ${name} is ${network[name][link]}, expected a number from 0 on`)
  }
}
