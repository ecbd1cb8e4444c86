/** What the end of a link lets go in an hour while its queue stands: of its open lanes, its limit, its signal or the all-way stop. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { fullHeadwayS } from './allWayStop.ts'
import { NO_STAGE } from './signals.ts'
import type { World } from './world.ts'

/**
 * Vehicles an hour that leave `link` while cars stand in every lane; at a dark signal while they stand at every other arm too. 0
 * when no car may enter. Gaps in a stream with priority are not looked at: they depend on that stream.
 */
export function capacityVph(world: World, link: number): number {
  const { roads, plans, tables, closedToCars } = world
  if (closedToCars[link] !== 0) return 0
  const lanes = bitsOf(roads.carLanes[link])
  const freeVph = (lanes * 3600 * TICKS_PER_S) / roads.headTicks[link]
  const stage = plans.stageOfLink[link]
  if (stage === NO_STAGE) return freeVph
  const signal = plans.signalOfLink[link]
  if (tables.signals.columns.mode[signal] !== 0)
    return Math.min(freeVph, (lanes * 3600) / fullHeadwayS(world, link))
  const row = signal * 2 + stage
  return (freeVph * (plans.greenEndS[row] - plans.greenStartS[row])) / plans.cycleS[signal]
}

function bitsOf(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
