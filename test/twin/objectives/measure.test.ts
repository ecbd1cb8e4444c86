/** The indicators on tables set by hand. */
import { expect, test } from 'vitest'
import { makeTable } from '../../../twin/kernel/table.ts'
import { indicators, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import { mainLinkCount, measureIndicators, type Measured } from '../../../twin/objectives/measure.ts'
import { feederTable, powerSystemTable } from '../../../twin/power/tables.ts'
import { requestTable } from '../../../twin/reports/tables.ts'
import { linkTable, signalTable } from '../../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../../twin/transit/tables.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const { network } = smallCity()
const links = network.links.fromNode.length

function tables(): Measured {
  const freeSpeedMps = new Float32Array(links).fill(10)
  const road = makeTable(linkTable, links)
  road.columns.speedMps.set(freeSpeedMps)
  return {
    network,
    freeSpeedMps,
    drivingSpeedFactor: () => 1,
    links: road,
    signals: makeTable(signalTable, 4),
    feeders: makeTable(feederTable, 2),
    system: makeTable(powerSystemTable, 1),
    buses: makeTable(transitVehicleTable, 3),
    requests: makeTable(requestTable, 5),
  }
}

function measured(from: Measured, tick = 0): Record<IndicatorId, number> {
  const value = new Float32Array(indicators.length)
  measureIndicators(from, tick, value)
  return Object.fromEntries(indicators.map(({ id }, row) => [id, value[row]])) as Record<IndicatorId, number>
}

test('main streets come first, and are the secondary ones and wider', () => {
  expect(mainLinkCount(network)).toBe(72)
})

test('the speed ratio counts main streets by their vehicles', () => {
  const from = tables()
  const { vehicles, speedMps } = from.links.columns
  vehicles.set([10, 30])
  speedMps.set([10, 2])
  vehicles[links - 1] = 60
  speedMps[links - 1] = 0.1
  const seen = measured(from)
  expect(seen.speedRatio).toBeCloseTo(0.4, 6)
  expect(seen.vehicles).toBe(100)
  expect(seen.slowLinks).toBe(1)
})

test('a queue of 75 m on two lanes is twenty vehicles', () => {
  const from = tables()
  from.links.columns.queueM[0] = 75
  expect(measured(from).queuedVehicles).toBe(20)
})

test('feeders without voltage are left out of the worst loading and voltage', () => {
  const from = tables()
  from.feeders.columns.isEnergized.set([0, 1])
  from.feeders.columns.loadingRatio.set([0, 0.7])
  from.feeders.columns.minVoltagePu.set([0, 0.97])
  from.system.columns.loadW[0] = 95
  from.system.columns.lossW[0] = 5
  const seen = measured(from)
  expect(seen.maxFeederLoading).toBeCloseTo(0.7, 6)
  expect(seen.minVoltagePu).toBeCloseTo(0.97, 6)
  expect(seen.lossRatio).toBeCloseTo(0.05, 6)
})

test('a bus is on time from a minute early to five minutes late', () => {
  const from = tables()
  from.buses.columns.trip.set([1, 2, NO_TRIP])
  from.buses.columns.delayS.set([290, 310, 9999])
  const seen = measured(from)
  expect(seen.buses).toBe(2)
  expect(seen.onTimeRatio).toBe(0.5)
  expect(seen.meanDelayS).toBe(300)
})

test('requests are open until fixed', () => {
  const from = tables()
  from.requests.columns.status.set([0, 1, 3, 4, 5])
  from.requests.columns.openedTick.set([0, 0, -3601 * 50, 0, 0])
  const seen = measured(from)
  expect(seen.openRequests).toBe(2)
  expect(seen.requestsLastHour).toBe(3)
})
