/** How one domain acts on another: each a function, with why it is so and by whose word. Nothing else passes between domains. */
import type { CouplingWatch } from './couplingWatch.ts'
import type { Clock } from './kernel/clock.ts'
import type { Table } from './kernel/table.ts'
import type { PowerGrid } from './power/grid.ts'
import type { Power } from './power/power.ts'
import type { transformerTable } from './power/tables.ts'
import type { Reports } from './reports/reports.ts'
import type { Traffic } from './traffic/traffic.ts'
import type { RoadNetwork } from './traffic/network.ts'
import { NO_TRIP } from './transit/tables.ts'
import type { Transit } from './transit/transit.ts'

// Calls for each customer without power and hour, until the first call about that transformer has come. Assumed.
const OUTAGE_CALLS_PER_CUSTOMER_H = 0.1
// Calls about a dark signal in an hour, until the first. Assumed.
const DARK_SIGNAL_CALLS_PER_H = 2
// Calls for each vehicle that stands in a long queue and hour, until the first about that street. Assumed.
const QUEUE_CALLS_PER_VEHICLE_H = 0.002
// Road taken by one standing vehicle, metres; as in traffic.
const JAM_SPACING_M = 7.5
/** Queues change slowly: they give cause once in so many seconds. */
export const QUEUE_REPORT_S = 10

/**
 * Power → traffic: a signal whose transformer is dead is dark, and is driven as an all-way stop (HCM chapter 21; drivers must by
 * most traffic codes). Gives the signals that changed.
 */
export function darkSignals(power: Power, traffic: Traffic, watch?: CouplingWatch): number[] {
  const { mode } = traffic.signals.columns
  const changed: number[] = []
  for (let signal = 0; signal < mode.length; signal++) {
    const isDark = !power.isSignalSupplied(signal)
    if (isDark === (mode[signal] === 1)) continue
    traffic.setSignalDark(signal, isDark)
    changed.push(signal)
    watch?.acted('darkSignals', signal, isDark ? 1 : -1)
  }
  return changed
}

/**
 * Power → reports: customers without power call; one request stands for all below a transformer, as utilities merge them.
 * `wasDark`, one byte a transformer, is brought up to date. Rate assumed.
 */
export function outageReports(
  grid: PowerGrid,
  transformers: Table<typeof transformerTable.columns>,
  wasDark: Uint8Array,
  reports: Reports,
  clock: Clock,
  watch?: CouplingWatch,
): void {
  const { bus, customers } = grid.transformers
  const { isEnergized } = transformers.columns
  for (let transformer = 0; transformer < wasDark.length; transformer++) {
    if (isEnergized[transformer] !== 0) {
      if (wasDark[transformer] !== 0) reports.causeEnded('outage', transformer, clock)
      wasDark[transformer] = 0
      continue
    }
    wasDark[transformer] = 1
    const xM = grid.buses.xM[bus[transformer]]
    const yM = grid.buses.yM[bus[transformer]]
    const ratePerH = OUTAGE_CALLS_PER_CUSTOMER_H * customers[transformer]
    reports.causeAt({ kind: 'outage', source: transformer, xM, yM, ratePerH }, 1, clock)
    watch?.acted('outageReports', transformer, ratePerH / 3600)
  }
}

/** Traffic → reports: whoever drives or walks past a dark signal may report it. Rate assumed. */
export function darkSignalReports(
  network: RoadNetwork,
  traffic: Traffic,
  wasDark: Uint8Array,
  reports: Reports,
  clock: Clock,
  watch?: CouplingWatch,
): void {
  const { mode } = traffic.signals.columns
  for (let signal = 0; signal < mode.length; signal++) {
    if (mode[signal] === 0) {
      if (wasDark[signal] !== 0) reports.causeEnded('darkSignal', signal, clock)
      wasDark[signal] = 0
      continue
    }
    wasDark[signal] = 1
    const xM = network.signals.xM[signal]
    const yM = network.signals.yM[signal]
    reports.causeAt(
      { kind: 'darkSignal', source: signal, xM, yM, ratePerH: DARK_SIGNAL_CALLS_PER_H },
      1,
      clock,
    )
    watch?.acted('darkSignalReports', signal, DARK_SIGNAL_CALLS_PER_H / 3600)
  }
}

/**
 * Traffic → reports: drivers in a long queue may report the street as blocked, the more the longer it is. `isLong` marks the
 * links of long queues. Called every QUEUE_REPORT_S. Rate assumed.
 */
export function queueReports(
  network: RoadNetwork,
  traffic: Traffic,
  isLong: Uint8Array,
  reports: Reports,
  clock: Clock,
  watch?: CouplingWatch,
): void {
  const { queueM } = traffic.links.columns
  const { lanes, toNode } = network.links
  for (let link = 0; link < isLong.length; link++) {
    if (isLong[link] === 0) continue
    const ratePerH = (QUEUE_CALLS_PER_VEHICLE_H * queueM[link] * lanes[link]) / JAM_SPACING_M
    const xM = network.nodes.xM[toNode[link]]
    const yM = network.nodes.yM[toNode[link]]
    reports.causeAt({ kind: 'queue', source: link, xM, yM, ratePerH }, QUEUE_REPORT_S, clock)
    watch?.acted('queueReports', link, (ratePerH * QUEUE_REPORT_S) / 3600)
  }
}

/**
 * Traffic → power: cars that end their trip in a zone may be electric and plug in there. The share of electric cars is the city's
 * parameter `evShare`; who plugs in and for how long is said, and assumed, in `power/charging.ts`.
 */
export function arrivalsCharge(traffic: Traffic, power: Power, watch?: CouplingWatch): void {
  const { arrivals } = traffic
  for (let zone = 0; zone < arrivals.length; zone++) {
    if (arrivals[zone] === 0) continue
    power.arriveAtZone(zone, arrivals[zone])
    watch?.acted('arrivalsCharge', zone, arrivals[zone])
  }
}

/** Traffic → transit: a bus is a vehicle of the road, so what the road did to it is its delay. No assumption of its own. */
export function congestionDelaysBuses(
  traffic: Traffic,
  transit: Transit,
  clock: Clock,
  watch?: CouplingWatch,
): void {
  const { trip, delayS } = transit.vehicles.columns
  const before = watch && delayS.slice(0, transit.vehicles.rows)
  transit.follow(traffic.busEvents, clock)
  before?.forEach((beforeS, row) => {
    if (trip[row] !== NO_TRIP && delayS[row] !== beforeS)
      watch!.acted('congestionDelaysBuses', trip[row], delayS[row] - beforeS)
  })
}
