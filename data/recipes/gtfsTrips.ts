/** A GTFS feed's trips as they run: for each, its calls with times, its departures and its kinds of day. */
import { serviceDays } from './gtfsDays.ts'
import { numberOf, secondsFromTime, type GtfsFiles } from './gtfsTables.ts'

export interface FeedCall {
  readonly stopId: string
  /** After the trip's first departure. */
  readonly arrivalS: number
  readonly departureS: number
}

export interface FeedTrip {
  readonly tripId: string
  readonly routeId: string
  readonly shapeId: string
  readonly headsign: string
  readonly directionId: number
  /** Bits of dayBits. */
  readonly days: number
  readonly calls: readonly FeedCall[]
  /** Seconds after midnight of the service day; several where the trip repeats. */
  readonly departuresS: readonly number[]
}

/** A feed with more departures than this is not read: a country's is smaller. */
const MAX_DEPARTURES = 3_000_000

/** All trips with at least two calls. Throws, naming file and line, when a field cannot be used. */
export function readTrips(files: GtfsFiles): FeedTrip[] {
  const rows = files.required('trips.txt', ['route_id', 'service_id', 'trip_id'])
  const tripsOf = new Map<string, number>()
  for (const row of rows) tripsOf.set(row.get('service_id'), (tripsOf.get(row.get('service_id')) ?? 0) + 1)
  const days = serviceDays(files, tripsOf)
  const calls = readCalls(files)
  const repeats = readFrequencies(files)
  let total = 0
  const trips: FeedTrip[] = []
  for (const row of rows) {
    const tripId = row.get('trip_id')
    const found = calls.get(tripId)
    if (found === undefined || found.calls.length < 2) continue
    const departuresS = repeats.get(tripId) ?? [found.startS]
    total += departuresS.length
    if (total > MAX_DEPARTURES) throw new Error(`gtfs: the feed has more than ${MAX_DEPARTURES} departures`)
    trips.push({
      tripId,
      routeId: row.get('route_id'),
      shapeId: row.get('shape_id'),
      headsign: row.get('trip_headsign'),
      directionId: row.get('direction_id') === '1' ? 1 : 0,
      days: days.get(row.get('service_id')) ?? 0,
      calls: found.calls,
      departuresS,
    })
  }
  return trips
}

/** Calls by trip, in order of their sequence; times left out between two given ones are spread evenly. */
function readCalls(files: GtfsFiles): Map<string, { calls: FeedCall[]; startS: number }> {
  const file = 'stop_times.txt'
  const rows = new Map<
    string,
    { sequence: number; stopId: string; arrivalS?: number; departureS?: number }[]
  >()
  for (const row of files.required(file, [
    'trip_id',
    'arrival_time',
    'departure_time',
    'stop_id',
    'stop_sequence',
  ])) {
    const trip = row.get('trip_id')
    const where = `${file} line ${row.line}`
    const arrivalS = secondsFromTime(row.get('arrival_time'), where)
    const departureS = secondsFromTime(row.get('departure_time'), where)
    const ofTrip = rows.get(trip) ?? []
    rows.set(trip, ofTrip)
    ofTrip.push({
      sequence: numberOf(row, 'stop_sequence', file, 0, 1e9),
      stopId: row.get('stop_id'),
      arrivalS: arrivalS ?? departureS,
      departureS: departureS ?? arrivalS,
    })
  }
  const calls = new Map<string, { calls: FeedCall[]; startS: number }>()
  for (const [trip, ofTrip] of rows) {
    ofTrip.sort((a, b) => a.sequence - b.sequence)
    const startS = ofTrip[0].departureS
    if (startS === undefined || ofTrip[ofTrip.length - 1].arrivalS === undefined)
      throw new Error(`gtfs: ${file}: trip ${trip} has no time at its first or last stop`)
    spreadTimes(ofTrip)
    let lastS = ofTrip[0].arrivalS!
    for (const { arrivalS, departureS } of ofTrip) {
      if (arrivalS! < lastS || departureS! < arrivalS!)
        throw new Error(`gtfs: ${file}: trip ${trip} arrives before it left the stop before`)
      lastS = departureS!
    }
    const relative = ofTrip.map((call, i) => ({
      stopId: call.stopId,
      arrivalS: i === 0 ? 0 : call.arrivalS! - startS,
      departureS: call.departureS! - startS,
    }))
    calls.set(trip, { calls: relative, startS })
  }
  return calls
}

function spreadTimes(calls: { arrivalS?: number; departureS?: number }[]): void {
  let known = 0
  for (let i = 1; i < calls.length; i++) {
    if (calls[i].arrivalS === undefined) continue
    const fromS = calls[known].departureS!
    for (let j = known + 1; j < i; j++) {
      const timeS = Math.round(fromS + ((calls[i].arrivalS! - fromS) * (j - known)) / (i - known))
      calls[j].arrivalS = timeS
      calls[j].departureS = timeS
    }
    known = i
  }
}

/** Departures by trip, where a trip repeats. */
function readFrequencies(files: GtfsFiles): Map<string, number[]> {
  const file = 'frequencies.txt'
  const repeats = new Map<string, number[]>()
  for (const row of files.optional(file, ['trip_id', 'start_time', 'end_time', 'headway_secs'])) {
    const where = `${file} line ${row.line}`
    const startS = secondsFromTime(row.get('start_time'), where)
    const endS = secondsFromTime(row.get('end_time'), where)
    const headwayS = numberOf(row, 'headway_secs', file, 1, 1e6)
    if (startS === undefined || endS === undefined) throw new Error(`gtfs: ${where}: lacks a time`)
    if ((endS - startS) / headwayS > MAX_DEPARTURES)
      throw new Error(`gtfs: ${where}: has more than ${MAX_DEPARTURES} departures`)
    const departuresS = repeats.get(row.get('trip_id')) ?? []
    repeats.set(row.get('trip_id'), departuresS)
    for (let timeS = startS; timeS < endS; timeS += headwayS) departuresS.push(timeS)
  }
  return repeats
}
