/** What edits cost, and who pays. Every number here is assumed and to be changed: no source of prices is at hand. */
import type { ScenarioEdit } from '../edits.ts'
import type { Partner } from './values.ts'

export interface EditCost {
  /** Once, in year 0, USD. */
  readonly onceUsd: number
  /** In each year from 1 on, USD. */
  readonly yearlyUsd: number
  readonly partner: Partner
}

const WH_KWH = 1000
const usd = (onceUsd: number, yearlyUsd: number, partner: Partner): EditCost => ({
  onceUsd,
  yearlyUsd,
  partner,
})

/** Before anybody has changed it. */
export function assumedCost(edit: ScenarioEdit): EditCost {
  switch (edit.kind) {
    case 'closeStreet':
    case 'closeToCars':
    case 'roadWorks':
    case 'closeLanes':
      return usd(5000 * edit.links.length, 500, 'city')
    case 'speedLimit':
    case 'reverseStreet':
      return usd(2000 * edit.links.length, 0, 'city')
    case 'busLane':
      return usd(30_000 * edit.links.length, 1000 * edit.links.length, 'city')
    case 'addLanes':
      return usd(400_000 * edit.links.length * edit.lanes, 4000 * edit.links.length, 'city')
    case 'lowTrafficArea':
      return usd(200_000, 10_000, 'city')
    case 'signalPlan':
      return usd(3000, 0, 'city')
    case 'busFrequency':
      // twice as many buses cost as much again as the line does
      return usd(0, 900_000 * (1 / edit.headwayFactor - 1), 'operator')
    case 'holdBuses':
      // who watches the line; the places of its buses are known already
      return usd(0, 20_000, 'operator')
    case 'closeStop':
    case 'detourBuses':
      return usd(1000, 0, 'operator')
    case 'fastChargers':
      return usd(0.5 * edit.powerW, 0.01 * edit.powerW, 'operator')
    case 'rooftopPv':
      return usd(1.1 * edit.addedW, 0.015 * edit.addedW, 'customers')
    case 'battery':
      return usd((300 * edit.energyWh) / WH_KWH, (5 * edit.energyWh) / WH_KWH, 'utility')
    case 'closeTie':
      return usd(150_000, 2000, 'utility')
    case 'demandResponse':
      return usd(100_000, 50_000, 'utility')
    case 'event':
    case 'homesAndJobs':
    case 'changeDemand':
    case 'evShare':
    case 'heatwave':
    case 'storm':
    case 'openBreaker':
    case 'substationOut':
    case 'feederOut':
      // nobody decides on these for a price
      return usd(0, 0, 'city')
  }
}

const incidents: readonly ScenarioEdit['kind'][] = [
  'event',
  'heatwave',
  'openBreaker',
  'storm',
  'substationOut',
  'feederOut',
]

/** How often a year hours with these edits are lived, before anybody has said: what nobody decides on, once. Assumed. */
export function assumedTimesPerYear(edits: readonly ScenarioEdit[], standard: number): number {
  return edits.length > 0 && edits.every(({ kind }) => incidents.includes(kind)) ? 1 : standard
}
