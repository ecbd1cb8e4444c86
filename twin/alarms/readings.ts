/** What the alarms watch, read from the tables that the domains publish; and which of them follow from an outage. */
import type { Table } from '../kernel/table.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'
import { mainLinkCount } from '../objectives/measure.ts'
import type { PowerGrid } from '../power/grid.ts'
import type { feederTable, substationTable } from '../power/tables.ts'
import { requestCauses, requestStatuses, type requestTable } from '../reports/tables.ts'
import type { RoadNetwork } from '../traffic/network.ts'
import { signalModes, type linkTable, type signalTable } from '../traffic/tables.ts'
import type { Timetable } from '../transit/timetable.ts'
import { NO_TRIP, type transitVehicleTable } from '../transit/tables.ts'
import { alarmKinds, kindIndex, type AlarmKind, type AlarmKindId } from './catalogue.ts'

// A queue on a link counts from here, metres; as in twin/watch.ts.
const LONG_QUEUE_M = 180
// A line's mean says something from so many buses on. Assumed.
const LEAST_BUSES = 3
const HOUR_TICKS = 3600 * TICKS_PER_S
const DARK = signalModes.indexOf('dark')
const OVERLOAD = alarmKinds[kindIndex('feederOverloaded')].limit
const LOW_VOLTAGE = alarmKinds[kindIndex('voltageLow')].limit
const FIXED = requestStatuses.indexOf('fixed')
/** What people see by themselves, and not because of what has an alarm of its own. */
const OWN_CAUSES: readonly number[] = [requestCauses.indexOf('chance'), requestCauses.indexOf('person')]

/** The world and the tables that are looked at; a city without a domain has none of its parts. */
export interface Watched {
  readonly network: RoadNetwork
  readonly grid: PowerGrid | undefined
  readonly timetable: Timetable | undefined
  readonly services: number
  readonly links: Table<typeof linkTable.columns>
  readonly signals: Table<typeof signalTable.columns>
  readonly substations: Table<typeof substationTable.columns>
  readonly feeders: Table<typeof feederTable.columns>
  readonly buses: Table<typeof transitVehicleTable.columns>
  readonly requests: Table<typeof requestTable.columns>
}

/** One kind's values by source, in its unit; NaN for a source that has none now. */
export type Values = Readonly<Record<AlarmKindId, Float64Array>>

export interface Readings {
  readonly values: Values
  sourcesOf(kind: AlarmKind): number
  /** Brings `values` up to `tick`. */
  read(tick: number): void
  /** Feeder below which a signal hangs; −1 for none. */
  feederOfSignal(signal: number): number
  /** The dark signal before which the longest queue of a street stands; −1 for none. */
  darkSignalOfStreet(street: number): number
}

export function makeReadings(watched: Watched): Readings {
  const { network, grid, timetable, links, signals, substations, feeders, buses, requests } = watched
  const main = mainLinkCount(network)
  const routes = timetable?.routes.shortName.length ?? 0
  const rows: Record<AlarmKind['of'], number> = {
    substation: substations.rows,
    feeder: feeders.rows,
    signal: signals.rows,
    street: network.names.text.length,
    route: routes,
    service: watched.services,
  }
  const none = (of: AlarmKind['of']) => new Float64Array(rows[of]).fill(NaN)
  const values = {
    substationOut: none('substation'),
    feederOut: none('feeder'),
    substationOverloaded: none('substation'),
    feederOverloaded: none('feeder'),
    voltageLow: none('feeder'),
    signalsDark: none('signal'),
    streetQueued: none('street'),
    lineLate: none('route'),
    requestsMany: none('service'),
  }
  const substationOf = grid?.feeders.substation ?? new Uint16Array(0)
  const darkSignal = new Int32Array(rows.street)
  const longestM = new Float64Array(rows.street)
  const busesOf = new Uint16Array(routes)

  function readPower(): void {
    const { isInService, loadingRatio } = substations.columns
    const { customersOut, isEnergized, loadingRatio: ofFeeder, minVoltagePu } = feeders.columns
    for (let substation = 0; substation < substations.rows; substation++) {
      const isIn = isInService[substation] === 1
      values.substationOut[substation] = isIn ? NaN : 0
      values.substationOverloaded[substation] = isIn ? loadingRatio[substation] : NaN
    }
    for (let feeder = 0; feeder < feeders.rows; feeder++) {
      const isIn = isInService[substationOf[feeder]] === 1
      if (!isIn) values.substationOut[substationOf[feeder]] += customersOut[feeder]
      values.feederOut[feeder] = isIn ? customersOut[feeder] : NaN
      // a feeder that has supply and no solution reads 0: its lines cannot carry what is asked, so it is beyond both limits
      const isUnsolved = isEnergized[feeder] === 1 && minVoltagePu[feeder] === 0
      const isOn = isEnergized[feeder] === 1
      values.feederOverloaded[feeder] = isUnsolved ? OVERLOAD : isOn ? ofFeeder[feeder] : NaN
      values.voltageLow[feeder] = isUnsolved ? LOW_VOLTAGE : isOn ? minVoltagePu[feeder] : NaN
    }
  }

  function readTraffic(): void {
    const { mode } = signals.columns
    for (let signal = 0; signal < signals.rows; signal++)
      values.signalsDark[signal] = mode[signal] === DARK ? 1 : NaN
    const { streetQueued } = values
    streetQueued.fill(0)
    longestM.fill(0)
    darkSignal.fill(-1)
    const { queueM } = links.columns
    const { name, signal } = network.links
    for (let link = 0; link < main; link++) {
      const lengthM = queueM[link]
      if (lengthM < LONG_QUEUE_M || name[link] === 0) continue
      streetQueued[name[link]] += lengthM
      const isDark = signal[link] >= 0 && mode[signal[link]] === DARK
      if (!isDark || lengthM <= longestM[name[link]]) continue
      longestM[name[link]] = lengthM
      darkSignal[name[link]] = signal[link]
    }
  }

  function readTransit(): void {
    const { lineLate } = values
    lineLate.fill(0)
    busesOf.fill(0)
    if (timetable === undefined) return
    const { trip, delayS } = buses.columns
    for (let bus = 0; bus < buses.rows; bus++) {
      if (trip[bus] === NO_TRIP) continue
      const route = timetable.patterns.route[timetable.trips.pattern[trip[bus]]]
      lineLate[route] += delayS[bus]
      busesOf[route]++
    }
    for (let route = 0; route < routes; route++)
      lineLate[route] = busesOf[route] < LEAST_BUSES ? NaN : lineLate[route] / busesOf[route]
  }

  function readRequests(tick: number): void {
    values.requestsMany.fill(0)
    const { service, status, cause, openedTick } = requests.columns
    for (let row = 0; row < requests.rows; row++) {
      if (status[row] === 0 || status[row] >= FIXED) continue
      if (openedTick[row] > tick - HOUR_TICKS && OWN_CAUSES.includes(cause[row]))
        values.requestsMany[service[row]]++
    }
  }

  return {
    values,
    sourcesOf: ({ of }) => rows[of],
    read(tick) {
      readPower()
      readTraffic()
      readTransit()
      readRequests(tick)
    },
    feederOfSignal(signal) {
      if (grid === undefined) return -1
      const bus = grid.transformers.bus[grid.signals.transformer[signal]]
      return bus === undefined ? -1 : grid.buses.feeder[bus]
    },
    darkSignalOfStreet: (street) => darkSignal[street],
  }
}
