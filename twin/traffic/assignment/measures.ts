/** What an assignment says of itself: how near it is to equilibrium, and what it costs. All in the network's own units. */
import { UNASSIGNED, type Assignment } from './assignment.ts'
import { costIntegral } from './linkCosts.ts'
import { measureFrom } from './trees.ts'

export interface Measures {
  /**
   * (Σ link flow × cost − Σ trips × cost of their cheapest path) ÷ Σ link flow × cost; costs are generalised. The relative
   * gap of Rose, Daskin and Koppelman (1988), as AequilibraE and Boyce, Ralevic-Dekic and Bar-Gera (2004) use it.
   */
  readonly relativeGap: number
  /** Beckmann's: Σ ∫ cost d flow over the links, with what is paid beside time; least at equilibrium. */
  readonly objective: number
  /** Σ link flow × time, without what is paid beside time. */
  readonly totalTravelTime: number
  /** Σ link flow × generalised cost. */
  readonly totalCost: number
  /** Pairs that nothing leads between, and their trips; they are on no link. */
  readonly unassignedPairs: number
  readonly unassignedTrips: number
}

/**
 * Measures an assignment exactly, with a search from every origin at the costs as they are. Where `pairCosts` is given (a
 * number a pair) it is filled with the cost of the cheapest path, Infinity where there is none.
 */
export function measure(a: Assignment, pairCosts?: Float64Array): Measures {
  const { network, demand, graph, costs, work } = a
  let cheapest = 0
  let unassignedPairs = 0
  let unassignedTrips = 0
  for (let row = 0; row < a.origins.length; row++) {
    const zone = a.origins[row]
    measureFrom(graph, costs.cost, a.trees, row, zone, work)
    for (let pair = demand.start[zone]; pair < demand.start[zone + 1]; pair++) {
      const cost = work.cost[demand.destination[pair]]
      if (pairCosts !== undefined) pairCosts[pair] = cost
      if (a.firstPath[pair] === UNASSIGNED) {
        unassignedPairs++
        unassignedTrips += demand.trips[pair]
      } else cheapest += demand.trips[pair] * cost
    }
  }
  let objective = 0
  let totalTravelTime = 0
  const totalCost = costOf(a)
  for (let arc = 0; arc < graph.arcCount; arc++) {
    const flow = costs.flow[arc]
    if (flow === 0) continue
    objective += costIntegral(costs, arc)
    totalTravelTime += flow * (costs.cost[arc] - network.fixedCost[graph.linkOf[arc]])
  }
  // Rounding may make the sum over pairs the greater one.
  const relativeGap = totalCost > cheapest ? (totalCost - cheapest) / totalCost : 0
  return { relativeGap, objective, totalTravelTime, totalCost, unassignedPairs, unassignedTrips }
}

/** Σ link flow × generalised cost. */
export function costOf(a: Assignment): number {
  const { flow, cost } = a.costs
  let total = 0
  for (let arc = 0; arc < flow.length; arc++) if (flow[arc] > 0) total += flow[arc] * cost[arc]
  return total
}

/** By link of the network: its flow, as trips. */
export function linkFlows(a: Assignment): Float64Array {
  return byLink(a, a.costs.flow)
}

/** By link of the network: its generalised cost at its flow; Infinity where it is closed. */
export function linkCosts(a: Assignment): Float64Array {
  return byLink(a, a.costs.cost)
}

function byLink(a: Assignment, byArc: Float64Array): Float64Array {
  const { arcOf } = a.graph
  const values = new Float64Array(arcOf.length)
  for (let link = 0; link < arcOf.length; link++) values[link] = byArc[arcOf[link]]
  return values
}
