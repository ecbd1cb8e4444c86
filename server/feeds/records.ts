/** What every reader asks of a record before it keeps it: one of not too many, its id new, its place and its times possible. */
import type { Deviations } from './deviations.ts'
import type { ReadOptions } from './format.ts'
import { isPlace, isTime } from './plausible.ts'

/** What a reader needs besides the bytes. */
export interface Reading {
  readonly options: ReadOptions
  readonly deviations: Deviations
}

/** Of one list so many are read. */
const MOST_RECORDS = 500_000

export function withinLimit<T>(
  records: readonly T[],
  where: string,
  { deviations }: Reading,
  most = MOST_RECORDS,
): readonly T[] {
  if (records.length <= most) return records
  deviations.add('tooMany', 'error', where, records.length, `at most ${most}`)
  return records.slice(0, most)
}

/** The ids of one list: a record without one, or with one that has been, is noted. */
export class Ids {
  private readonly met = new Set<string>()
  private readonly rule: string

  constructor(rule = 'duplicateId') {
    this.rule = rule
  }

  isNew(id: string, where: string, { deviations }: Reading): boolean {
    const isMissing = id === ''
    const isMet = this.met.has(id)
    if (isMissing) deviations.add('missingId', 'error', where, undefined, 'an id')
    else if (isMet) deviations.add(this.rule, 'error', where, id, 'every id once')
    else this.met.add(id)
    return !isMissing && !isMet
  }
}

/** Whether it can be a place; noted when not. */
export function canBePlace(lng: number, lat: number, where: string, { deviations }: Reading): boolean {
  const can = isPlace(lng, lat)
  if (!can) {
    const due = 'degrees of longitude within 180, of latitude within 90, not 0, 0'
    deviations.add('place', 'error', where, `longitude ${lng}, latitude ${lat}`, due)
  }
  return can
}

/** The time, or NaN when it is none or too far from now; noted then. */
export function possibleTime(ms: number, came: unknown, where: string, reading: Reading): number {
  if (isTime(ms, reading.options.nowMs)) return ms
  reading.deviations.add('time', 'error', where, came, 'a time within ten years of now')
  return NaN
}
