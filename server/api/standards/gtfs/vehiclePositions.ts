/** The buses on the road as a GTFS-Realtime message of vehicle positions: where each is, which way it goes, and its next stop. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal } from '../../../../twin/geo/projection.ts'
import { TICKS_PER_S, timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import type { Table } from '../../../../twin/kernel/table.ts'
import { onCourse } from '../../../../twin/traffic/linkCourse.ts'
import { planPositionM } from '../../../../twin/traffic/planPosition.ts'
import { NO_LINK, type vehicleTable } from '../../../../twin/traffic/tables.ts'
import { stopId } from '../../../../twin/transit/gtfsIds.ts'
import { NO_TRIP, NO_VEHICLE } from '../../../../twin/transit/tables.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type { FeedEntity, FeedMessage, VehiclePosition } from '../../../feeds/formats/gtfsRealtime/message.ts'
import { startOf, tripOf, type Buses } from './trip.ts'

export type Vehicles = Table<typeof vehicleTable.columns>
type Roads = Pick<City, 'network' | 'projection'>

/**
 * As of the clock, which is the city's. A bus that waits for room on its first link is on none, and left out. Vehicles drive at
 * `drivingRatio` of the free speed where nothing is before them.
 */
export function vehiclePositions(
  roads: Roads,
  timetable: Timetable,
  buses: Buses,
  vehicles: Vehicles,
  drivingRatio: number,
  clock: Clock,
): FeedMessage {
  const timestampS = Math.floor(timeMsAt(clock, clock.tick) / 1000)
  const entities: FeedEntity[] = []
  for (let bus = 0; bus < buses.rows; bus++) {
    const [trip, row] = [buses.columns.trip[bus], buses.columns.vehicle[bus]]
    if (trip === NO_TRIP || row === NO_VEHICLE || row >= vehicles.rows) continue
    const position = positionOf(roads, vehicles, row, drivingRatio, clock.tick)
    if (position === undefined) continue
    entities.push({
      id: `bus-${bus}`,
      vehicle: {
        trip: tripOf(timetable, trip, startOf(timetable, buses, bus, clock), clock),
        vehicle: { id: `bus-${bus}`, label: '' },
        position,
        ...nextCall(timetable, buses, bus),
        timestampS,
        occupancyStatus: '',
      },
    })
  }
  return { header: { version: '2.0', incrementality: 'FULL_DATASET', timestampS }, entities }
}

/** Undefined of one that is on no link. */
function positionOf(
  { network, projection }: Roads,
  { columns }: Vehicles,
  row: number,
  drivingRatio: number,
  tick: number,
): VehiclePosition['position'] {
  const link = columns.link[row]
  if (link === NO_LINK || link >= network.links.lengthM.length) return undefined
  const lengthM = network.links.lengthM[link]
  const speedMps = network.links.freeSpeedMps[link] * drivingRatio
  const alongM = (atTick: number) =>
    planPositionM(
      atTick / TICKS_PER_S,
      columns.entryTick[row] / TICKS_PER_S,
      columns.exitTick[row] / TICKS_PER_S,
      columns.stopM[row],
      lengthM,
      speedMps,
    )
  const nowM = alongM(tick)
  const { at, towards } = onCourse(network, link, nowM)
  const [longitude, latitude] = lngLatFromLocal(projection, at)
  const isPoint = towards[0] === 0 && towards[1] === 0
  return {
    latitude,
    longitude,
    // clockwise from north
    bearingDeg: isPoint ? NaN : ((Math.atan2(towards[0], towards[1]) * 180) / Math.PI + 360) % 360,
    speedMps: nowM - alongM(tick - TICKS_PER_S),
  }
}

/** At the end of a trip there is none. */
function nextCall(
  { trips, patterns, patternStops }: Timetable,
  { columns }: Buses,
  bus: number,
): Pick<VehiclePosition, 'currentStopSequence' | 'stopId' | 'currentStatus'> {
  const pattern = trips.pattern[columns.trip[bus]]
  const call = columns.nextStop[bus]
  if (call >= patterns.stopCount[pattern]) return { currentStopSequence: NaN, stopId: '', currentStatus: '' }
  return {
    currentStopSequence: call + 1,
    stopId: stopId(patternStops.stop[patterns.firstStop[pattern] + call]),
    currentStatus: columns.isAtStop[bus] === 1 ? 'STOPPED_AT' : 'IN_TRANSIT_TO',
  }
}
