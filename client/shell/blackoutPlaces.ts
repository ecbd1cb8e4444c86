/** Where the blackout minute happens: which substation fails, and for each step the one thing that shows it best. */
import type { City } from '../../twin/city.ts'
import type { Local } from '../../twin/geo/projection.ts'
import { substationTable } from '../../twin/power/tables.ts'
import { requestCauses, requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import { linkTable, NO_LINK, signalModes, signalTable, vehicleTable } from '../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../twin/transit/tables.ts'
import type { Selection } from '../layers/layer.ts'
import type { Mirror } from '../state/mirror.ts'
import { best } from './best.ts'
import type { BlackoutStep } from './blackout.ts'

export interface Cause {
  readonly selection: Selection
  readonly at: Local
}

// Queues and buses further from the substation than this are not shown as its doing; assumed.
const REACH_M = 4000
const DARK = signalModes.indexOf('dark')
const CLOSED = requestStatuses.indexOf('closed')
const OUTAGE_CAUSES: readonly number[] = [
  requestCauses.indexOf('outage'),
  requestCauses.indexOf('darkSignal'),
]

/** Customers below each substation. */
export function customersOfSubstations(city: City): Float64Array {
  const { grid } = city
  const customers = new Float64Array(grid?.substations.xM.length ?? 0)
  if (!grid) return customers
  for (let i = 0; i < grid.transformers.bus.length; i++) {
    const feeder = grid.buses.feeder[grid.transformers.bus[i]]
    customers[grid.feeders.substation[feeder]] += grid.transformers.customers[i]
  }
  return customers
}

/** What drivers lose when the signals below each substation go dark: flow × flow by lane over their approaches, as queues grow with both. */
export function trafficOfSubstations(city: City, mirror: Mirror): Float64Array {
  const { grid, network } = city
  const traffic = new Float64Array(grid?.substations.xM.length ?? 0)
  if (!grid) return traffic
  const { flowVph } = mirror.table(linkTable).columns
  const { signal, lanes } = network.links
  for (let link = 0; link < flowVph.length; link++) {
    if (signal[link] < 0) continue
    const bus = grid.transformers.bus[grid.signals.transformer[signal[link]]]
    if (bus !== undefined)
      traffic[grid.feeders.substation[grid.buses.feeder[bus]]] += flowVph[link] ** 2 / lanes[link]
  }
  return traffic
}

/** The substation in service whose failure is felt most: by the traffic through its signals, then by customers; undefined when there is none. */
export function substationToFail(city: City, mirror: Mirror): number | undefined {
  const { isInService } = mirror.table(substationTable).columns
  const customers = customersOfSubstations(city)
  const traffic = trafficOfSubstations(city, mirror)
  return best(customers.length, (row) =>
    isInService[row] === 1 && customers[row] > 0 ? customers[row] + traffic[row] : undefined,
  )
}

/** The thing a step is about, in the twin that the mirror holds; undefined while there is none. */
export function causeOf(
  step: BlackoutStep,
  city: City,
  mirror: Mirror,
  substation: number,
): Cause | undefined {
  const { grid } = city
  if (!grid) return undefined
  const { xM, yM } = grid.substations
  const from: Local = [xM[substation], yM[substation]]
  switch (step) {
    case 'lights':
      return { selection: { layer: 'power', table: substationTable.name, row: substation }, at: from }
    case 'signals':
      return darkSignal(city, mirror, from)
    case 'queues':
      return longestQueue(city, mirror, from)
    case 'buses':
      return latestBus(city, mirror, from)
    case 'reports':
      return newestReport(mirror)
  }
}

function darkSignal(city: City, mirror: Mirror, from: Local): Cause | undefined {
  const { mode } = mirror.table(signalTable).columns
  const { xM, yM } = city.network.signals
  const row = best(mode.length, (i) => (mode[i] === DARK ? -distanceM(from, [xM[i], yM[i]]) : undefined))
  if (row === undefined) return undefined
  return { selection: { layer: 'traffic', table: signalTable.name, row }, at: [xM[row], yM[row]] }
}

/** The longest queue before a dark signal, or else within reach. */
function longestQueue(city: City, mirror: Mirror, from: Local): Cause | undefined {
  const { queueM } = mirror.table(linkTable).columns
  const { mode } = mirror.table(signalTable).columns
  const { signal } = city.network.links
  const atDark = best(queueM.length, (i) =>
    signal[i] >= 0 && mode[signal[i]] === DARK && queueM[i] > 0 ? queueM[i] : undefined,
  )
  const row =
    atDark ??
    best(queueM.length, (i) =>
      queueM[i] > 0 && distanceM(from, endOf(city, i)) < REACH_M ? queueM[i] : undefined,
    )
  if (row === undefined) return undefined
  return { selection: { layer: 'traffic', table: linkTable.name, row }, at: endOf(city, row) }
}

function latestBus(city: City, mirror: Mirror, from: Local): Cause | undefined {
  const { trip, vehicle, delayS } = mirror.table(transitVehicleTable).columns
  const { link } = mirror.table(vehicleTable).columns
  const linkOf = (i: number): number => link[vehicle[i]] ?? NO_LINK
  const row = best(trip.length, (i) => {
    if (trip[i] === NO_TRIP || linkOf(i) === NO_LINK) return undefined
    return distanceM(from, endOf(city, linkOf(i))) < REACH_M ? delayS[i] : undefined
  })
  if (row === undefined) return undefined
  const selection = { layer: 'transit', table: transitVehicleTable.name, row } as const
  return { selection, at: endOf(city, linkOf(row)) }
}

function newestReport(mirror: Mirror): Cause | undefined {
  const { status, cause, openedTick, xM, yM } = mirror.table(requestTable).columns
  const row = best(status.length, (i) =>
    status[i] > 0 && status[i] < CLOSED && OUTAGE_CAUSES.includes(cause[i]) ? openedTick[i] : undefined,
  )
  if (row === undefined) return undefined
  return { selection: { layer: 'reports', table: requestTable.name, row }, at: [xM[row], yM[row]] }
}

function endOf(city: City, link: number): Local {
  const { links, nodes } = city.network
  const node = links.toNode[link]
  return [nodes.xM[node], nodes.yM[node]]
}

function distanceM(a: Local, b: Local): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

/** The breaker at the head of a feeder; undefined when it has none. */
export function breakerOfFeeder(city: City, feeder: number): number | undefined {
  const { grid } = city
  if (!grid) return undefined
  const row = grid.breakers.bus.indexOf(grid.feeders.firstBus[feeder])
  return row < 0 ? undefined : row
}
