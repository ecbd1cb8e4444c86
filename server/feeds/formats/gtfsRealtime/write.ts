/** A GTFS-Realtime message as bytes. What is NaN, '' or absent is not written; the same message always gives the same bytes. */
import { PbfWriter } from 'pbf'
import {
  callRelationships,
  causes,
  effects,
  incrementalities,
  occupancies,
  severities,
  stopStatuses,
  tripRelationships,
  type Alert,
  type EntitySelector,
  type FeedEntity,
  type FeedHeader,
  type FeedMessage,
  type Position,
  type StopTimeEvent,
  type StopTimeUpdate,
  type TimeRange,
  type Translation,
  type TripDescriptor,
  type TripUpdate,
  type VehicleDescriptor,
  type VehiclePosition,
} from './message.ts'

export function encodeFeedMessage({ header, entities }: FeedMessage): Uint8Array {
  const writer = new PbfWriter(new Uint8Array(1024))
  writer.writeMessage(1, writeHeader, header)
  for (const entity of entities) writer.writeMessage(2, writeEntity, entity)
  return writer.finish()
}

function writeHeader({ version, incrementality, timestampS }: FeedHeader, writer: PbfWriter): void {
  writer.writeStringField(1, version)
  writeName(writer, 2, incrementality, incrementalities)
  writeInteger(writer, 3, timestampS)
}

function writeEntity({ id, tripUpdate, vehicle, alert }: FeedEntity, writer: PbfWriter): void {
  writer.writeStringField(1, id)
  if (tripUpdate !== undefined) writer.writeMessage(3, writeTripUpdate, tripUpdate)
  if (vehicle !== undefined) writer.writeMessage(4, writeVehiclePosition, vehicle)
  if (alert !== undefined) writer.writeMessage(5, writeAlert, alert)
}

function writeTrip(trip: TripDescriptor, writer: PbfWriter): void {
  writeText(writer, 1, trip.tripId)
  writeText(writer, 2, trip.startTime)
  writeText(writer, 3, trip.startDate)
  writeName(writer, 4, trip.scheduleRelationship, tripRelationships)
  writeText(writer, 5, trip.routeId)
  writeInteger(writer, 6, trip.directionId)
}

function writeVehicle({ id, label }: VehicleDescriptor, writer: PbfWriter): void {
  writeText(writer, 1, id)
  writeText(writer, 2, label)
}

function writeVehiclePosition(of: VehiclePosition, writer: PbfWriter): void {
  if (of.trip !== undefined) writer.writeMessage(1, writeTrip, of.trip)
  if (of.position !== undefined) writer.writeMessage(2, writePosition, of.position)
  writeInteger(writer, 3, of.currentStopSequence)
  writeName(writer, 4, of.currentStatus, stopStatuses)
  writeInteger(writer, 5, of.timestampS)
  writeText(writer, 7, of.stopId)
  if (of.vehicle !== undefined) writer.writeMessage(8, writeVehicle, of.vehicle)
  writeName(writer, 9, of.occupancyStatus, occupancies)
}

function writePosition({ latitude, longitude, bearingDeg, speedMps }: Position, writer: PbfWriter): void {
  writer.writeFloatField(1, latitude)
  writer.writeFloatField(2, longitude)
  if (!Number.isNaN(bearingDeg)) writer.writeFloatField(3, bearingDeg)
  if (!Number.isNaN(speedMps)) writer.writeFloatField(5, speedMps)
}

function writeTripUpdate(update: TripUpdate, writer: PbfWriter): void {
  if (update.trip !== undefined) writer.writeMessage(1, writeTrip, update.trip)
  for (const call of update.stopTimeUpdates) writer.writeMessage(2, writeStopTimeUpdate, call)
  if (update.vehicle !== undefined) writer.writeMessage(3, writeVehicle, update.vehicle)
  writeInteger(writer, 4, update.timestampS)
  writeInteger(writer, 5, update.delayS)
}

function writeStopTimeUpdate(call: StopTimeUpdate, writer: PbfWriter): void {
  writeInteger(writer, 1, call.stopSequence)
  if (call.arrival !== undefined) writer.writeMessage(2, writeStopTimeEvent, call.arrival)
  if (call.departure !== undefined) writer.writeMessage(3, writeStopTimeEvent, call.departure)
  writeText(writer, 4, call.stopId)
  writeName(writer, 5, call.scheduleRelationship, callRelationships)
}

function writeStopTimeEvent({ delayS, timeS }: StopTimeEvent, writer: PbfWriter): void {
  writeInteger(writer, 1, delayS)
  writeInteger(writer, 2, timeS)
}

function writeAlert(alert: Alert, writer: PbfWriter): void {
  for (const period of alert.activePeriods) writer.writeMessage(1, writeTimeRange, period)
  for (const informed of alert.informedEntities) writer.writeMessage(5, writeEntitySelector, informed)
  writeName(writer, 6, alert.cause, causes)
  writeName(writer, 7, alert.effect, effects)
  for (const [tag, texts] of [
    [8, alert.url],
    [10, alert.header],
    [11, alert.description],
  ] as const)
    if (texts.length > 0) writer.writeMessage(tag, writeTranslations, texts)
  writeName(writer, 14, alert.severity, severities)
}

function writeTimeRange({ startS, endS }: TimeRange, writer: PbfWriter): void {
  writeInteger(writer, 1, startS)
  writeInteger(writer, 2, endS)
}

function writeEntitySelector(informed: EntitySelector, writer: PbfWriter): void {
  writeText(writer, 1, informed.agencyId)
  writeText(writer, 2, informed.routeId)
  writeInteger(writer, 3, informed.routeType)
  if (informed.trip !== undefined) writer.writeMessage(4, writeTrip, informed.trip)
  writeText(writer, 5, informed.stopId)
}

function writeTranslations(translations: readonly Translation[], writer: PbfWriter): void {
  for (const translation of translations) writer.writeMessage(1, writeTranslation, translation)
}

function writeTranslation({ text, language }: Translation, writer: PbfWriter): void {
  writer.writeStringField(1, text)
  writeText(writer, 2, language)
}

function writeText(writer: PbfWriter, tag: number, text: string): void {
  if (text !== '') writer.writeStringField(tag, text)
}

function writeInteger(writer: PbfWriter, tag: number, value: number): void {
  if (!Number.isNaN(value)) writer.writeVarintField(tag, Math.round(value))
}

function writeName(writer: PbfWriter, tag: number, name: string, names: readonly string[]): void {
  if (name !== '') writer.writeVarintField(tag, names.indexOf(name))
}
