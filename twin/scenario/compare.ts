/** What an edit changes: a twin with it against one without, of the same seed, indicator by indicator. */
import type { Table } from '../kernel/table.ts'
import { indicators } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import type { Comparison } from '../protocol/messages.ts'
import { NO_TRIP, transitVehicleTable } from '../transit/tables.ts'

/** A trip this much later or earlier than in the other twin counts as moved, seconds; assumed. */
const MOVED_S = 60

/** Every indicator of both twins as of `tick`, and the trips that are moved; `base` and `edited` are the tables that they publish. */
export function compareTwins(tick: number, base: readonly Table[], edited: readonly Table[]): Comparison {
  const of = (tables: readonly Table[]) => tableNamed(tables, indicatorTable.name).columns.value
  const before = of(base)
  const after = of(edited)
  return {
    tick,
    indicators: indicators.map(({ id }, row) => ({ id, base: before[row], edited: after[row] })),
    buses: movedTrips(base, edited),
  }
}

/** Trip by trip, as a mean over the city hides those that an edit delays among all that it does not. */
function movedTrips(base: readonly Table[], edited: readonly Table[]): Comparison['buses'] {
  const delayBefore = delays(base)
  let later = 0
  let earlier = 0
  for (const [trip, delayS] of delays(edited)) {
    const before = delayBefore.get(trip)
    if (before === undefined) continue
    if (delayS - before >= MOVED_S) later++
    if (before - delayS >= MOVED_S) earlier++
  }
  return { later, earlier }
}

/** Seconds behind the timetable, by trip on the road. */
function delays(tables: readonly Table[]): Map<number, number> {
  const { trip, delayS } = tableNamed(tables, transitVehicleTable.name).columns
  const found = new Map<number, number>()
  trip.forEach((row, i) => {
    if (row !== NO_TRIP) found.set(row, delayS[i])
  })
  return found
}

function tableNamed(tables: readonly Table[], name: string): Table {
  const table = tables.find((candidate) => candidate.spec.name === name)
  if (table === undefined) throw new Error(`compare: there is no table ${name}`)
  return table
}
