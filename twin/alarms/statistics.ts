/**
 * How the alarms themselves fare, by ISA-18.2 and EEMUA 191: how many an hour, floods, their share by priority, sources that
 * chatter, and what stands for longer than a day. Over the last 24 hours, or since the run began.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { Table } from '../kernel/table.ts'
import { priorities, type Priority } from './catalogue.ts'
import type { Detector } from './detectors.ts'
import { alarmStates, type alarmStatisticsTable, type alarmTable } from './tables.ts'

const HOUR_TICKS = 3600 * TICKS_PER_S
const DAY_TICKS = 24 * HOUR_TICKS
const SPAN_TICKS = 600 * TICKS_PER_S
/** Ten-minute spans of a day. */
const SPANS = 144
const FLOOD = 10
const CHATTER = 5
const TOP = 10
/** The gate lets ten pass in ten minutes: the latest of a whole day fit. */
export const LATEST = FLOOD * SPANS
const LONG_AGO = -0x80000000
const UP: readonly number[] = [
  alarmStates.indexOf('unacknowledged'),
  alarmStates.indexOf('acknowledged'),
  alarmStates.indexOf('shelved'),
]

export interface Statistics {
  /** Of the latest annunciations, in any order. */
  readonly ticks: Int32Array
  annunciated(priority: Priority, tick: number): void
  /** Sources of a kind that have just come up and follow from no other, told or not. */
  cameUp(kind: number, sources: readonly number[], tick: number): void
  write(
    to: Table<typeof alarmStatisticsTable.columns>,
    alarms: Table<typeof alarmTable.columns>,
    tick: number,
  ): void
  save(state: SavedState): void
  load(state: SavedState): void
}

export function makeStatistics(detectors: readonly Detector[]): Statistics {
  const ticks = new Int32Array(LATEST).fill(LONG_AGO)
  const priorityOf = new Uint8Array(LATEST)
  /** By ten-minute span of the day that is counted: how many came up, and which span that was. */
  const spanCount = new Int32Array(SPANS)
  const spanOf = new Int32Array(SPANS).fill(-1)
  /** By kind and source: how often it came up in this day's count, and in this hour. */
  const offsets: number[] = []
  let sources = 0
  for (const { isUp } of detectors) {
    offsets.push(sources)
    sources += isUp.length
  }
  const inHour = new Uint8Array(sources)
  const inDay = new Uint16Array(sources)
  /** Annunciations there ever were, first tick (−1: none yet), the hour and the day that are counted. */
  const facts = Float64Array.of(0, -1, 0, 0)

  function turn(tick: number): void {
    if (facts[1] < 0) facts[1] = tick
    const hour = Math.floor(tick / HOUR_TICKS)
    const day = Math.floor(tick / DAY_TICKS)
    if (hour !== facts[2]) inHour.fill(0)
    if (day !== facts[3]) inDay.fill(0)
    facts[2] = hour
    facts[3] = day
  }

  const columns = { ticks, priorityOf, spanCount, spanOf, inHour, inDay, facts }
  return {
    ticks,
    annunciated(priority, tick) {
      const at = facts[0]++ % LATEST
      ticks[at] = tick
      priorityOf[at] = priorities.indexOf(priority)
    },
    cameUp(kind, came, tick) {
      turn(tick)
      const span = Math.floor(tick / SPAN_TICKS)
      const at = span % SPANS
      if (spanOf[at] !== span) {
        spanOf[at] = span
        spanCount[at] = 0
      }
      spanCount[at] += came.length
      for (const source of came) {
        inHour[offsets[kind] + source]++
        inDay[offsets[kind] + source]++
      }
    },
    write({ columns: to }, alarms, tick) {
      const byPriority = [0, 0, 0]
      let lastHour = 0
      for (let at = 0; at < LATEST; at++) {
        if (ticks[at] <= tick - DAY_TICKS || ticks[at] === LONG_AGO) continue
        byPriority[priorityOf[at]]++
        if (ticks[at] > tick - HOUR_TICKS) lastHour++
      }
      to.lastHour[0] = lastHour
      to.lastDay[0] = byPriority[0] + byPriority[1] + byPriority[2]
      ;[to.critical[0], to.high[0], to.medium[0]] = byPriority
      const counts = spanCount.filter((_, at) => spanOf[at] >= 0)
      const spans = Math.min(SPANS, Math.floor((tick - facts[1]) / SPAN_TICKS) + 1)
      to.mostInTenMinutes[0] = counts.reduce((most, count) => Math.max(most, count), 0)
      to.floodRatio[0] = counts.filter((count) => count > FLOOD).length / spans
      const often = Array.from(inDay).filter((times) => times > 0)
      const all = often.reduce((sum, times) => sum + times, 0)
      const top = often.sort((a, b) => b - a).slice(0, TOP)
      to.topSourcesRatio[0] = all === 0 ? 0 : top.reduce((sum, times) => sum + times, 0) / all
      to.chattering[0] = inHour.reduce((count, times) => count + (times >= CHATTER ? 1 : 0), 0)
      const { state, raisedTick } = alarms.columns
      to.stale[0] = state.reduce(
        (count, is, row) => count + (UP.includes(is) && raisedTick[row] <= tick - DAY_TICKS ? 1 : 0),
        0,
      )
      to.sinceTick[0] = Math.max(facts[1], tick - DAY_TICKS)
    },
    save(state) {
      for (const [name, column] of Object.entries(columns)) state[`statistics.of.${name}`] = column.slice()
    },
    load(state) {
      if (state['statistics.of.facts'] === undefined) {
        for (const column of Object.values(columns)) column.fill(0)
        ticks.fill(LONG_AGO)
        spanOf.fill(-1)
        facts[1] = -1
        return
      }
      for (const [name, column] of Object.entries(columns)) loadColumn(column, state, `statistics.of.${name}`)
    },
  }
}
