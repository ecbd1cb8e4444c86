/**
 * A run as tables, for whoever works with them elsewhere: links and feeders by quarter of an hour, trips, indicators. Every name
 * of a column ends with its unit; times are seconds of Unix time.
 */
import type { TypedArray } from '../kernel/columns.ts'
import { TICKS_PER_S, timeMsAt } from '../kernel/clock.ts'
import { indicators } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import { feederTable } from '../power/tables.ts'
import type { Twin } from '../twin.ts'
import { TURNED_AWAY, UNDER_WAY, type TripLog } from './tripLog.ts'

/** Seconds that one row of links or feeders stands for. */
export const INTERVAL_S = 900
// Links change within minutes: what a quarter of an hour says of one is the mean of this many looks, seconds apart.
const SAMPLE_S = 60
const INDICATORS_S = 60

/** By column, a value a row; all of one length. */
export type RunTable = Readonly<Record<string, TypedArray | readonly string[]>>

export interface RunTables {
  readonly links: RunTable
  readonly trips: RunTable
  readonly feeders: RunTable
  readonly indicators: RunTable
}

export interface TableKeeper {
  /** To be called after every second of the run. */
  look(): void
  /** Of the run so far; a last interval that is not whole is left out. */
  tables(): RunTables
}

/** Keeps what happens to `twin` from now on; `trips` is a log that it tells of its trips. */
export function keepTables(twin: Twin, trips: TripLog): TableKeeper {
  const { clock } = twin
  const beginTick = clock.tick
  const links = keepLinks(twin)
  const feeders = keepFeeders(twin)
  const shown = keepIndicators(twin)
  return {
    look() {
      const doneS = (clock.tick - beginTick) / TICKS_PER_S
      if (doneS % SAMPLE_S === 0) {
        links.sample()
        feeders.sample()
      }
      const timeS = timeMsAt(clock, clock.tick) / 1000
      if (doneS % INTERVAL_S === 0) {
        links.close(timeS - INTERVAL_S)
        feeders.close(timeS - INTERVAL_S)
      }
      if (doneS % INDICATORS_S === 0) shown.add(timeS)
    },
    tables: () => ({
      links: links.table(),
      feeders: feeders.table(),
      indicators: shown.table(),
      trips: tripTable(trips),
    }),
  }
}

/** Means of columns over the samples of an interval, one block of `rows` an interval. */
function meansOf(rows: number, columns: Readonly<Record<string, ArrayLike<number>>>) {
  const names = Object.keys(columns)
  const sums = names.map(() => new Float64Array(rows))
  const blocks: Float32Array[][] = names.map(() => [])
  const times: number[] = []
  let samples = 0
  return {
    sample() {
      samples++
      names.forEach((name, i) => {
        const column = columns[name]
        for (let row = 0; row < rows; row++) sums[i][row] += column[row]
      })
    },
    close(beginS: number) {
      times.push(beginS)
      sums.forEach((sum, i) => {
        blocks[i].push(Float32Array.from(sum, (value) => value / Math.max(1, samples)))
        sum.fill(0)
      })
      samples = 0
    },
    table(row: string): RunTable {
      const count = times.length * rows
      const means = names.map((name, i) => [name, joined(blocks[i], count)])
      return {
        beginS: Float64Array.from({ length: count }, (_, at) => times[Math.floor(at / rows)]),
        [row]: Uint32Array.from({ length: count }, (_, at) => at % rows),
        ...(Object.fromEntries(means) as RunTable),
      }
    },
  }
}

function joined(blocks: readonly Float32Array[], count: number): Float32Array {
  const all = new Float32Array(count)
  let at = 0
  for (const block of blocks) {
    all.set(block, at)
    at += block.length
  }
  return all
}

function keepLinks({ traffic, city }: Twin) {
  const { speedMps, flowVph, queueM, vehicles, isClosed } = traffic.links.columns
  const kept = meansOf(traffic.links.rows, { speedMps, flowVph, queueM, vehicles, closedRatio: isClosed })
  const { osmWayId, fromNode, toNode } = city.network.links
  return {
    ...kept,
    table(): RunTable {
      const table = kept.table('link')
      const link = table['link'] as Uint32Array
      return {
        ...table,
        osmWayId: Float64Array.from(link, (row) => osmWayId[row]),
        fromNode: Uint32Array.from(link, (row) => fromNode[row]),
        toNode: Uint32Array.from(link, (row) => toNode[row]),
      }
    },
  }
}

function keepFeeders(twin: Twin) {
  const table = twin.tables.find(({ spec }) => spec.name === feederTable.name)!
  const { loadW, lossW, loadingRatio, minVoltagePu, customersOut } = table.columns
  const kept = meansOf(table.rows, { loadW, lossW, loadingRatio, minVoltagePu, customersOut })
  return { ...kept, table: () => kept.table('feeder') }
}

function keepIndicators(twin: Twin) {
  const { value } = twin.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
  const timeS: number[] = []
  const values: number[] = []
  return {
    add(atS: number) {
      timeS.push(atS)
      values.push(...value)
    },
    table(): RunTable {
      const count = indicators.length
      const columns = indicators.map(({ id, unit }, i) => [
        `${id} (${unit})`,
        Float32Array.from(timeS, (_, row) => values[row * count + i]),
      ])
      return { timeS: Float64Array.from(timeS), ...(Object.fromEntries(columns) as RunTable) }
    },
  }
}

function tripTable(log: TripLog): RunTable {
  const trips = Array.from({ length: log.count }, (_, trip) => trip)
  const end = (trip: number) => {
    const arriveS = log.arriveS(trip)
    return arriveS === UNDER_WAY ? 'underWay' : arriveS === TURNED_AWAY ? 'turnedAway' : 'arrived'
  }
  const hasArrived = (trip: number) => log.arriveS(trip) >= 0
  return {
    departS: Float64Array.from(trips, log.unixS),
    index: Uint16Array.from(trips, log.index),
    fromZone: Uint16Array.from(trips, log.fromZone),
    toZone: Uint16Array.from(trips, log.toZone),
    end: trips.map(end),
    travelS: Float32Array.from(trips, (trip) =>
      hasArrived(trip) ? log.arriveS(trip) - log.unixS(trip) : NaN,
    ),
  }
}
