/** Signal heads at their stop lines, by the fixed plans that the twin drives by. */
import { lngLatFromLocal, localFromLngLat, type Local } from '../../../twin/geo/projection.ts'
import { trafficParameters } from '../../../twin/traffic/calibrationParameters.ts'
import { makeRoads } from '../../../twin/traffic/roads.ts'
import { makeSignalPlans, NO_STAGE, ticksToGreen } from '../../../twin/traffic/signals.ts'
import { signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { LANE_WIDTH_M } from '../lanes.ts'
import type { LayerContext } from '../layer.ts'
import { pointAlong } from '../linkGeometry.ts'
import { perCity } from '../perCity.ts'

export interface SignalHead {
  /** With the street, and across its lanes of one direction, at the stop line. */
  readonly along: [number, number][]
  readonly across: [number, number][]
  readonly isGreen: boolean
}

export const HEADS_FROM_ZOOM = 16
/** Before the end of its link, metres: where a stop line is. */
const STOP_LINE_M = 6
/** A gate keeps so far from kerb and middle, metres. */
const KERB_M = 0.4
/** As long is a gate that stands open, metres. */
const OPEN_M = 8
/** Nobody sees heads so far from the middle of the map, metres, at the zooms that have them. */
const REACH_M = 2200
const DARK = signalModes.indexOf('dark')

const headsOf = perCity((city) => {
  const { network } = city
  const plans = makeSignalPlans(makeRoads(network, trafficParameters(city.info.parameters)))
  const heads: (Omit<SignalHead, 'isGreen'> & { link: number; at: Local })[] = []
  for (let link = 0; link < plans.stageOfLink.length; link++) {
    if (plans.signalOfLink[link] < 0 || plans.stageOfLink[link] === NO_STAGE) continue
    const lengthM = network.links.lengthM[link]
    const stopM = Math.max(0, lengthM - STOP_LINE_M)
    const [x, y] = pointAlong(network, link, stopM)
    const [endX, endY] = pointAlong(network, link, lengthM)
    const ahead = Math.hypot(endX - x, endY - y) || 1
    const hasOther = network.links.reverseLink[link] >= 0
    const sideM = hasOther ? (network.links.lanes[link] * LANE_WIDTH_M) / 2 : 0
    const [rightX, rightY] = [(endY - y) / ahead, -(endX - x) / ahead]
    const at = [x + rightX * sideM, y + rightY * sideM] as const
    const halfM = (network.links.lanes[link] * LANE_WIDTH_M) / 2 - KERB_M
    const bar = (byX: number, byY: number): [number, number][] =>
      [-1, 1].map((way) => [...lngLatFromLocal(city.projection, [at[0] + byX * way, at[1] + byY * way])])
    heads.push({
      link,
      at,
      along: bar((-rightY * OPEN_M) / 2, (rightX * OPEN_M) / 2),
      across: bar(rightX * halfM, rightY * halfM),
    })
  }
  return { plans, heads }
})

/** Every head around the middle of the map that has power, as it shows at the moment that is drawn. */
export function signalHeads({ city, mirror, clock, camera }: LayerContext): SignalHead[] {
  const { plans, heads } = headsOf(city)
  const { mode } = mirror.table(signalTable).columns
  const tick = Math.floor(clock.tick())
  const middle = camera && localFromLngLat(city.projection, [camera.lng, camera.lat])
  return heads.flatMap(({ link, at, along, across }) => {
    if (mode[plans.signalOfLink[link]] === DARK) return []
    if (middle && Math.hypot(at[0] - middle[0], at[1] - middle[1]) > REACH_M) return []
    return [{ along, across, isGreen: ticksToGreen(plans, link, tick) === 0 }]
  })
}
