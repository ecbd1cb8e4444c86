/** What the alarms publish: one row an alarm that is not over, the journal of what became of each, and their statistics. */
import { simulatedFrom } from '../kernel/provenance.ts'
import { real, tableSpec, tickColumn, whole } from '../kernel/table.ts'

/**
 * The life of an alarm (ISA-18.2). `unacknowledged` and `acknowledged` are up; `returned` is over and nobody has said that they
 * saw it; `shelved` is kept quiet for a while; `held` waits until the flood of others has gone down; a `consequence` has its
 * cause among the others and is told under it, never by itself.
 */
export const alarmStates = [
  'none',
  'unacknowledged',
  'acknowledged',
  'returned',
  'shelved',
  'held',
  'consequence',
] as const
export type AlarmState = (typeof alarmStates)[number]

const watched = simulatedFrom('grid', 'network', 'zones', 'transit', 'reports')

export const alarmTable = tableSpec('alarms.alarms', watched, {
  id: whole('u32'), // counts up in a run, from 1; 0 is a free row
  kind: whole('u8'), // index into alarmKinds
  state: whole('u8'), // index into alarmStates
  source: whole('u32'), // row of what the kind is of; of several the first
  sources: whole('u16'), // how many it stands for
  isMany: whole('u8'), // 1 when it stands for all of its kind that have no row of their own
  cause: whole('u32'), // id of the alarm that it follows from; 0 is none
  raisedTick: tickColumn(),
  changedTick: tickColumn(), // when it came into its state: of one that was told last, since when there is time to respond
  shelvedUntilTick: tickColumn(),
  value: real(0.01), // in the kind's unit: of several counts the sum, else the worst
})

export const alarmActs = [
  'none',
  'raised',
  'held',
  'joined', // became a consequence of another
  'acknowledged',
  'returned',
  'cleared',
  'shelved',
  'unshelved',
] as const
export type AlarmAct = (typeof alarmActs)[number]

/** A ring: entry n lies in row n modulo its length. */
export const alarmJournalTable = tableSpec('alarms.journal', watched, {
  id: whole('u32'),
  kind: whole('u8'),
  act: whole('u8'), // index into alarmActs
  source: whole('u32'),
  sources: whole('u16'),
  tick: tickColumn(),
})

/** One row, about the last 24 hours or since the run began (ISA-18.2, EEMUA 191). */
export const alarmStatisticsTable = tableSpec('alarms.statistics', watched, {
  lastHour: whole('u16'), // annunciated
  lastDay: whole('u16'),
  mostInTenMinutes: whole('u16'), // of what came up and follows from no other, annunciated, held or among many
  floodRatio: real(0.001), // share of ten-minute spans in which more than ten came up
  critical: whole('u16'), // annunciated in the last day, by priority
  high: whole('u16'),
  medium: whole('u16'),
  topSourcesRatio: real(0.01), // share of the ten sources that came up most, in this day of the run
  chattering: whole('u16'), // sources that came up five times or more in this hour of the run
  stale: whole('u16'), // up for more than a day
  sinceTick: tickColumn(), // from when it counts
})
