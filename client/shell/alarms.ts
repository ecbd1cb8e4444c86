/** The alarms of the city as the twin publishes them, in the order in which an operator looks at them. */
import { alarmKinds, priorities } from '../../twin/alarms/catalogue.ts'
import { alarmStates, type AlarmState, type alarmTable } from '../../twin/alarms/tables.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { Table } from '../../twin/kernel/table.ts'

export interface Alarm {
  readonly id: number
  readonly kind: (typeof alarmKinds)[number]
  readonly state: AlarmState
  /** Row of what the kind is of; of several the first. */
  readonly source: number
  readonly sources: number
  /** It stands for all of its kind that have no row of their own. */
  readonly isMany: boolean
  readonly raisedTick: number
  readonly changedTick: number
  readonly shelvedUntilTick: number
  readonly value: number
  /** What follows from it. */
  readonly consequences: readonly Alarm[]
}

/** What asks for somebody first; then what is being handled; then what is over, waits or is kept quiet. */
const order: readonly AlarmState[] = [
  'unacknowledged',
  'acknowledged',
  'returned',
  'held',
  'shelved',
  'consequence',
]

/** All that are not over: by state, then the gravest, then the newest. Consequences stand under their cause. */
export function readAlarms({ columns }: Pick<Table<typeof alarmTable.columns>, 'columns'>): Alarm[] {
  const { id, kind, state, source, sources, cause } = columns
  const alarmAt = (row: number, consequences: readonly Alarm[]): Alarm => ({
    id: id[row],
    kind: alarmKinds[kind[row]],
    state: alarmStates[state[row]],
    source: source[row],
    sources: sources[row],
    isMany: columns.isMany[row] === 1,
    raisedTick: columns.raisedTick[row],
    changedTick: columns.changedTick[row],
    shelvedUntilTick: columns.shelvedUntilTick[row],
    value: columns.value[row],
    consequences,
  })
  // a recording of another release may know other kinds
  const rows = Array.from(id.keys()).filter((row) => id[row] !== 0 && alarmKinds[kind[row]] !== undefined)
  const known = new Set(rows.map((row) => id[row]))
  return rows
    .filter((row) => !known.has(cause[row]))
    .map((row) =>
      alarmAt(
        row,
        rows.filter((other) => cause[other] === id[row]).map((other) => alarmAt(other, [])),
      ),
    )
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        priorities.indexOf(a.kind.priority) - priorities.indexOf(b.kind.priority) ||
        b.id - a.id,
    )
}

/** Those that are told: up, or over and not yet seen. */
export function isTold({ state }: Alarm): boolean {
  return state === 'unacknowledged' || state === 'acknowledged' || state === 'returned'
}

/** Seconds left to respond at `tick` to an alarm that is new; negative when it is late. */
export function leftToRespondS({ kind, changedTick }: Alarm, tick: number): number {
  return kind.respondS - (tick - changedTick) / TICKS_PER_S
}
