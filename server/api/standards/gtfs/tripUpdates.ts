/** The buses on the road as a GTFS-Realtime message of trip updates: every call still to come, as expected from the delay now. */
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import type { Table } from '../../../../twin/kernel/table.ts'
import { dayBitOf, midnightTick } from '../../../../twin/transit/calendar.ts'
import { routeId, stopId, tripId } from '../../../../twin/transit/gtfsIds.ts'
import { NO_TRIP, type transitVehicleTable } from '../../../../twin/transit/tables.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type {
  FeedEntity,
  FeedMessage,
  StopTimeUpdate,
  TripDescriptor,
} from '../../../feeds/formats/gtfsRealtime/message.ts'

export type Buses = Table<typeof transitVehicleTable.columns>

/** As of the clock, which is the city's: POSIX seconds of its time. A trip that is at its end has no update. */
export function tripUpdates(timetable: Timetable, buses: Buses, clock: Clock): FeedMessage {
  const timestampS = Math.floor(timeMsAt(clock, clock.tick) / 1000)
  const entities: FeedEntity[] = []
  for (let bus = 0; bus < buses.rows; bus++) {
    if (buses.columns.trip[bus] === NO_TRIP) continue
    const startS = startOf(timetable, buses, bus, clock)
    const stopTimeUpdates = callsToCome(timetable, buses, bus, startS, timestampS)
    if (stopTimeUpdates.length === 0) continue
    entities.push({
      id: `bus-${bus}`,
      tripUpdate: {
        trip: tripOf(timetable, buses.columns.trip[bus], startS, clock),
        vehicle: { id: `bus-${bus}`, label: '' },
        timestampS,
        delayS: Math.round(buses.columns.delayS[bus]),
        stopTimeUpdates,
      },
    })
  }
  return { header: { version: '2.0', incrementality: 'FULL_DATASET', timestampS }, entities }
}

/** When the trip began by the timetable, POSIX seconds: of the service days it runs on, the one that has it at its stop about now. */
function startOf(
  { trips, patterns, patternStops }: Timetable,
  { columns }: Buses,
  bus: number,
  clock: Clock,
): number {
  const trip = columns.trip[bus]
  const pattern = trips.pattern[trip]
  const call = Math.min(columns.nextStop[bus], patterns.stopCount[pattern] - 1)
  const dueS = patternStops.arrivalS[patterns.firstStop[pattern] + call] + columns.delayS[bus]
  const nowS = timeMsAt(clock, clock.tick) / 1000
  const starts = [-1, 0, 1]
    .filter((days) => (trips.days[trip] & dayBitOf(clock, days)) !== 0)
    .map((days) => Math.round(timeMsAt(clock, midnightTick(clock, days)) / 1000) + trips.departureS[trip])
  return starts.reduce((best, startS) =>
    Math.abs(startS + dueS - nowS) < Math.abs(best + dueS - nowS) ? startS : best,
  )
}

/** No bus leaves before its time, and none comes before now. */
function callsToCome(
  { trips, patterns, patternStops }: Timetable,
  { columns }: Buses,
  bus: number,
  startS: number,
  nowS: number,
): StopTimeUpdate[] {
  const pattern = trips.pattern[columns.trip[bus]]
  const delayS = Math.max(0, Math.round(columns.delayS[bus]))
  const calls: StopTimeUpdate[] = []
  let soonestS = nowS
  for (let call = columns.nextStop[bus]; call < patterns.stopCount[pattern]; call++) {
    const row = patterns.firstStop[pattern] + call
    const plannedS = startS + patternStops.arrivalS[row]
    const leavesS = startS + patternStops.departureS[row]
    const arrivalS = Math.max(soonestS, plannedS + delayS)
    const departureS = Math.max(arrivalS, leavesS + delayS)
    calls.push({
      stopSequence: call + 1,
      stopId: stopId(patternStops.stop[row]),
      arrival: { timeS: arrivalS, delayS: arrivalS - plannedS },
      departure: { timeS: departureS, delayS: departureS - leavesS },
      scheduleRelationship: 'SCHEDULED',
    })
    // the times of a trip rise
    soonestS = departureS + 1
  }
  return calls
}

/** A repeated trip is named by when it begins. */
function tripOf({ trips, patterns }: Timetable, trip: number, startS: number, clock: Clock): TripDescriptor {
  const pattern = trips.pattern[trip]
  const midnightMs = (startS - trips.departureS[trip] + clock.utcOffsetS) * 1000
  return {
    tripId: tripId(pattern, trips.days[trip]),
    routeId: routeId(patterns.route[pattern]),
    directionId: patterns.directionId[pattern],
    startTime: timeText(trips.departureS[trip]),
    startDate: new Date(midnightMs).toISOString().slice(0, 10).replaceAll('-', ''),
    scheduleRelationship: 'SCHEDULED',
  }
}

function timeText(ofDayS: number): string {
  const parts = [Math.floor(ofDayS / 3600), Math.floor(ofDayS / 60) % 60, ofDayS % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
