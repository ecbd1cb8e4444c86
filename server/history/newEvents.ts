/** Which rows of the twin's ring of events are new since it was last looked at. */
import { eventKinds, type eventTable } from '../../twin/events.ts'
import type { Table } from '../../twin/kernel/table.ts'
import type { RecordedEvent } from './recordIndex.ts'

export class NewEvents {
  private seen: string[] = []

  /** The new ones, oldest first; `timeMsAt` gives the city time of a tick. */
  take(table: Table<typeof eventTable.columns>, timeMsAt: (tick: number) => number): RecordedEvent[] {
    const { kind, row, tick, value } = table.columns
    const found: RecordedEvent[] = []
    for (let i = 0; i < table.rows; i++) {
      const name = eventKinds[kind[i]]
      if (name === undefined || name === 'none') continue
      const print = `${kind[i]} ${row[i]} ${tick[i]} ${value[i]}`
      if (this.seen[i] === print) continue
      this.seen[i] = print
      found.push({
        kind: name,
        row: row[i],
        value: Number(value[i].toPrecision(6)),
        timeMs: timeMsAt(tick[i]),
      })
    }
    return found.sort((a, b) => a.timeMs - b.timeMs)
  }
}
