/**
 * What links cost at their flow: the volume-delay function of the Bureau of Public Roads (Traffic Assignment Manual, 1964) with
 * a factor and a power of each link's own, and what is paid beside time. By arc; flow, cost and slope move together.
 */
import type { AssignmentNetwork, Graph } from './graph.ts'
import { anyPower, wholePower } from './power.ts'

export interface LinkCosts {
  /** Cost of the empty arc, with what is paid beside time; Infinity where it is closed. */
  readonly base: Float64Array
  /** cost = base + rise × (flow / capacity)^power. */
  readonly rise: Float64Array
  readonly perCapacity: Float64Array
  readonly power: Float64Array
  readonly shape: Uint8Array
  readonly flow: Float64Array
  readonly cost: Float64Array
  /** d cost / d flow. */
  readonly slope: Float64Array
}

/** How an arc's cost rises; whole powers need no logarithm, and four is what almost all have. */
const CONSTANT = 0
const FOURTH = 1
const WHOLE = 2
const ANY = 3
const MOST_WHOLE = 64

/** The costs of an empty network. */
export function makeLinkCosts(network: AssignmentNetwork, graph: Graph): LinkCosts {
  const { arcCount, linkOf } = graph
  const column = (value: (link: number) => number) => {
    const values = new Float64Array(arcCount)
    for (let arc = 0; arc < arcCount; arc++) values[arc] = value(linkOf[arc])
    return values
  }
  const { capacity, freeFlowTime, b, fixedCost, isClosed } = network
  const rises = (link: number) =>
    b[link] > 0 && capacity[link] > 0 && freeFlowTime[link] > 0 && network.power[link] > 0
  // To the power of 0 the ratio is 1 at any flow.
  const constant = (link: number) => (network.power[link] === 0 ? freeFlowTime[link] * b[link] : 0)
  const costs: LinkCosts = {
    base: column((link) =>
      isClosed[link] !== 0 ? Infinity : freeFlowTime[link] + constant(link) + fixedCost[link],
    ),
    rise: column((link) => (rises(link) ? freeFlowTime[link] * b[link] : 0)),
    perCapacity: column((link) => (rises(link) ? 1 / capacity[link] : 0)),
    power: column((link) => network.power[link]),
    shape: Uint8Array.from(linkOf, (link) => (rises(link) ? shapeOf(network.power[link]) : CONSTANT)),
    flow: new Float64Array(arcCount),
    cost: new Float64Array(arcCount),
    slope: new Float64Array(arcCount),
  }
  for (let arc = 0; arc < arcCount; arc++) setFlow(costs, arc, 0)
  return costs
}

/** Sets an arc's flow, and with it cost and slope. A slope without end (a power below 1 at no flow) is told as 0. */
export function setFlow(costs: LinkCosts, arc: number, flow: number): void {
  costs.flow[arc] = flow
  const shape = costs.shape[arc]
  if (shape === FOURTH) {
    const ratio = flow * costs.perCapacity[arc]
    const cubed = costs.rise[arc] * ratio * ratio * ratio
    costs.cost[arc] = costs.base[arc] + cubed * ratio
    costs.slope[arc] = 4 * cubed * costs.perCapacity[arc]
  } else if (shape === CONSTANT) {
    costs.cost[arc] = costs.base[arc]
  } else {
    const power = costs.power[arc]
    const ratio = flow * costs.perCapacity[arc]
    const raised = shape === WHOLE ? wholePower(ratio, power - 1) : ratio > 0 ? anyPower(ratio, power - 1) : 0
    const lessOne = costs.rise[arc] * raised
    costs.cost[arc] = costs.base[arc] + lessOne * ratio
    costs.slope[arc] = power * lessOne * costs.perCapacity[arc]
  }
}

/** ∫ cost d flow of an arc from 0 to its flow, Beckmann's term (Beckmann, McGuire, Winsten 1956). */
export function costIntegral(costs: LinkCosts, arc: number): number {
  const flow = costs.flow[arc]
  if (flow === 0) return 0
  const rise = costs.cost[arc] - costs.base[arc]
  return (costs.base[arc] + (costs.shape[arc] === CONSTANT ? 0 : rise / (costs.power[arc] + 1))) * flow
}

function shapeOf(power: number): number {
  if (power === 4) return FOURTH
  return Number.isInteger(power) && power <= MOST_WHOLE ? WHOLE : ANY
}
