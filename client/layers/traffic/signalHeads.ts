/** Signal heads at their stop lines, by the fixed plans that the twin drives by. */
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { trafficParameters } from '../../../twin/traffic/calibrationParameters.ts'
import { makeRoads } from '../../../twin/traffic/roads.ts'
import { makeSignalPlans, NO_STAGE, ticksToGreen } from '../../../twin/traffic/signals.ts'
import { signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { LANE_WIDTH_M } from '../lanes.ts'
import type { LayerContext } from '../layer.ts'
import { pointAlong } from '../linkGeometry.ts'
import { perCity } from '../perCity.ts'

export interface SignalHead {
  readonly at: [number, number]
  readonly isGreen: boolean
}

/** Before the end of its link, metres: where a stop line is. */
const STOP_LINE_M = 6
const DARK = signalModes.indexOf('dark')

const headsOf = perCity((city) => {
  const { network } = city
  const plans = makeSignalPlans(makeRoads(network, trafficParameters(city.info.parameters)))
  const heads: { link: number; at: [number, number] }[] = []
  for (let link = 0; link < plans.stageOfLink.length; link++) {
    if (plans.signalOfLink[link] < 0 || plans.stageOfLink[link] === NO_STAGE) continue
    const lengthM = network.links.lengthM[link]
    const stopM = Math.max(0, lengthM - STOP_LINE_M)
    const [x, y] = pointAlong(network, link, stopM)
    const [endX, endY] = pointAlong(network, link, lengthM)
    const ahead = Math.hypot(endX - x, endY - y) || 1
    const hasOther = network.links.reverseLink[link] >= 0
    const sideM = hasOther ? (network.links.lanes[link] * LANE_WIDTH_M) / 2 : 0
    const right = [(endY - y) / ahead, -(endX - x) / ahead]
    const [lng, lat] = lngLatFromLocal(city.projection, [x + right[0] * sideM, y + right[1] * sideM])
    heads.push({ link, at: [lng, lat] })
  }
  return { plans, heads }
})

/** Every head that has power, as it shows at the moment that is drawn. */
export function signalHeads({ city, mirror, clock }: LayerContext): SignalHead[] {
  const { plans, heads } = headsOf(city)
  const { mode } = mirror.table(signalTable).columns
  const tick = Math.floor(clock.tick())
  return heads.flatMap(({ link, at }) =>
    mode[plans.signalOfLink[link]] === DARK ? [] : [{ at, isGreen: ticksToGreen(plans, link, tick) === 0 }],
  )
}
