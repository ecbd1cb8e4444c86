/** The buses on the road as a GTFS-Realtime message of trip updates: every call still to come, as expected from the delay now. */
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import { stopId } from '../../../../twin/transit/gtfsIds.ts'
import { NO_TRIP } from '../../../../twin/transit/tables.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type { FeedEntity, FeedMessage, StopTimeUpdate } from '../../../feeds/formats/gtfsRealtime/message.ts'
import { startOf, tripOf, type Buses } from './trip.ts'

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
