/** Where a driver turns next: by the tree of its zone and variant, by the path of its bus line, around a closure. */
import { turnOfBus } from './buses.ts'
import { makeTree, ROUTE_END } from './routes.ts'
import { TURN_END } from './state.ts'
import type { World } from './world.ts'

/**
 * The turn `vehicle` makes at `node`: the place of the next link among the node's out-links, or TURN_END when the trip ends
 * there. A driver whose way is closed ends the trip before the closure.
 */
export function turnFor(world: World, vehicle: number, node: number): number {
  const { routes, roads, state, closedToCars } = world
  if (state.busFirst[vehicle] >= 0) return turnOfBus(world, vehicle, node)
  const tree = state.variant[vehicle] * routes.zoneCount + state.destination[vehicle]
  if (routes.isMade[tree] === 0)
    makeTree(roads, routes, state.variant[vehicle], state.destination[vehicle], state.linkTicks, closedToCars)
  const turn = routes.trees[tree * roads.nodeCount + node]
  if (turn === ROUTE_END) return TURN_END
  const link = roads.outLink[roads.outStart[node] + turn]
  return closedToCars[link] === 0 ? turn : TURN_END
}
