/** A GTFS-Realtime message's trip updates as content, and their rules: E001 E002 E012 E022 E025 E040 E044 E050 W001. */
import type { TripDelays } from '../../content.ts'
import type { FeedMessage, StopTimeEvent, StopTimeUpdate, TripUpdate } from './message.ts'
import { columnOf, entityTimeMs, isPosix, tripName, type Reading, type TripName } from './reading.ts'

/** No trip is later, nor earlier, seconds. */
const MOST_DELAY_S = 86_400

interface Call {
  readonly trip: TripName
  readonly stopId: string
  readonly stopSequence: number
  readonly arrival: StopTimeEvent
  readonly departure: StopTimeEvent
}

const NOTHING: StopTimeEvent = { delayS: NaN, timeS: NaN }

/** Calls that name no stop, say nothing or go back in order or time are left out, and so is a second update of a trip. */
export function tripDelaysOf({ entities }: FeedMessage, reading: Reading): TripDelays {
  const { deviations } = reading
  const calls: Call[] = []
  const cancelled = new Set<string>()
  const seen = new Set<string>()
  for (const { id, tripUpdate } of entities) {
    if (tripUpdate === undefined) continue
    const where = `entity ${id}`
    entityTimeMs(tripUpdate.timestampS, where, reading)
    const trip = tripName(tripUpdate.trip, where, deviations)
    const instance = `${trip.tripId}|${trip.startDate}|${trip.startTime}`
    if (trip.tripId !== '' && seen.has(instance)) {
      deviations.add('tripUpdatedTwice', 'error', where, trip.tripId, 'one update of a trip')
      continue
    }
    seen.add(instance)
    const relationship = tripUpdate.trip?.scheduleRelationship
    if (relationship === 'CANCELED' || relationship === 'DELETED') {
      if (trip.tripId !== '') cancelled.add(trip.tripId)
    } else addCalls(calls, tripUpdate, trip, where, reading)
  }
  const ms = (timeS: number) => timeS * 1000
  return {
    tripId: calls.map(({ trip }) => trip.tripId),
    routeId: calls.map(({ trip }) => trip.routeId),
    tripStartDate: calls.map(({ trip }) => trip.startDate),
    tripStartTime: calls.map(({ trip }) => trip.startTime),
    stopId: calls.map(({ stopId }) => stopId),
    stopSequence: columnOf(calls, ({ stopSequence }) => stopSequence),
    arrivalDelayS: columnOf(calls, ({ arrival }) => arrival.delayS),
    departureDelayS: columnOf(calls, ({ departure }) => departure.delayS),
    arrivalMs: columnOf(calls, ({ arrival }) => ms(arrival.timeS)),
    departureMs: columnOf(calls, ({ departure }) => ms(departure.timeS)),
    cancelledTripIds: [...cancelled],
  }
}

function addCalls(calls: Call[], update: TripUpdate, trip: TripName, where: string, reading: Reading): void {
  const { deviations } = reading
  let lastSequence = -1
  let lastS = -Infinity
  for (const call of update.stopTimeUpdates) {
    const { stopId, stopSequence } = call
    const at = `${where}, ${Number.isNaN(stopSequence) ? `stop_id ${stopId}` : `stop_sequence ${stopSequence}`}`
    if (stopId === '' && Number.isNaN(stopSequence)) {
      deviations.add('E040', 'error', where, undefined, 'a stop_id or stop_sequence')
      continue
    }
    if (stopSequence <= lastSequence) {
      deviations.add('E002', 'error', at, stopSequence, `more than ${lastSequence}`)
      continue
    }
    if (!Number.isNaN(stopSequence)) lastSequence = stopSequence
    if (call.scheduleRelationship === 'SKIPPED' || call.scheduleRelationship === 'NO_DATA') continue
    const { arrival, departure } = eventsOf(call, at, reading)
    if ([arrival.delayS, arrival.timeS, departure.delayS, departure.timeS].every(Number.isNaN)) {
      deviations.add('E044', 'error', at, undefined, 'a delay or time')
      continue
    }
    const firstS = Number.isNaN(arrival.timeS) ? departure.timeS : arrival.timeS
    if (firstS <= lastS) {
      deviations.add('E022', 'error', at, firstS, `later than ${lastS}, of the stop before`)
      if (firstS < lastS) continue
    }
    for (const timeS of [arrival.timeS, departure.timeS]) if (timeS > lastS) lastS = timeS
    calls.push({ trip, stopId, stopSequence, arrival, departure })
  }
  // The delay of the whole trip, where no call says more.
  const arrival = eventOf({ delayS: update.delayS, timeS: NaN }, where, reading)
  if (update.stopTimeUpdates.length === 0 && !Number.isNaN(arrival.delayS))
    calls.push({ trip, stopId: '', stopSequence: NaN, arrival, departure: NOTHING })
}

function eventsOf(call: StopTimeUpdate, where: string, reading: Reading) {
  const arrival = eventOf(call.arrival, where, reading)
  const departure = eventOf(call.departure, where, reading)
  if (!(departure.timeS < arrival.timeS)) return { arrival, departure }
  reading.deviations.add('E025', 'error', where, departure.timeS, `at least the arrival's ${arrival.timeS}`)
  return { arrival, departure: NOTHING }
}

function eventOf(event: StopTimeEvent | undefined, where: string, reading: Reading): StopTimeEvent {
  if (event === undefined) return NOTHING
  const { delayS, timeS } = event
  const isWrongTime = !Number.isNaN(timeS) && !isPosix(timeS, where, reading)
  const isWrongDelay = Math.abs(delayS) > MOST_DELAY_S
  if (isWrongDelay)
    reading.deviations.add('implausibleDelay', 'error', where, delayS, `at most ${MOST_DELAY_S} s`)
  if (!isWrongTime && !isWrongDelay) return event
  return { delayS: isWrongDelay ? NaN : delayS, timeS: isWrongTime ? NaN : timeS }
}
