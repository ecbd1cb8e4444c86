/** A GTFS-Realtime alert's bytes as a message. */
import type { GuardedReader } from '../../../../data/recipes/guardedReader.ts'
import { readTrip } from './decodeTrip.ts'
import {
  causes,
  effects,
  severities,
  type Alert,
  type EntitySelector,
  type TimeRange,
  type Translation,
} from './message.ts'
import { messageAt, nameAt, readAll, signedAt, textAt, unsignedAt, type Writable } from './wire.ts'

export function readAlert(reader: GuardedReader | undefined): Alert | undefined {
  if (reader === undefined) return undefined
  const activePeriods: TimeRange[] = []
  const informedEntities: EntitySelector[] = []
  const alert: Writable<Alert> = {
    activePeriods,
    informedEntities,
    cause: '',
    effect: '',
    url: [],
    header: [],
    description: [],
    severity: '',
  }
  return readAll(reader, alert, (tag, into, reader) => {
    if (tag === 1) add(activePeriods, readTimeRange(messageAt(reader)))
    else if (tag === 5) add(informedEntities, readEntitySelector(messageAt(reader)))
    else if (tag === 6) into.cause = nameAt(reader, causes)
    else if (tag === 7) into.effect = nameAt(reader, effects)
    else if (tag === 8) into.url = readTranslations(messageAt(reader))
    else if (tag === 10) into.header = readTranslations(messageAt(reader))
    else if (tag === 11) into.description = readTranslations(messageAt(reader))
    else if (tag === 14) into.severity = nameAt(reader, severities)
  })
}

function readTimeRange(reader: GuardedReader | undefined): TimeRange | undefined {
  if (reader === undefined) return undefined
  const range: Writable<TimeRange> = { startS: NaN, endS: NaN }
  return readAll(reader, range, (tag, into, reader) => {
    if (tag === 1) into.startS = unsignedAt(reader)
    else if (tag === 2) into.endS = unsignedAt(reader)
  })
}

function readEntitySelector(reader: GuardedReader | undefined): EntitySelector | undefined {
  if (reader === undefined) return undefined
  const selector: Writable<EntitySelector> = { agencyId: '', routeId: '', routeType: NaN, stopId: '' }
  return readAll(reader, selector, (tag, into, reader) => {
    if (tag === 1) into.agencyId = textAt(reader)
    else if (tag === 2) into.routeId = textAt(reader)
    else if (tag === 3) into.routeType = signedAt(reader)
    else if (tag === 4) into.trip = readTrip(messageAt(reader))
    else if (tag === 5) into.stopId = textAt(reader)
  })
}

function readTranslations(reader: GuardedReader | undefined): Translation[] {
  if (reader === undefined) return []
  return readAll(reader, [] as Translation[], (tag, into, reader) => {
    if (tag === 1) add(into, readTranslation(messageAt(reader)))
  })
}

function readTranslation(reader: GuardedReader | undefined): Translation | undefined {
  if (reader === undefined) return undefined
  const translation: Writable<Translation> = { text: '', language: '' }
  return readAll(reader, translation, (tag, into, reader) => {
    if (tag === 1) into.text = textAt(reader)
    else if (tag === 2) into.language = textAt(reader)
  })
}

function add<T>(list: T[], read: T | undefined): void {
  if (read !== undefined) list.push(read)
}
