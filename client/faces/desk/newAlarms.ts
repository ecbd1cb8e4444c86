/** Which alarms are told just now, and how they sound: what is graver sounds oftener. */
import type { Alarm } from '../../shell/alarms.ts'
import { keyOfAlarm } from './useChosen.ts'

/** Those that wait to be acknowledged. */
export function waiting(alarms: readonly Alarm[]): readonly Alarm[] {
  return alarms.filter(({ state }) => state === 'unacknowledged')
}

/** Those of `now` that did not wait before. */
export function newAlarms(beforeKeys: ReadonlySet<string>, now: readonly Alarm[]): readonly Alarm[] {
  return waiting(now).filter((alarm) => !beforeKeys.has(keyOfAlarm(alarm)))
}

/** Beeps for what is new, by the gravest of it; 0 for nothing. */
export function beepsOf(fresh: readonly Alarm[]): number {
  const has = (priority: Alarm['kind']['priority']) => fresh.some(({ kind }) => kind.priority === priority)
  if (has('critical')) return 3
  if (has('high')) return 2
  return fresh.length > 0 ? 1 : 0
}
