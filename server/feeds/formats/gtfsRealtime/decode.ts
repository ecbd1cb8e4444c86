/** GTFS-Realtime's bytes as a message. An entity that cannot be read is noted and left out; of a message that is cut off, what came before. */
import { GuardedReader } from '../../../../data/recipes/guardedReader.ts'
import type { Deviations } from '../../deviations.ts'
import { FeedError } from '../../format.ts'
import { readAlert } from './decodeAlert.ts'
import { readTrip } from './decodeTrip.ts'
import {
  callRelationships,
  incrementalities,
  occupancies,
  stopStatuses,
  type FeedEntity,
  type FeedHeader,
  type FeedMessage,
  type Position,
  type StopTimeEvent,
  type StopTimeUpdate,
  type TripUpdate,
  type VehicleDescriptor,
  type VehiclePosition,
} from './message.ts'
import { floatAt, messageAt, nameAt, readAll, signedAt, textAt, unsignedAt, type Writable } from './wire.ts'

/** More are not read: a country has fewer vehicles, trips under way and calls of them. */
const MOST_ENTITIES = 500_000
const MOST_CALLS = 3_000_000

interface Message {
  header?: FeedHeader
  readonly entities: FeedEntity[]
  /** Entities met, and calls read. */
  met: number
  calls: number
}

/** Throws FeedError when it has no header. */
export function decodeFeedMessage(bytes: Uint8Array, deviations: Deviations): FeedMessage {
  const message: Message = { entities: [], met: 0, calls: 0 }
  try {
    readAll(new GuardedReader(bytes), message, (tag, into, reader) => {
      if (tag === 1) into.header = readHeader(messageAt(reader)) ?? into.header
      else if (tag === 2) addEntity(into, messageAt(reader), deviations)
    })
  } catch (error) {
    if (error instanceof FeedError || message.header === undefined)
      throw new FeedError(`gtfs-realtime: ${(error as Error).message}`)
    deviations.add(
      'malformedMessage',
      'error',
      `after entity ${message.met}`,
      (error as Error).message,
      'a whole message',
    )
  }
  if (message.header === undefined) throw new FeedError('gtfs-realtime: no header came, one is due')
  return { header: message.header, entities: message.entities }
}

/** The header alone of a message's first bytes; undefined when they do not begin with one. */
export function headerAtStart(bytes: Uint8Array): FeedHeader | undefined {
  const FIRST_FIELD = 0x0a
  if (bytes[0] !== FIRST_FIELD || !(bytes[1] < 0x80)) return undefined
  try {
    return readHeader(new GuardedReader(bytes.subarray(2, 2 + bytes[1])))
  } catch {
    return undefined
  }
}

function readHeader(reader: GuardedReader | undefined): FeedHeader | undefined {
  if (reader === undefined) return undefined
  const header: Writable<FeedHeader> = { version: '', incrementality: '', timestampS: NaN }
  return readAll(reader, header, (tag, into, reader) => {
    if (tag === 1) into.version = textAt(reader)
    else if (tag === 2) into.incrementality = nameAt(reader, incrementalities)
    else if (tag === 3) into.timestampS = unsignedAt(reader)
  })
}

function addEntity(message: Message, reader: GuardedReader | undefined, deviations: Deviations): void {
  const where = `entity ${++message.met}`
  if (message.met > MOST_ENTITIES) throw new FeedError(`more than ${MOST_ENTITIES} entities`)
  if (reader === undefined) return deviations.add('malformedEntity', 'error', where, 'a number', 'a message')
  const entity: Writable<FeedEntity> & { isDeleted: boolean } = { id: '', isDeleted: false }
  try {
    readAll(reader, entity, (tag, into, reader) => {
      if (tag === 1) into.id = textAt(reader)
      else if (tag === 2) into.isDeleted = unsignedAt(reader) > 0
      else if (tag === 3) into.tripUpdate = readTripUpdate(messageAt(reader), message)
      else if (tag === 4) into.vehicle = readVehiclePosition(messageAt(reader))
      else if (tag === 5) into.alert = readAlert(messageAt(reader))
    })
  } catch (error) {
    if (error instanceof FeedError) throw error
    return deviations.add('malformedEntity', 'error', where, (error as Error).message, 'a whole entity')
  }
  const { isDeleted, ...read } = entity
  if (read.id === '') return deviations.add('missingEntityId', 'error', where, '', 'an id')
  if (!isDeleted) message.entities.push(read)
}

function readVehiclePosition(reader: GuardedReader | undefined): VehiclePosition | undefined {
  if (reader === undefined) return undefined
  const vehicle: Writable<VehiclePosition> = {
    currentStopSequence: NaN,
    stopId: '',
    currentStatus: '',
    timestampS: NaN,
    occupancyStatus: '',
  }
  return readAll(reader, vehicle, (tag, into, reader) => {
    if (tag === 1) into.trip = readTrip(messageAt(reader))
    else if (tag === 2) into.position = readPosition(messageAt(reader))
    else if (tag === 3) into.currentStopSequence = unsignedAt(reader)
    else if (tag === 4) into.currentStatus = nameAt(reader, stopStatuses)
    else if (tag === 5) into.timestampS = unsignedAt(reader)
    else if (tag === 7) into.stopId = textAt(reader)
    else if (tag === 8) into.vehicle = readVehicle(messageAt(reader))
    else if (tag === 9) into.occupancyStatus = nameAt(reader, occupancies)
  })
}

function readPosition(reader: GuardedReader | undefined): Position | undefined {
  if (reader === undefined) return undefined
  const position: Writable<Position> = { latitude: NaN, longitude: NaN, bearingDeg: NaN, speedMps: NaN }
  return readAll(reader, position, (tag, into, reader) => {
    if (tag === 1) into.latitude = floatAt(reader)
    else if (tag === 2) into.longitude = floatAt(reader)
    else if (tag === 3) into.bearingDeg = floatAt(reader)
    else if (tag === 5) into.speedMps = floatAt(reader)
  })
}

function readVehicle(reader: GuardedReader | undefined): VehicleDescriptor | undefined {
  if (reader === undefined) return undefined
  const vehicle: Writable<VehicleDescriptor> = { id: '', label: '' }
  return readAll(reader, vehicle, (tag, into, reader) => {
    if (tag === 1) into.id = textAt(reader)
    else if (tag === 2) into.label = textAt(reader)
  })
}

function readTripUpdate(reader: GuardedReader | undefined, message: Message): TripUpdate | undefined {
  if (reader === undefined) return undefined
  const calls: StopTimeUpdate[] = []
  const update: Writable<TripUpdate> = { timestampS: NaN, delayS: NaN, stopTimeUpdates: calls }
  return readAll(reader, update, (tag, into, reader) => {
    if (tag === 1) into.trip = readTrip(messageAt(reader))
    else if (tag === 2) {
      if (++message.calls > MOST_CALLS) throw new FeedError(`more than ${MOST_CALLS} stop time updates`)
      const call = readStopTimeUpdate(messageAt(reader))
      if (call !== undefined) calls.push(call)
    } else if (tag === 3) into.vehicle = readVehicle(messageAt(reader))
    else if (tag === 4) into.timestampS = unsignedAt(reader)
    else if (tag === 5) into.delayS = signedAt(reader)
  })
}

function readStopTimeUpdate(reader: GuardedReader | undefined): StopTimeUpdate | undefined {
  if (reader === undefined) return undefined
  const call: Writable<StopTimeUpdate> = { stopSequence: NaN, stopId: '', scheduleRelationship: '' }
  return readAll(reader, call, (tag, into, reader) => {
    if (tag === 1) into.stopSequence = unsignedAt(reader)
    else if (tag === 2) into.arrival = readStopTimeEvent(messageAt(reader))
    else if (tag === 3) into.departure = readStopTimeEvent(messageAt(reader))
    else if (tag === 4) into.stopId = textAt(reader)
    else if (tag === 5) into.scheduleRelationship = nameAt(reader, callRelationships)
  })
}

function readStopTimeEvent(reader: GuardedReader | undefined): StopTimeEvent | undefined {
  if (reader === undefined) return undefined
  const event: Writable<StopTimeEvent> = { delayS: NaN, timeS: NaN }
  return readAll(reader, event, (tag, into, reader) => {
    if (tag === 1) into.delayS = signedAt(reader)
    else if (tag === 2) into.timeS = signedAt(reader)
  })
}
