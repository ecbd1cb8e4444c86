/**
 * A GTFS-Realtime 2.0 message as its standard names it: what `decode.ts` reads and `write.ts` writes. Times are POSIX seconds, as in the
 * standard; a number that was not given is NaN, a text or a name of a list ''.
 */

export interface FeedMessage {
  readonly header: FeedHeader
  readonly entities: readonly FeedEntity[]
}

export interface FeedHeader {
  readonly version: string
  readonly incrementality: NameOf<typeof incrementalities>
  readonly timestampS: number
}

export interface FeedEntity {
  readonly id: string
  readonly tripUpdate?: TripUpdate
  readonly vehicle?: VehiclePosition
  readonly alert?: Alert
}

export interface TripDescriptor {
  readonly tripId: string
  readonly routeId: string
  readonly directionId: number
  /** HH:MM:SS, counted on past 24 hours. */
  readonly startTime: string
  /** YYYYMMDD. */
  readonly startDate: string
  readonly scheduleRelationship: NameOf<typeof tripRelationships>
}

export interface VehicleDescriptor {
  readonly id: string
  readonly label: string
}

export interface VehiclePosition {
  readonly trip?: TripDescriptor
  readonly vehicle?: VehicleDescriptor
  readonly position?: Position
  readonly currentStopSequence: number
  readonly stopId: string
  readonly currentStatus: NameOf<typeof stopStatuses>
  readonly timestampS: number
  readonly occupancyStatus: NameOf<typeof occupancies>
}

export interface Position {
  readonly latitude: number
  readonly longitude: number
  readonly bearingDeg: number
  readonly speedMps: number
}

export interface TripUpdate {
  readonly trip?: TripDescriptor
  readonly vehicle?: VehicleDescriptor
  readonly timestampS: number
  readonly delayS: number
  readonly stopTimeUpdates: readonly StopTimeUpdate[]
}

export interface StopTimeUpdate {
  readonly stopSequence: number
  readonly stopId: string
  readonly arrival?: StopTimeEvent
  readonly departure?: StopTimeEvent
  readonly scheduleRelationship: NameOf<typeof callRelationships>
}

export interface StopTimeEvent {
  readonly delayS: number
  readonly timeS: number
}

export interface Alert {
  readonly activePeriods: readonly TimeRange[]
  readonly informedEntities: readonly EntitySelector[]
  readonly cause: NameOf<typeof causes>
  readonly effect: NameOf<typeof effects>
  readonly url: readonly Translation[]
  readonly header: readonly Translation[]
  readonly description: readonly Translation[]
  readonly severity: NameOf<typeof severities>
}

export interface TimeRange {
  readonly startS: number
  readonly endS: number
}

export interface EntitySelector {
  readonly agencyId: string
  readonly routeId: string
  readonly routeType: number
  readonly trip?: TripDescriptor
  readonly stopId: string
}

export interface Translation {
  readonly text: string
  readonly language: string
}

/** A name of a list, or '' where none was given or it is not known. */
export type NameOf<List extends readonly string[]> = List[number] | ''

/** The standard's lists: a name stands at its number, '' at numbers that are free. */
export const incrementalities = ['FULL_DATASET', 'DIFFERENTIAL'] as const
export const tripRelationships = [
  'SCHEDULED',
  'ADDED',
  'UNSCHEDULED',
  'CANCELED',
  '',
  'REPLACEMENT',
  'DUPLICATED',
  'DELETED',
  'NEW',
] as const
export const callRelationships = ['SCHEDULED', 'SKIPPED', 'NO_DATA', 'UNSCHEDULED'] as const
export const stopStatuses = ['INCOMING_AT', 'STOPPED_AT', 'IN_TRANSIT_TO'] as const
export const occupancies = [
  'EMPTY',
  'MANY_SEATS_AVAILABLE',
  'FEW_SEATS_AVAILABLE',
  'STANDING_ROOM_ONLY',
  'CRUSHED_STANDING_ROOM_ONLY',
  'FULL',
  'NOT_ACCEPTING_PASSENGERS',
  'NO_DATA_AVAILABLE',
  'NOT_BOARDABLE',
] as const
export const causes = [
  '',
  'UNKNOWN_CAUSE',
  'OTHER_CAUSE',
  'TECHNICAL_PROBLEM',
  'STRIKE',
  'DEMONSTRATION',
  'ACCIDENT',
  'HOLIDAY',
  'WEATHER',
  'MAINTENANCE',
  'CONSTRUCTION',
  'POLICE_ACTIVITY',
  'MEDICAL_EMERGENCY',
] as const
export const effects = [
  '',
  'NO_SERVICE',
  'REDUCED_SERVICE',
  'SIGNIFICANT_DELAYS',
  'DETOUR',
  'ADDITIONAL_SERVICE',
  'MODIFIED_SERVICE',
  'OTHER_EFFECT',
  'UNKNOWN_EFFECT',
  'STOP_MOVED',
  'NO_EFFECT',
  'ACCESSIBILITY_ISSUE',
] as const
export const severities = ['', 'UNKNOWN_SEVERITY', 'INFO', 'WARNING', 'SEVERE'] as const
