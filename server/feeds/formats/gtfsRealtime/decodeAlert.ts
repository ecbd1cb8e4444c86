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
import { messageAt, nameAt, signedAt, textAt, unsignedAt, type Writable } from './wire.ts'

export function readAlert(reader: GuardedReader): Alert | undefined {
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
  return messageAt(reader, alert, (tag, into, reader) => {
    if (tag === 1) add(activePeriods, readTimeRange(reader))
    else if (tag === 5) add(informedEntities, readEntitySelector(reader))
    else if (tag === 6) into.cause = nameAt(reader, causes)
    else if (tag === 7) into.effect = nameAt(reader, effects)
    else if (tag === 8) into.url = readTranslations(reader)
    else if (tag === 10) into.header = readTranslations(reader)
    else if (tag === 11) into.description = readTranslations(reader)
    else if (tag === 14) into.severity = nameAt(reader, severities)
  })
}

function readTimeRange(reader: GuardedReader): TimeRange | undefined {
  const range: Writable<TimeRange> = { startS: NaN, endS: NaN }
  return messageAt(reader, range, (tag, into, reader) => {
    if (tag === 1) into.startS = unsignedAt(reader)
    else if (tag === 2) into.endS = unsignedAt(reader)
  })
}

function readEntitySelector(reader: GuardedReader): EntitySelector | undefined {
  const selector: Writable<EntitySelector> = { agencyId: '', routeId: '', routeType: NaN, stopId: '' }
  return messageAt(reader, selector, (tag, into, reader) => {
    if (tag === 1) into.agencyId = textAt(reader)
    else if (tag === 2) into.routeId = textAt(reader)
    else if (tag === 3) into.routeType = signedAt(reader)
    else if (tag === 4) into.trip = readTrip(reader)
    else if (tag === 5) into.stopId = textAt(reader)
  })
}

function readTranslations(reader: GuardedReader): Translation[] {
  const texts: Translation[] = []
  messageAt(reader, texts, (tag, into, reader) => {
    if (tag === 1) add(into, readTranslation(reader))
  })
  return texts
}

function readTranslation(reader: GuardedReader): Translation | undefined {
  const translation: Writable<Translation> = { text: '', language: '' }
  return messageAt(reader, translation, (tag, into, reader) => {
    if (tag === 1) into.text = textAt(reader)
    else if (tag === 2) into.language = textAt(reader)
  })
}

function add<T>(list: T[], read: T | undefined): void {
  if (read !== undefined) list.push(read)
}
