/** Rows of vehicles: taken from a stack of free ones, so that few rows stay in use. */
import { counter } from './state.ts'
import { NO_LINK } from './tables.ts'
import { visitorGone } from './visitors.ts'
import type { World } from './world.ts'

/** A free row, or −1. */
export function takeRow(world: World): number {
  const { state, tables } = world
  const left = state.counters[counter.freeRows]
  if (left === 0) return -1
  state.counters[counter.freeRows] = left - 1
  const row = state.freeRows[left - 1]
  if (row >= state.counters[counter.usedRows]) {
    state.counters[counter.usedRows] = row + 1
    tables.vehicles.rows = row + 1
  }
  state.busFirst[row] = -1
  state.nextWaiting[row] = -1
  return row
}

/** Gives a row back. */
export function releaseRow(world: World, row: number): void {
  const { state, tables } = world
  visitorGone(world.visitors, row)
  tables.vehicles.columns.link[row] = NO_LINK
  state.busFirst[row] = -1
  state.freeRows[state.counters[counter.freeRows]++] = row
}
