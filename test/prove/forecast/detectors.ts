/** What detectors say of a whole city: its flow, its speed, and the speed of each quarter. */
import type { RoadNetwork } from '../../../twin/traffic/network.ts'
import type { DetectorHistory } from '../../../twin/forecast/ofDetectors.ts'
import type { Readings } from './world.ts'

export const FLOW = 'flow, veh/h'
export const SPEED = 'speed, km/h'
const quarters = ['south-west', 'south-east', 'north-west', 'north-east'] as const

/**
 * By reading: the mean flow of a site, the mean speed of the vehicles that passed the sites, and that of each quarter of the
 * city, cut through the middle of its sites.
 */
export function historyOf(
  network: RoadNetwork,
  sites: readonly number[],
  readings: Readings,
): DetectorHistory {
  const { fromNode } = network.links
  const at = (axis: Float32Array) => sites.map((link) => axis[fromNode[link]])
  const [xM, yM] = [at(network.nodes.xM), at(network.nodes.yM)]
  const [middleX, middleY] = [median(xM), median(yM)]
  const quarterOf = sites.map((_, site) => Number(xM[site] >= middleX) + 2 * Number(yM[site] >= middleY))
  const all = sites.map((_, site) => site)
  const history: Record<string, Float32Array> = {
    [FLOW]: byReading(readings, sites.length, (flowOf) => sum(all, flowOf) / sites.length),
    [SPEED]: byReading(readings, sites.length, meanSpeed(all)),
  }
  quarters.forEach((name, quarter) => {
    const inside = all.filter((site) => quarterOf[site] === quarter)
    history[`${name} ${SPEED}`] = byReading(readings, sites.length, meanSpeed(inside))
  })
  return history
}

type Of = (site: number) => number

/** km/h, each site by its flow. */
function meanSpeed(sites: readonly number[]): (flowOf: Of, speedOf: Of) => number {
  return (flowOf, speedOf) => {
    const flow = sum(sites, flowOf)
    return flow > 0 ? (3.6 * sum(sites, (site) => flowOf(site) * speedOf(site))) / flow : 0
  }
}

function byReading(
  { flowVph, speedMps }: Readings,
  sites: number,
  value: (flowOf: Of, speedOf: Of) => number,
): Float32Array {
  return Float32Array.from({ length: flowVph.length / sites }, (_, reading) =>
    value(
      (site) => flowVph[reading * sites + site],
      (site) => speedMps[reading * sites + site],
    ),
  )
}

function sum(sites: readonly number[], of: Of): number {
  let total = 0
  for (const site of sites) total += of(site)
  return total
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
