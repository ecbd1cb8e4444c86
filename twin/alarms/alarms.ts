/**
 * The alarms of a city: what is beyond its limit becomes an alarm, one outage one alarm with its consequences under it, never more
 * than ten told in ten minutes, and each lives on until it is over and somebody has said that they saw it. Pure and deterministic:
 * a fork has the alarms of its parent and what they become.
 *
 * Of one kind at most MOST_ALONE stand by themselves; all further sources share one row, which counts them.
 */
import { loadTable, saveTable, type SavedState } from '../kernel/domain.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { alarmKinds, kindIndex, type AlarmKind } from './catalogue.ts'
import { detect, loadDetectors, makeDetectors, saveDetectors } from './detectors.ts'
import { makeReadings, type Watched } from './readings.ts'
import { makeAlarmRows } from './rows.ts'
import { makeStatistics } from './statistics.ts'
import { alarmStatisticsTable } from './tables.ts'

/** Seconds between two looks. */
export const ALARM_S = 5

const MOST_ALONE = 2
/** Root of what stands for itself. */
const ITSELF = 0
/** Kinds whose sources may follow from an outage, and the outages. */
const SUBSTATION_OUT = kindIndex('substationOut')
const FEEDER_OUT = kindIndex('feederOut')
const SIGNALS_DARK = kindIndex('signalsDark')
const STREET_QUEUED = kindIndex('streetQueued')

export interface Alarms {
  readonly tables: readonly Table[]
  /** Looks at the city; called every ALARM_S. */
  look(tick: number): void
  /** Somebody says that they have seen it. An alarm that is over is then gone. Nothing happens when there is none of this id. */
  acknowledge(id: number, tick: number): void
  /** Keeps an alarm quiet for `forS` seconds, MOST_SHELVED_S at most; 0 ends it. Nothing happens when there is none of this id. */
  shelve(id: number, forS: number, tick: number): void
  save(): SavedState
  /** Takes over what `save` gave; of a state from before there were alarms it begins anew. */
  load(state: SavedState): void
}

/** Sources of one kind that share a row: how many, the first of them, and their value together. */
interface Group {
  first: number
  count: number
  value: number
}

/** The alarms of a city of which nothing has been seen yet. */
export function makeAlarms(watched: Watched): Alarms {
  const readings = makeReadings(watched)
  const detectors = makeDetectors((kind) => readings.sourcesOf(kind))
  const statistics = makeStatistics(detectors)
  const statisticsRow = makeTable(alarmStatisticsTable, 1)
  const rows = makeAlarmRows(statistics)
  const { id, cause, source } = rows.alarms.columns

  /** The row that tells of a source which is up, alone or among many; −1 when none does. */
  function tellingOf(kind: number, from: number): number {
    if (detectors[kind].isUp[from] !== 1) return -1
    const alone = rows.aloneOf(kind, from)
    return alone >= 0 ? alone : rows.manyOf(kind)
  }

  /** The id of the outage that a source follows from; ITSELF when of none. */
  function rootOf(kind: number, from: number): number {
    if (kind !== SIGNALS_DARK && kind !== STREET_QUEUED) return ITSELF
    const signal = kind === SIGNALS_DARK ? from : readings.darkSignalOfStreet(from)
    const feeder = signal < 0 ? -1 : readings.feederOfSignal(signal)
    if (feeder < 0 || watched.grid === undefined) return ITSELF
    const substation = tellingOf(SUBSTATION_OUT, watched.grid.feeders.substation[feeder])
    const row = substation >= 0 ? substation : tellingOf(FEEDER_OUT, feeder)
    return row < 0 ? ITSELF : id[row]
  }

  function countAlone(kind: number): number {
    return rows.ofKind(kind).filter((row) => !rows.isConsequence(row) && !rows.isMany(row)).length
  }

  /** One kind: gives every source that is up its row, and lets go of rows whose sources are not. */
  function sync(kind: number, tick: number): void {
    const { isUp, root } = detectors[kind]
    const reading = readings.values[alarmKinds[kind].id]
    const groups = new Map<number, Group>()
    for (let from = 0; from < isUp.length; from++) {
      if (isUp[from] === 0) continue
      // what followed from an outage goes on doing so until it is over itself
      root[from] = rootOf(kind, from) || root[from]
      let alone = rows.aloneOf(kind, from)
      if (root[from] !== ITSELF && alone >= 0) {
        rows.join(alone, tick)
        alone = -1
      }
      if (root[from] === ITSELF && alone < 0 && rows.manyOf(kind) < 0 && countAlone(kind) < MOST_ALONE)
        alone = rows.open(kind, from, false, tick)
      if (alone >= 0) rows.isUp(alone, from, 1, reading[from], tick)
      else gather(groups, root[from], alarmKinds[kind], from, reading[from])
    }
    for (const [of, group] of groups) {
      const before = of === ITSELF ? rows.manyOf(kind) : rows.consequenceOf(kind, of)
      const row = before >= 0 ? before : openGroup(kind, of, group, tick)
      if (row >= 0) rows.isUp(row, group.first, group.count, group.value, tick)
    }
    for (const row of rows.ofKind(kind)) {
      const isStillUp = rows.isConsequence(row)
        ? groups.has(cause[row])
        : rows.isMany(row)
          ? groups.has(ITSELF)
          : isUp[source[row]] === 1
      if (!isStillUp) rows.isOver(row, tick)
    }
  }

  function openGroup(kind: number, root: number, { first, count }: Group, tick: number): number {
    if (root === ITSELF) return rows.open(kind, first, true, tick)
    return rows.openConsequence(kind, first, count, root, tick)
  }

  return {
    tables: [rows.alarms, rows.journal.table, statisticsRow],
    look(tick) {
      readings.read(tick)
      detectors.forEach((detector, kind) => {
        const came = detect(detector, readings.values[alarmKinds[kind].id], tick)
        sync(kind, tick)
        // what follows from an outage is told under it, and burdens nobody by itself
        const own = came.filter((from) => detector.root[from] === ITSELF)
        statistics.cameUp(kind, own, tick)
      })
      rows.release(tick)
      statistics.write(statisticsRow, rows.alarms, tick)
    },
    acknowledge: rows.acknowledge,
    shelve: rows.shelve,
    save() {
      const saved: SavedState = {}
      rows.save(saved)
      saveTable(statisticsRow, saved, 'statistics')
      saveDetectors(detectors, saved)
      statistics.save(saved)
      return saved
    },
    load(saved) {
      rows.load(saved)
      loadDetectors(detectors, saved)
      statistics.load(saved)
      if (saved['statistics.lastHour'] !== undefined) loadTable(statisticsRow, saved, 'statistics')
      else for (const column of Object.values(statisticsRow.columns)) column.fill(0)
    },
  }
}

/** Counts add up; of ratios and times the worst stands for all. */
function gather(
  groups: Map<number, Group>,
  root: number,
  { unit, worseWhen }: AlarmKind,
  first: number,
  reading: number,
): void {
  const group = groups.get(root)
  if (group === undefined) {
    groups.set(root, { first, count: 1, value: reading })
    return
  }
  group.count++
  if (Number.isNaN(reading)) return
  if (Number.isNaN(group.value)) group.value = reading
  else if (unit !== 'ratio' && unit !== 's' && unit !== 'pu') group.value += reading
  else group.value = worseWhen === 'higher' ? Math.max(group.value, reading) : Math.min(group.value, reading)
}
