/** What a lone driver needs for each link when nothing hinders: shared by the engine and the page, which draws by it. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { TrafficParameters } from './calibrationParameters.ts'
import type { RoadNetwork } from './network.ts'

/** Slowest speed a limit may give, m/s, against broken tags. */
export const MIN_SPEED_MPS = 2

/** Ticks by link, at least 1: the drive, and the delay of the junction at its end where there is one. */
export function freeTicksOf(
  { links, nodes }: RoadNetwork,
  { freeSpeedFactor, linkDelayS }: Pick<TrafficParameters, 'freeSpeedFactor' | 'linkDelayS'>,
): Int32Array {
  const { fromNode, toNode, lengthM, freeSpeedMps, reverseLink } = links
  // neighbours of each node, counting in-links and out-links once a street
  const arms = new Uint16Array(nodes.xM.length)
  for (let link = 0; link < lengthM.length; link++) {
    arms[fromNode[link]]++
    if (reverseLink[link] < 0) arms[toNode[link]]++
  }
  const ticks = new Int32Array(lengthM.length)
  for (let link = 0; link < ticks.length; link++) {
    const speedMps = Math.max(MIN_SPEED_MPS, freeSpeedMps[link] * freeSpeedFactor)
    const delayS = arms[toNode[link]] > 2 ? linkDelayS : 0
    ticks[link] = freeTicksAt(lengthM[link], speedMps, delayS)
  }
  return ticks
}

/** Ticks over one link of this length at this speed, and the delay of the junction at its end. */
export function freeTicksAt(lengthM: number, speedMps: number, delayS: number): number {
  return Math.max(1, Math.round((Math.max(1, lengthM) / speedMps + delayS) * TICKS_PER_S))
}
