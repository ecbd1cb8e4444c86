/** Signal heads at their stop lines, by the fixed plans that the twin drives by. */
import { lngLatFromLocal, localFromLngLat, type Local } from '../../../twin/geo/projection.ts'
import type { City } from '../../../twin/city.ts'
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

type Gate = Omit<SignalHead, 'isGreen'> & { readonly at: Local }

const headsOf = perCity((city) => {
  const plans = makeSignalPlans(makeRoads(city.network, trafficParameters(city.info.parameters)))
  const heads: (Gate & { readonly link: number })[] = []
  for (let link = 0; link < plans.stageOfLink.length; link++) {
    if (plans.signalOfLink[link] < 0 || plans.stageOfLink[link] === NO_STAGE) continue
    heads.push({ link, ...gateOf(city, link) })
  }
  return { plans, heads }
})

/** The gate at the end of a link: as wide as its lanes, in the middle of them. */
export function gateOf({ network, projection }: Pick<City, 'network' | 'projection'>, link: number): Gate {
  const { lengthM, lanes, reverseLink } = network.links
  const [x, y] = pointAlong(network, link, Math.max(0, lengthM[link] - STOP_LINE_M))
  const [endX, endY] = pointAlong(network, link, lengthM[link])
  const aheadM = Math.hypot(endX - x, endY - y) || 1
  const [rightX, rightY] = [(endY - y) / aheadM, -(endX - x) / aheadM]
  const widthM = lanes[link] * LANE_WIDTH_M
  const sideM = reverseLink[link] >= 0 ? widthM / 2 : 0
  const at = [x + rightX * sideM, y + rightY * sideM] as const
  const bar = (byX: number, byY: number): [number, number][] =>
    [-1, 1].map((way) => [...lngLatFromLocal(projection, [at[0] + byX * way, at[1] + byY * way])])
  const halfM = widthM / 2 - KERB_M
  return {
    at,
    along: bar((-rightY * OPEN_M) / 2, (rightX * OPEN_M) / 2),
    across: bar(rightX * halfM, rightY * halfM),
  }
}

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
