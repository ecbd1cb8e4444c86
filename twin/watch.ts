/**
 * Writes into the event log what a person should hear of: outages, dark signals, closures, long queues, requests, late buses.
 * One event for what belongs together, a higher threshold in than out, and no more than one of a kind in two minutes.
 */
import { logEvent, type EventKind, type EventLog } from './events.ts'
import { TICKS_PER_S } from './kernel/clock.ts'
import { loadColumn, type SavedState } from './kernel/domain.ts'
import type { Columns, Table } from './kernel/table.ts'
import { requestCauses, type requestTable } from './reports/tables.ts'
import type { RoadNetwork } from './traffic/network.ts'
import type { linkTable } from './traffic/tables.ts'
import { NO_TRIP, type transitVehicleTable } from './transit/tables.ts'

// A queue on a main street is long from here, and over again below, metres. Assumed.
const LONG_QUEUE_M = 180
const SHORT_QUEUE_M = 60
// A bus is very late from here, and no longer below, seconds. Assumed.
const LATE_BUS_S = 900
const PUNCTUAL_BUS_S = 600
// Requests by chance or cause are told once in so many seconds for each cause, with their number. Assumed.
const REQUEST_QUIET_S = 300
const PERSON = requestCauses.indexOf('person')
/** Seconds between two looks at queues and buses, and events of one kind at most at each. */
export const LOOK_S = 120
const MOST_AT_A_LOOK = 1

export interface Watch {
  /** By main link: 1 while its queue counts as long. */
  readonly isLongQueue: Uint8Array
  /** Looks at queues and buses; called every LOOK_S. */
  look(
    links: Columns<typeof linkTable.columns>,
    buses: Table<typeof transitVehicleTable.columns>,
    tick: number,
  ): void
  /** Tells of signals gone dark (or come back) together: the first of them, with their number. */
  tellSignals(signals: readonly number[], isDark: boolean, tick: number): void
  /** Tells of opened requests, each person's by itself, others grouped, and of persons' closed ones. */
  tellRequests(
    requests: Columns<typeof requestTable.columns>,
    opened: readonly number[],
    closed: readonly number[],
    tick: number,
  ): void
  save(): SavedState
  load(state: SavedState): void
}

/** A watch that has seen nothing yet. `mainLinks` is the number of main streets, `busRows` the most buses. */
export function makeWatch(log: EventLog, network: RoadNetwork, mainLinks: number, busRows: number): Watch {
  const state = {
    isLongQueue: new Uint8Array(mainLinks),
    isLateBus: new Uint8Array(busRows),
    /** By cause: requests not yet told of, and when the last were. */
    untold: new Int32Array(requestCauses.length),
    toldTick: new Int32Array(requestCauses.length).fill(-REQUEST_QUIET_S * TICKS_PER_S),
  }
  const { isLongQueue, isLateBus, untold, toldTick } = state
  const { lanes } = network.links

  /** Logs the greatest few of what has just crossed its threshold. */
  function logWorst(kind: EventKind, found: { row: number; value: number }[], tick: number): void {
    found.sort((a, b) => b.value - a.value || a.row - b.row)
    for (const { row, value } of found.slice(0, MOST_AT_A_LOOK)) logEvent(log, kind, row, tick, value)
  }

  return {
    isLongQueue,
    look(links, buses, tick) {
      const queues: { row: number; value: number }[] = []
      for (let link = 0; link < mainLinks; link++) {
        const queueM = links.queueM[link]
        if (queueM < SHORT_QUEUE_M) isLongQueue[link] = 0
        else if (queueM >= LONG_QUEUE_M && isLongQueue[link] === 0) {
          isLongQueue[link] = 1
          queues.push({ row: link, value: queueM * lanes[link] })
        }
      }
      queues.forEach((queue) => (queue.value /= lanes[queue.row]))
      logWorst('queueLong', queues, tick)
      const late: { row: number; value: number }[] = []
      for (let row = 0; row < buses.rows; row++) {
        const delayS = buses.columns.trip[row] === NO_TRIP ? 0 : buses.columns.delayS[row]
        if (delayS < PUNCTUAL_BUS_S) isLateBus[row] = 0
        else if (delayS >= LATE_BUS_S && isLateBus[row] === 0) {
          isLateBus[row] = 1
          late.push({ row: buses.columns.trip[row], value: delayS })
        }
      }
      logWorst('busLate', late, tick)
    },
    tellSignals(signals, isDark, tick) {
      if (signals.length === 0) return
      logEvent(log, isDark ? 'signalsDark' : 'signalsBack', signals[0], tick, signals.length)
    },
    tellRequests(requests, opened, closed, tick) {
      for (const row of opened) {
        const cause = requests.cause[row]
        if (cause === PERSON) logEvent(log, 'requestOpened', row, tick, 1)
        else {
          untold[cause]++
          if (tick - toldTick[cause] < REQUEST_QUIET_S * TICKS_PER_S) continue
          logEvent(log, 'requestOpened', row, tick, untold[cause])
          untold[cause] = 0
          toldTick[cause] = tick
        }
      }
      for (const row of closed) logEvent(log, 'requestClosed', row, tick, 1)
    },
    save() {
      const saved: SavedState = {}
      for (const [name, column] of Object.entries(state)) saved[name] = column.slice()
      return saved
    },
    load(saved) {
      for (const [name, column] of Object.entries(state)) loadColumn(column, saved, name)
    },
  }
}
