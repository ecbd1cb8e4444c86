/** The trip of a bus as GTFS-Realtime names it: a repeated trip by when it begins. */
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import type { Table } from '../../../../twin/kernel/table.ts'
import { dayBitOf, midnightTick } from '../../../../twin/transit/calendar.ts'
import { routeId, tripId } from '../../../../twin/transit/gtfsIds.ts'
import type { transitVehicleTable } from '../../../../twin/transit/tables.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type { TripDescriptor } from '../../../feeds/formats/gtfsRealtime/message.ts'

export type Buses = Table<typeof transitVehicleTable.columns>

/** When the trip began by the timetable, POSIX seconds: of the service days it runs on, the one that has it at its stop about now. */
export function startOf(
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

/** `startS` as `startOf` has it. */
export function tripOf(
  { trips, patterns }: Timetable,
  trip: number,
  startS: number,
  clock: Clock,
): TripDescriptor {
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
