/** Small GTFS-Realtime messages for tests: one vehicle, trip update and alert without fault, and the timetable they are of. */
import type { TimetableIndex } from '../../../server/feeds/formats/gtfs/timetableIndex.ts'
import type {
  Alert,
  FeedEntity,
  FeedHeader,
  FeedMessage,
  StopTimeUpdate,
  TripDescriptor,
  TripUpdate,
  VehiclePosition,
} from '../../../server/feeds/formats/gtfsRealtime/message.ts'

export const nowMs = Date.UTC(2026, 5, 1, 12)
export const nowS = nowMs / 1000

export const header: FeedHeader = { version: '2.0', incrementality: 'FULL_DATASET', timestampS: nowS - 5 }

export function trip(change: Partial<TripDescriptor> = {}): TripDescriptor {
  return {
    tripId: 'T1',
    routeId: 'R1',
    directionId: 1,
    startTime: '25:15:35',
    startDate: '20260601',
    scheduleRelationship: 'SCHEDULED',
    ...change,
  }
}

export function vehicle(change: Partial<VehiclePosition> = {}): FeedEntity {
  const position = { latitude: 0.5, longitude: -56.25, bearingDeg: 90, speedMps: 12.5 }
  const of: VehiclePosition = {
    trip: trip(),
    vehicle: { id: 'bus 1', label: '1' },
    position,
    currentStopSequence: 3,
    stopId: 'S1',
    currentStatus: 'IN_TRANSIT_TO',
    timestampS: nowS - 10,
    occupancyStatus: 'FEW_SEATS_AVAILABLE',
    ...change,
  }
  return { id: `v ${of.vehicle?.id}`, vehicle: of }
}

export function call(
  stopSequence: number,
  timeS: number,
  change: Partial<StopTimeUpdate> = {},
): StopTimeUpdate {
  return {
    stopSequence,
    stopId: '',
    arrival: { delayS: -60, timeS },
    departure: { delayS: NaN, timeS: timeS + 20 },
    scheduleRelationship: 'SCHEDULED',
    ...change,
  }
}

export function update(change: Partial<TripUpdate> = {}): FeedEntity {
  const calls = [call(1, nowS), call(2, nowS + 60)]
  const of = { trip: trip(), timestampS: nowS - 10, delayS: NaN, stopTimeUpdates: calls, ...change }
  return { id: `t ${of.trip?.tripId}`, tripUpdate: of }
}

export function alert(change: Partial<Alert> = {}): FeedEntity {
  const of: Alert = {
    activePeriods: [{ startS: nowS - 3600, endS: NaN }],
    informedEntities: [{ agencyId: 'A', routeId: 'R1', routeType: 3, stopId: 'S1', trip: trip() }],
    cause: 'CONSTRUCTION',
    effect: 'SIGNIFICANT_DELAYS',
    url: [{ text: 'https://example.org/1', language: '' }],
    header: [
      { text: 'Works', language: 'en' },
      { text: 'Obras', language: 'es' },
    ],
    description: [{ text: 'Expect delays', language: 'en' }],
    severity: 'WARNING',
    ...change,
  }
  return { id: 'a', alert: of }
}

export function message(entities: readonly FeedEntity[], change: Partial<FeedHeader> = {}): FeedMessage {
  return { header: { ...header, ...change }, entities }
}

export const timetable: TimetableIndex = {
  routeIds: new Set(['R1']),
  stopIds: new Set(['S1', 'S2']),
  trips: new Map([
    ['T1', { shapeId: 'P1', blockId: 'B1' }],
    ['T2', { shapeId: '', blockId: 'B1' }],
    ['T3', { shapeId: '', blockId: '' }],
  ]),
  shapes: new Map([['P1', { lng: Float64Array.of(-56.3, -56.2), lat: Float64Array.of(0.5, 0.5) }]]),
  bounds: [-56.3, 0.45, -56.2, 0.55],
}
