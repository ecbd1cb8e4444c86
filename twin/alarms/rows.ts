/**
 * The rows of the alarms that are not over, and what may become of each (ISA-18.2): told where the gate has room, held where it has
 * not, acknowledged, returned, shelved, gone. Every step goes into the journal.
 */
import { MOST_SHELVED_S } from '../commands.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, loadTable, saveTable, type SavedState } from '../kernel/domain.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { alarmKinds, priorities } from './catalogue.ts'
import { isRoom } from './gate.ts'
import { makeJournal, type Journal } from './journal.ts'
import type { Statistics } from './statistics.ts'
import { alarmStates, alarmTable, type AlarmState } from './tables.ts'

const ROWS = 64

const [, UNACKNOWLEDGED, ACKNOWLEDGED, RETURNED, SHELVED, HELD, CONSEQUENCE] = alarmStates.keys()

export interface AlarmRows {
  readonly alarms: Table<typeof alarmTable.columns>
  readonly journal: Journal
  /** Rows of a kind that are in use, consequences among them. */
  ofKind(kind: number): number[]
  isConsequence(row: number): boolean
  /** Whether a row stands for all further sources of its kind. */
  isMany(row: number): boolean
  /** The row of a source that stands by itself; −1 when there is none. */
  aloneOf(kind: number, source: number): number
  manyOf(kind: number): number
  consequenceOf(kind: number, root: number): number
  /** A free row, taken for one source, or for all further ones; −1 when all are in use. */
  open(kind: number, source: number, isForMany: boolean, tick: number): number
  /** A free row, taken for as many sources as follow from the alarm `root`. */
  openConsequence(kind: number, source: number, count: number, root: number, tick: number): number
  /** What a row stands for is up: it is told of when it is new, was over, or has grown to twice what was told. */
  isUp(row: number, source: number, sources: number, value: number, tick: number): void
  /** What a row stood for is over. */
  isOver(row: number, tick: number): void
  /** A row is no alarm of its own any more: its source follows from another. */
  join(row: number, tick: number): void
  acknowledge(id: number, tick: number): void
  /** Keeps a row quiet for `forS` seconds; 0 ends it. */
  shelve(id: number, forS: number, tick: number): void
  /** Shelves end, and what waits is told where there is room: the gravest first, and then who has waited longest. */
  release(tick: number): void
  save(state: SavedState): void
  load(state: SavedState): void
}

export function makeAlarmRows(statistics: Statistics): AlarmRows {
  const alarms = makeTable(alarmTable, ROWS)
  const {
    id,
    kind,
    state,
    source,
    sources,
    isMany,
    cause,
    raisedTick,
    changedTick,
    shelvedUntilTick,
    value,
  } = alarms.columns
  const journal = makeJournal(alarms.columns)
  const { note } = journal
  /** Alarms there ever were. */
  const ids = Float64Array.of(0)
  /** By row: for how many it stood when it was last told or seen; 0 when it never was. */
  const toldSources = new Uint16Array(ROWS)

  function become(row: number, next: AlarmState, tick: number): void {
    state[row] = alarmStates.indexOf(next)
    changedTick[row] = tick
  }

  function free(row: number): void {
    for (const column of Object.values(alarms.columns)) column[row] = 0
    toldSources[row] = 0
  }

  function clear(row: number, tick: number): void {
    note(row, 'cleared', tick)
    free(row)
  }

  function rowWhere(holds: (row: number) => boolean): number {
    for (let row = 0; row < ROWS; row++) if (id[row] !== 0 && holds(row)) return row
    return -1
  }

  function take(of: number, from: number, tick: number): number {
    const row = id.indexOf(0)
    if (row < 0) return -1
    id[row] = ++ids[0]
    kind[row] = of
    source[row] = from
    raisedTick[row] = tick
    return row
  }

  /** There is room to tell of it, and nothing as grave has waited longer. */
  function canTell(row: number, tick: number): boolean {
    return isRoom(alarmKinds[kind[row]].priority, statistics.ticks, tick) && !isAnyBefore(row, tick)
  }

  /** Tells of an alarm, or lets it wait. */
  function tell(row: number, tick: number): void {
    if (!canTell(row, tick)) {
      if (state[row] === HELD) return
      become(row, 'held', tick)
      note(row, 'held', tick)
      return
    }
    become(row, 'unacknowledged', tick)
    note(row, 'raised', tick)
    toldSources[row] = sources[row]
    statistics.annunciated(alarmKinds[kind[row]].priority, tick)
  }

  function weight(row: number): number {
    return priorities.indexOf(alarmKinds[kind[row]].priority)
  }

  function isAnyBefore(row: number, tick: number): boolean {
    const sinceTick = state[row] === HELD ? changedTick[row] : tick
    return (
      rowWhere(
        (other) =>
          other !== row &&
          state[other] === HELD &&
          weight(other) <= weight(row) &&
          (changedTick[other] < sinceTick || (changedTick[other] === sinceTick && id[other] < id[row])),
      ) >= 0
    )
  }

  function endShelf(row: number, tick: number): void {
    note(row, 'unshelved', tick)
    shelvedUntilTick[row] = 0
    if (sources[row] === 0) {
      clear(row, tick)
      return
    }
    become(row, 'held', tick)
    tell(row, tick)
  }

  function rowOfId(wanted: number): number {
    return wanted === 0 ? -1 : id.indexOf(wanted)
  }

  return {
    alarms,
    journal,
    ofKind: (of) => Array.from(id.keys()).filter((row) => id[row] !== 0 && kind[row] === of),
    isConsequence: (row) => state[row] === CONSEQUENCE,
    isMany: (row) => isMany[row] === 1,
    aloneOf: (of, from) =>
      rowWhere(
        (row) => kind[row] === of && source[row] === from && isMany[row] === 0 && state[row] !== CONSEQUENCE,
      ),
    manyOf: (of) => rowWhere((row) => kind[row] === of && isMany[row] === 1),
    consequenceOf: (of, root) =>
      rowWhere((row) => kind[row] === of && state[row] === CONSEQUENCE && cause[row] === root),
    open(of, from, isForMany, tick) {
      const row = take(of, from, tick)
      if (row >= 0) isMany[row] = isForMany ? 1 : 0
      return row
    },
    openConsequence(of, from, count, root, tick) {
      const row = take(of, from, tick)
      if (row < 0) return row
      sources[row] = count
      cause[row] = root
      become(row, 'consequence', tick)
      note(row, 'joined', tick)
      return row
    },
    isUp(row, from, count, reading, tick) {
      const isNew = state[row] === 0
      const wasOver = state[row] === RETURNED
      source[row] = from
      sources[row] = count
      // between the end of a cause and the end of its alarm there may be no value
      if (!Number.isNaN(reading)) value[row] = reading
      if (wasOver) raisedTick[row] = tick
      const isGrown = count >= 2 * toldSources[row] && toldSources[row] > 0
      if (state[row] === SHELVED && isGrown) endShelf(row, tick)
      // what was seen stays so until there is room to tell that it has grown
      else if (isNew || wasOver || (state[row] === ACKNOWLEDGED && isGrown && canTell(row, tick)))
        tell(row, tick)
    },
    isOver(row, tick) {
      if (state[row] === UNACKNOWLEDGED || (state[row] === HELD && toldSources[row] > 0)) {
        become(row, 'returned', tick)
        note(row, 'returned', tick)
      } else if (state[row] === SHELVED && isMany[row] === 0) sources[row] = 0
      else if (state[row] !== RETURNED) clear(row, tick)
    },
    join(row, tick) {
      note(row, 'joined', tick)
      free(row)
    },
    acknowledge(wanted, tick) {
      const row = rowOfId(wanted)
      if (row < 0 || (state[row] !== UNACKNOWLEDGED && state[row] !== RETURNED)) return
      note(row, 'acknowledged', tick)
      if (state[row] === RETURNED) clear(row, tick)
      else {
        become(row, 'acknowledged', tick)
        toldSources[row] = sources[row]
      }
    },
    shelve(wanted, forS, tick) {
      const row = rowOfId(wanted)
      if (row < 0 || state[row] === CONSEQUENCE) return
      if (forS <= 0) {
        if (state[row] === SHELVED) endShelf(row, tick)
        return
      }
      if (state[row] === RETURNED) sources[row] = 0
      if (toldSources[row] > 0) toldSources[row] = Math.max(1, sources[row])
      shelvedUntilTick[row] = tick + Math.min(forS, MOST_SHELVED_S) * TICKS_PER_S
      become(row, 'shelved', tick)
      note(row, 'shelved', tick)
    },
    release(tick) {
      for (let row = 0; row < ROWS; row++)
        if (state[row] === SHELVED && tick >= shelvedUntilTick[row]) endShelf(row, tick)
      const waiting = Array.from(state.keys()).filter((row) => state[row] === HELD)
      waiting.sort((a, b) => weight(a) - weight(b) || changedTick[a] - changedTick[b] || id[a] - id[b])
      for (const row of waiting) tell(row, tick)
    },
    save(saved) {
      saved['ids'] = ids.slice()
      saved['toldSources'] = toldSources.slice()
      saveTable(alarms, saved, 'alarms')
      journal.save(saved)
    },
    load(saved) {
      journal.load(saved)
      if (saved['ids'] === undefined) {
        for (const column of [...Object.values(alarms.columns), ids, toldSources]) column.fill(0)
        return
      }
      loadColumn(ids, saved, 'ids')
      loadColumn(toldSources, saved, 'toldSources')
      loadTable(alarms, saved, 'alarms')
    },
  }
}
