/**
 * What feeds say, in one shape whatever the format: times are Unix milliseconds, positions WGS 84 degrees, all else SI. A number that
 * was not given is NaN, a text ''. What comes in thousands is columns.
 */

/** Where vehicles of public transport are. */
export interface VehiclePositions {
  readonly id: readonly string[]
  readonly tripId: readonly string[]
  readonly routeId: readonly string[]
  /** When the trip began by its timetable, YYYYMMDD and HH:MM:SS: they tell repeats of one trip apart. */
  readonly tripStartDate: readonly string[]
  readonly tripStartTime: readonly string[]
  readonly lng: Float64Array
  readonly lat: Float64Array
  /** Clockwise from north. */
  readonly bearingDeg: Float64Array
  readonly speedMps: Float64Array
  readonly timeMs: Float64Array
  /** As GTFS-Realtime names it. */
  readonly occupancy: readonly string[]
}

/** What calls of trips will be late by; one that names neither stop nor sequence is of the whole trip. */
export interface TripDelays {
  readonly tripId: readonly string[]
  readonly routeId: readonly string[]
  /** As of vehicles. */
  readonly tripStartDate: readonly string[]
  readonly tripStartTime: readonly string[]
  readonly stopId: readonly string[]
  /** Of the call in its trip; NaN when only its stop is named. */
  readonly stopSequence: Float64Array
  readonly arrivalDelayS: Float64Array
  readonly departureDelayS: Float64Array
  readonly arrivalMs: Float64Array
  readonly departureMs: Float64Array
  /** Trips that do not run. */
  readonly cancelledTripIds: readonly string[]
}

/** What sites on streets counted. */
export interface TrafficMeasurements {
  readonly siteId: readonly string[]
  readonly lng: Float64Array
  readonly lat: Float64Array
  /** The end of the time it is of, and how long that was. */
  readonly timeMs: Float64Array
  readonly periodS: Float64Array
  readonly flowVph: Float64Array
  readonly speedMps: Float64Array
  /** Share of time that the site was covered, 0 to 1. */
  readonly occupancy: Float64Array
}

export type LngLat = readonly [lng: number, lat: number]

/** Something on a street that drivers heed. */
export interface RoadEvent {
  readonly id: string
  readonly kind: 'closure' | 'roadWorks' | 'accident' | 'obstruction' | 'congestion' | 'weather' | 'other'
  /** Nobody may pass. */
  readonly isClosed: boolean
  readonly fromMs: number
  /** Infinity: until further notice. */
  readonly untilMs: number
  /** A point, or the line along the street. */
  readonly path: readonly LngLat[]
  readonly roadName: string
  readonly text: Texts
  readonly lanesClosed: number
  readonly speedLimitMps: number
}

/** By BCP 47 tag; '' where the feed names none. */
export type Texts = Readonly<Record<string, string>>

/** What is said to travellers or residents. */
export interface Notice {
  readonly id: string
  readonly headline: Texts
  readonly text: Texts
  readonly fromMs: number
  readonly untilMs: number
  /** As CAP 1.2 names them; '' where the format has none. */
  readonly severity: 'Extreme' | 'Severe' | 'Moderate' | 'Minor' | 'Unknown' | ''
  readonly urgency: 'Immediate' | 'Expected' | 'Future' | 'Past' | 'Unknown' | ''
  readonly certainty: 'Observed' | 'Likely' | 'Possible' | 'Unlikely' | 'Unknown' | ''
  /** Not about the real world: an exercise or a test. */
  readonly isExercise: boolean
  readonly areas: readonly (readonly LngLat[])[]
  readonly routeIds: readonly string[]
  readonly stopIds: readonly string[]
  readonly url: string
  /** Takes back the notice of the same id, and those whose id is that and `#` and a number. */
  readonly isCancelled: boolean
}

/** A place where bicycles or cars are shared. */
export interface SharingStation {
  readonly id: string
  readonly name: string
  readonly lng: number
  readonly lat: number
  readonly capacity: number
  readonly vehiclesAvailable: number
  readonly docksAvailable: number
  readonly isRenting: boolean
  readonly isReturning: boolean
  readonly timeMs: number
}

/** One that stands free in the street. */
export interface SharedVehicle {
  readonly id: string
  readonly typeId: string
  readonly lng: number
  readonly lat: number
  readonly isReserved: boolean
  readonly isDisabled: boolean
  readonly timeMs: number
}

/** What a resident reported. */
export interface CitizenRequest {
  readonly id: string
  readonly status: 'open' | 'closed'
  readonly serviceCode: string
  readonly serviceName: string
  readonly description: string
  readonly requestedMs: number
  readonly updatedMs: number
  readonly lng: number
  readonly lat: number
  readonly address: string
  readonly mediaUrl: string
}

/** What residents may report, as Open311 lists it. */
export interface ReportService {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly group: string
}

/** What meters took, interval by interval. */
export interface MeterReadings {
  readonly meterId: readonly string[]
  readonly fromMs: Float64Array
  readonly durationS: Float64Array
  /** Mean over the interval; negative when it fed in. */
  readonly powerW: Float64Array
}

/** A place of any kind, of a GeoJSON whose mapping names it. */
export interface PlaceFeature {
  readonly id: string
  readonly kind: string
  readonly lng: number
  readonly lat: number
  readonly path: readonly LngLat[]
  readonly values: Readonly<Record<string, string | number | boolean>>
}

/** What a timetable holds, counted; a city is made of it by `npm run city`. */
export interface TimetableFacts {
  readonly agencies: readonly string[]
  readonly routes: number
  readonly stops: number
  readonly trips: number
  readonly stopTimes: number
  /** Dates as the feed writes them, YYYYMMDD. */
  readonly fromDate: string
  readonly untilDate: string
}

/** Another document that belongs to the feed and is to be fetched too. */
export interface FeedLink {
  readonly name: string
  readonly url: string
}

/** Of one reading of a feed. What the feed has not is left out; an empty list is one that it has, with nothing in it. */
export interface FeedContent {
  /** When its publisher made it; NaN when it does not say. */
  readonly madeMs: number
  readonly vehicles?: VehiclePositions
  readonly tripDelays?: TripDelays
  readonly measurements?: TrafficMeasurements
  readonly roadEvents?: readonly RoadEvent[]
  readonly notices?: readonly Notice[]
  readonly stations?: readonly SharingStation[]
  readonly sharedVehicles?: readonly SharedVehicle[]
  readonly requests?: readonly CitizenRequest[]
  readonly services?: readonly ReportService[]
  readonly meters?: MeterReadings
  readonly features?: readonly PlaceFeature[]
  readonly timetable?: TimetableFacts
  readonly links?: readonly FeedLink[]
}
