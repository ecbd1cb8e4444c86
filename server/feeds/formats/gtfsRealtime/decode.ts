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
import {
  floatAt,
  inMessage,
  isMessage,
  messageAt,
  nameAt,
  readAll,
  signedAt,
  textAt,
  unsignedAt,
  type Writable,
} from './wire.ts'

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
      if (tag === 1) into.header = readHeader(reader) ?? into.header
      else if (tag === 2) addEntity(into, reader, deviations)
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
    const first: { header?: FeedHeader } = {}
    return readAll(new GuardedReader(bytes.subarray(0, 2 + bytes[1])), first, (_tag, into, reader) => {
      into.header = readHeader(reader)
    }).header
  } catch {
    return undefined
  }
}

function readHeader(reader: GuardedReader): FeedHeader | undefined {
  const header: Writable<FeedHeader> = { version: '', incrementality: '', timestampS: NaN }
  return messageAt(reader, header, (tag, into, reader) => {
    if (tag === 1) into.version = textAt(reader)
    else if (tag === 2) into.incrementality = nameAt(reader, incrementalities)
    else if (tag === 3) into.timestampS = unsignedAt(reader)
  })
}

function addEntity(message: Message, reader: GuardedReader, deviations: Deviations): void {
  const where = `entity ${++message.met}`
  if (message.met > MOST_ENTITIES) throw new FeedError(`more than ${MOST_ENTITIES} entities`)
  if (!isMessage(reader)) return deviations.add('malformedEntity', 'error', where, 'a number', 'a message')
  inMessage(reader, () => readEntity(message, reader, where, deviations))
}

function readEntity(message: Message, reader: GuardedReader, where: string, deviations: Deviations): void {
  const entity: Writable<FeedEntity> & { isDeleted: boolean } = { id: '', isDeleted: false }
  try {
    readAll(reader, entity, (tag, into, reader) => {
      if (tag === 1) into.id = textAt(reader)
      else if (tag === 2) into.isDeleted = unsignedAt(reader) > 0
      else if (tag === 3) into.tripUpdate = readTripUpdate(reader, message)
      else if (tag === 4) into.vehicle = readVehiclePosition(reader)
      else if (tag === 5) into.alert = readAlert(reader)
    })
  } catch (error) {
    if (error instanceof FeedError) throw error
    return deviations.add('malformedEntity', 'error', where, (error as Error).message, 'a whole entity')
  }
  const { isDeleted, ...read } = entity
  if (read.id === '') return deviations.add('missingEntityId', 'error', where, '', 'an id')
  if (!isDeleted) message.entities.push(read)
}

function readVehiclePosition(reader: GuardedReader): VehiclePosition | undefined {
  const vehicle: Writable<VehiclePosition> = {
    currentStopSequence: NaN,
    stopId: '',
    currentStatus: '',
    timestampS: NaN,
    occupancyStatus: '',
  }
  return messageAt(reader, vehicle, (tag, into, reader) => {
    if (tag === 1) into.trip = readTrip(reader)
    else if (tag === 2) into.position = readPosition(reader)
    else if (tag === 3) into.currentStopSequence = unsignedAt(reader)
    else if (tag === 4) into.currentStatus = nameAt(reader, stopStatuses)
    else if (tag === 5) into.timestampS = unsignedAt(reader)
    else if (tag === 7) into.stopId = textAt(reader)
    else if (tag === 8) into.vehicle = readVehicle(reader)
    else if (tag === 9) into.occupancyStatus = nameAt(reader, occupancies)
  })
}

function readPosition(reader: GuardedReader): Position | undefined {
  const position: Writable<Position> = { latitude: NaN, longitude: NaN, bearingDeg: NaN, speedMps: NaN }
  return messageAt(reader, position, (tag, into, reader) => {
    if (tag === 1) into.latitude = floatAt(reader)
    else if (tag === 2) into.longitude = floatAt(reader)
    else if (tag === 3) into.bearingDeg = floatAt(reader)
    else if (tag === 5) into.speedMps = floatAt(reader)
  })
}

function readVehicle(reader: GuardedReader): VehicleDescriptor | undefined {
  const vehicle: Writable<VehicleDescriptor> = { id: '', label: '' }
  return messageAt(reader, vehicle, (tag, into, reader) => {
    if (tag === 1) into.id = textAt(reader)
    else if (tag === 2) into.label = textAt(reader)
  })
}

function readTripUpdate(reader: GuardedReader, message: Message): TripUpdate | undefined {
  const calls: StopTimeUpdate[] = []
  const update: Writable<TripUpdate> = { timestampS: NaN, delayS: NaN, stopTimeUpdates: calls }
  return messageAt(reader, update, (tag, into, reader) => {
    if (tag === 1) into.trip = readTrip(reader)
    else if (tag === 2) {
      if (++message.calls > MOST_CALLS) throw new FeedError(`more than ${MOST_CALLS} stop time updates`)
      const call = readStopTimeUpdate(reader)
      if (call !== undefined) calls.push(call)
    } else if (tag === 3) into.vehicle = readVehicle(reader)
    else if (tag === 4) into.timestampS = unsignedAt(reader)
    else if (tag === 5) into.delayS = signedAt(reader)
  })
}

function readStopTimeUpdate(reader: GuardedReader): StopTimeUpdate | undefined {
  const call: Writable<StopTimeUpdate> = { stopSequence: NaN, stopId: '', scheduleRelationship: '' }
  return messageAt(reader, call, (tag, into, reader) => {
    if (tag === 1) into.stopSequence = unsignedAt(reader)
    else if (tag === 2) into.arrival = readStopTimeEvent(reader)
    else if (tag === 3) into.departure = readStopTimeEvent(reader)
    else if (tag === 4) into.stopId = textAt(reader)
    else if (tag === 5) into.scheduleRelationship = nameAt(reader, callRelationships)
  })
}

function readStopTimeEvent(reader: GuardedReader): StopTimeEvent | undefined {
  const event: Writable<StopTimeEvent> = { delayS: NaN, timeS: NaN }
  return messageAt(reader, event, (tag, into, reader) => {
    if (tag === 1) into.delayS = signedAt(reader)
    else if (tag === 2) into.timeS = signedAt(reader)
  })
}
