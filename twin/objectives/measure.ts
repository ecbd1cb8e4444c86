/** Computes the indicators of `indicators.ts` from the tables that the domains publish. */
import type { Columns, Table } from '../kernel/table.ts'
import type { feederTable, powerSystemTable } from '../power/tables.ts'
import { requestStatuses, type requestTable } from '../reports/tables.ts'
import { roadClasses, type RoadNetwork } from '../traffic/network.ts'
import type { linkTable, signalTable } from '../traffic/tables.ts'
import { NO_TRIP, type transitVehicleTable } from '../transit/tables.ts'
import { indicators, type IndicatorId } from './indicators.ts'

// Main streets are secondary and wider; links are stored wide to narrow.
const NARROWEST_MAIN = roadClasses.indexOf('secondary')
// A main street is slow below this share of its free speed. As `indicators.ts` says.
const SLOW_RATIO = 0.4
// Road taken by one standing vehicle with its gap, metres. Usual in kinematic-wave models, and that of traffic.
const JAM_SPACING_M = 7.5
// A bus is on time from one minute early to five minutes late. Usual among operators.
const ON_TIME_S = [-60, 300] as const
const OPEN = requestStatuses.indexOf('open')
const FIXED = requestStatuses.indexOf('fixed')
const HOUR_TICKS = 3600 * 50

export interface Measured {
  readonly network: RoadNetwork
  /** By link, m/s: what an empty link is driven at. */
  readonly freeSpeedMps: Float32Array
  /** What street life leaves of it at this hour, 0 to 1. */
  drivingSpeedFactor(): number
  readonly links: Table<typeof linkTable.columns>
  readonly signals: Table<typeof signalTable.columns>
  readonly feeders: Table<typeof feederTable.columns>
  readonly system: Table<typeof powerSystemTable.columns>
  readonly buses: Table<typeof transitVehicleTable.columns>
  readonly requests: Table<typeof requestTable.columns>
}

type Values = Record<IndicatorId, number>

/** Writes every indicator, in the order of `indicators`, in its own unit. What a city has not reads as normal: a ratio of 1, a count of 0. */
export function measureIndicators(from: Measured, tick: number, value: Float32Array): void {
  const values: Values = {
    ...ofTraffic(from),
    ...ofPower(from),
    ...ofTransit(from.buses.columns, from.buses.rows),
    ...ofReports(from.requests.columns, tick),
  }
  indicators.forEach(({ id }, row) => (value[row] = values[id]))
}

/** Links before this row are main streets. */
export function mainLinkCount(network: RoadNetwork): number {
  const { roadClass } = network.links
  let count = 0
  while (count < roadClass.length && roadClass[count] <= NARROWEST_MAIN) count++
  return count
}

function ofTraffic({ network, freeSpeedMps, drivingSpeedFactor, links, signals }: Measured) {
  const { lanes } = network.links
  const { speedMps, vehicles, queueM } = links.columns
  const main = mainLinkCount(network)
  let all = 0
  let queued = 0
  for (let link = 0; link < links.rows; link++) {
    all += vehicles[link]
    queued += (queueM[link] * lanes[link]) / JAM_SPACING_M
  }
  const drivingSpeedRatio = drivingSpeedFactor()
  let driven = 0
  let free = 0
  let slow = 0
  for (let link = 0; link < main; link++) {
    const loneMps = freeSpeedMps[link] * drivingSpeedRatio
    driven += vehicles[link] * Math.min(1, speedMps[link] / loneMps)
    free += vehicles[link]
    if (speedMps[link] < SLOW_RATIO * loneMps) slow++
  }
  let dark = 0
  for (let signal = 0; signal < signals.rows; signal++) dark += signals.columns.mode[signal]
  return {
    vehicles: all,
    speedRatio: free > 0 ? driven / free : 1,
    slowLinks: slow,
    queuedVehicles: Math.round(queued),
    darkSignals: dark,
    drivingSpeedRatio,
  }
}

function ofPower({ feeders, system }: Measured) {
  const { loadingRatio, minVoltagePu, isEnergized } = feeders.columns
  let loading = 0
  let voltage = 1
  let isAnyOn = false
  for (let feeder = 0; feeder < feeders.rows; feeder++) {
    if (isEnergized[feeder] === 0) continue
    loading = Math.max(loading, loadingRatio[feeder])
    voltage = isAnyOn ? Math.min(voltage, minVoltagePu[feeder]) : minVoltagePu[feeder]
    isAnyOn = true
  }
  const { loadW, lossW, customersOut } = system.columns
  const isThere = system.rows > 0
  const supplied = isThere ? loadW[0] + lossW[0] : 0
  return {
    loadW: isThere ? loadW[0] : 0,
    lossRatio: supplied > 0 ? lossW[0] / supplied : 0,
    customersOut: isThere ? customersOut[0] : 0,
    maxFeederLoading: loading,
    minVoltagePu: voltage,
  }
}

function ofTransit(buses: Columns<typeof transitVehicleTable.columns>, rows: number) {
  let count = 0
  let delay = 0
  let onTime = 0
  for (let row = 0; row < rows; row++) {
    if (buses.trip[row] === NO_TRIP) continue
    count++
    delay += buses.delayS[row]
    if (buses.delayS[row] >= ON_TIME_S[0] && buses.delayS[row] <= ON_TIME_S[1]) onTime++
  }
  return {
    buses: count,
    meanDelayS: count > 0 ? delay / count : 0,
    onTimeRatio: count > 0 ? onTime / count : 1,
  }
}

function ofReports(requests: Columns<typeof requestTable.columns>, tick: number) {
  const { status, openedTick } = requests
  let open = 0
  let lastHour = 0
  for (let row = 0; row < status.length; row++) {
    if (status[row] === 0) continue
    if (status[row] >= OPEN && status[row] < FIXED) open++
    if (openedTick[row] > tick - HOUR_TICKS) lastHour++
  }
  return { openRequests: open, requestsLastHour: lastHour }
}
