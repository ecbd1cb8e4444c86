/** A city of `watchedWorld.ts` with its alarms and a clock, and what tests ask of it. */
import { ALARM_S, makeAlarms, type Alarms } from '../../../twin/alarms/alarms.ts'
import { alarmKinds } from '../../../twin/alarms/catalogue.ts'
import type { Watched } from '../../../twin/alarms/readings.ts'
import { alarmActs, alarmStates } from '../../../twin/alarms/tables.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { watchedWorld } from './watchedWorld.ts'

export const small = { substations: 5, feeders: 2, signals: 3, streets: 12, routes: 3, services: 4 }
/** Ticks between two looks. */
export const LOOK = ALARM_S * TICKS_PER_S

export interface Row {
  readonly id: number
  readonly kind: string
  readonly state: string
  readonly source: number
  readonly sources: number
  readonly cause: number
  readonly value: number
}

/** A city with its alarms and a clock. */
export function begin(size = small) {
  const watched = watchedWorld(size)
  const alarms = makeAlarms(watched)
  const city = {
    watched,
    alarms,
    tick: 0,
    pass(seconds: number) {
      for (let s = 0; s < seconds; s += ALARM_S) alarms.look((city.tick += LOOK))
    },
  }
  return city
}

export function rowsOf(alarms: Alarms): Row[] {
  const { id, kind, state, source, sources, cause, value } = alarms.tables[0].columns
  return Array.from(id.keys())
    .filter((row) => id[row] !== 0)
    .map((row) => ({
      id: id[row],
      kind: alarmKinds[kind[row]].id,
      state: alarmStates[state[row]],
      source: source[row],
      sources: sources[row],
      cause: cause[row],
      value: value[row],
    }))
    .sort((a, b) => a.id - b.id)
}

/** Ticks of the annunciations that the journal still holds. */
export function raisedAt(alarms: Alarms): number[] {
  const { act, tick } = alarms.tables[1].columns
  return Array.from(act.keys())
    .filter((row) => alarmActs[act[row]] === 'raised')
    .map((row) => tick[row])
}

export function overload(watched: Watched, feeder: number, ratio: number): void {
  watched.feeders.columns.loadingRatio[feeder] = ratio
}
