/** What became of every alarm, in order: a ring that the alarms write and desks read. */
import { loadColumn, loadTable, saveTable, type SavedState } from '../kernel/domain.ts'
import { makeTable, type Columns, type Table } from '../kernel/table.ts'
import { alarmActs, alarmJournalTable, type AlarmAct, type alarmTable } from './tables.ts'

const ROWS = 256

export interface Journal {
  readonly table: Table<typeof alarmJournalTable.columns>
  /** Writes one step of the alarm in `row`, over the oldest when the ring is full. */
  note(row: number, act: AlarmAct, tick: number): void
  save(state: SavedState): void
  /** Of a state without a journal it begins anew. */
  load(state: SavedState): void
}

export function makeJournal(alarms: Columns<typeof alarmTable.columns>): Journal {
  const table = makeTable(alarmJournalTable, ROWS)
  const { columns } = table
  /** Entries there ever were. */
  const entries = Float64Array.of(0)
  return {
    table,
    note(row, act, tick) {
      const at = entries[0]++ % ROWS
      columns.id[at] = alarms.id[row]
      columns.kind[at] = alarms.kind[row]
      columns.act[at] = alarmActs.indexOf(act)
      columns.source[at] = alarms.source[row]
      columns.sources[at] = alarms.sources[row]
      columns.tick[at] = tick
    },
    save(state) {
      state['journal.entries'] = entries.slice()
      saveTable(table, state, 'journal')
    },
    load(state) {
      if (state['journal.entries'] === undefined) {
        for (const column of [...Object.values(columns), entries]) column.fill(0)
        return
      }
      loadColumn(entries, state, 'journal.entries')
      loadTable(table, state, 'journal')
    },
  }
}
