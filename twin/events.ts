/** What happened, in order: one ring of rows that the twin writes and every face reads. */
import { simulatedFrom } from './kernel/provenance.ts'
import { makeTable, real, tableSpec, tickColumn, whole, type Table } from './kernel/table.ts'

export const eventKinds = [
  'none',
  'substationOut',
  'substationBack',
  'breakerOpened',
  'breakerClosed',
  'signalsDark',
  'signalsBack',
  'linkClosed',
  'linkOpened',
  'queueLong', // a standing queue over the threshold of couplings.ts
  'requestOpened',
  'requestClosed',
  'busLate',
] as const
export type EventKind = (typeof eventKinds)[number]

/** `row` is the row of the thing in its own table (substation, breaker, signal, link, request), of a bus its trip; `value` is in the kind's own unit. */
export const eventTable = tableSpec('twin.events', simulatedFrom(), {
  kind: whole('u8'),
  row: whole('u32'),
  tick: tickColumn(),
  value: real(0.1),
})

const EVENT_ROWS = 512

/** The ring, and how many events there ever were; event n lies in row n modulo the ring's length. */
export interface EventLog {
  readonly table: Table<typeof eventTable.columns>
  count: number
}

export function makeEventLog(): EventLog {
  return { table: makeTable(eventTable, EVENT_ROWS), count: 0 }
}

/** Writes one event, over the oldest when the ring is full. */
export function logEvent(log: EventLog, kind: EventKind, row: number, tick: number, value = 0): void {
  const at = log.count++ % EVENT_ROWS
  const { columns } = log.table
  columns.kind[at] = eventKinds.indexOf(kind)
  columns.row[at] = row
  columns.tick[at] = tick
  columns.value[at] = value
}
