/** How fast a lone driver goes at this hour. */
import type { City } from '../../twin/city.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { indicators } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { trafficParameters } from '../../twin/traffic/calibrationParameters.ts'
import { freeTicksOf } from '../../twin/traffic/drivingTimes.ts'
import type { Mirror } from './mirror.ts'

const DRIVING_SPEED = indicators.findIndex(({ id }) => id === 'drivingSpeedRatio')

/** What street life leaves a lone driver of the free speed at this hour, 0 to 1; 1 before the first frame. */
export function drivingSpeedRatio(mirror: Mirror): number {
  return mirror.table(indicatorTable).columns.value[DRIVING_SPEED] || 1
}

/** By link, m/s: a lone driver's mean speed when street life takes nothing. */
export function loneSpeedsMps({ network, info }: Pick<City, 'network' | 'info'>): Float32Array {
  const ticks = freeTicksOf(network, trafficParameters(info.parameters))
  return network.links.lengthM.map((lengthM, link) => (Math.max(1, lengthM) * TICKS_PER_S) / ticks[link])
}
