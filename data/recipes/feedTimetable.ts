/** Writes what was read of a GTFS feed as the timetable's columns. */
import type { Timetable } from '../../twin/transit/timetable.ts'
import type { Call } from './layLine.ts'
import type { StopPosition } from './stops.ts'

export interface FeedStop {
  readonly xM: number
  readonly yM: number
  readonly code: string
  readonly name: string
  candidates: readonly StopPosition[]
  /** Where it stands; one of the candidates. */
  position: StopPosition
}

export interface FeedRoute {
  readonly routeId: string
  readonly shortName: string
  readonly longName: string
  readonly color: number
}

export interface FeedPattern {
  readonly routeId: string
  readonly headsign: string
  readonly directionId: number
  readonly links: readonly number[]
  readonly calls: readonly (Call & { readonly arrivalS: number; readonly departureS: number })[]
  readonly trips: readonly { readonly departureS: number; readonly days: number }[]
}

const MAX_ROWS = 0xffff

/** Throws when there are more routes or patterns than a timetable holds. Routes without a pattern are left out. */
export function columnsOfFeed(
  stops: readonly FeedStop[],
  routes: readonly FeedRoute[],
  patterns: readonly FeedPattern[],
): Timetable {
  const used = new Set(patterns.map(({ routeId }) => routeId))
  const kept = routes.filter(({ routeId }) => used.has(routeId))
  const routeRow = new Map(kept.map(({ routeId }, row) => [routeId, row]))
  if (kept.length > MAX_ROWS || patterns.length > MAX_ROWS)
    throw new Error(
      `gtfs: got ${kept.length} routes and ${patterns.length} patterns, a timetable holds ${MAX_ROWS} of each`,
    )
  const calls = patterns.flatMap((pattern) => pattern.calls)
  const trips = patterns.flatMap((pattern, row) =>
    mergeDays(pattern.trips).map((trip) => ({ pattern: row, ...trip })),
  )
  const firstOf = (count: (pattern: FeedPattern) => number) => {
    let next = 0
    return Uint32Array.from(patterns, (pattern) => (next += count(pattern)) - count(pattern))
  }
  const clean = (text: string) => text.replaceAll('\n', ' ')
  return {
    routes: {
      shortName: kept.map(({ shortName }) => clean(shortName)),
      longName: kept.map(({ longName }) => clean(longName)),
      color: Uint32Array.from(kept, ({ color }) => color),
    },
    stops: {
      xM: Float32Array.from(stops, ({ xM }) => xM),
      yM: Float32Array.from(stops, ({ yM }) => yM),
      code: stops.map(({ code }) => clean(code)),
      name: stops.map(({ name }) => clean(name)),
      link: Uint32Array.from(stops, ({ position }) => position.link),
      alongM: Float32Array.from(stops, ({ position }) => position.alongM),
    },
    patterns: {
      route: Uint16Array.from(patterns, ({ routeId }) => routeRow.get(routeId)!),
      headsign: patterns.map(({ headsign }) => clean(headsign)),
      directionId: Uint8Array.from(patterns, ({ directionId }) => directionId),
      firstLink: firstOf(({ links }) => links.length),
      linkCount: Uint16Array.from(patterns, ({ links }) => links.length),
      firstStop: firstOf(({ calls }) => calls.length),
      stopCount: Uint16Array.from(patterns, ({ calls }) => calls.length),
    },
    patternLinks: { link: Uint32Array.from(patterns.flatMap(({ links }) => links)) },
    patternStops: {
      stop: Uint32Array.from(calls, ({ stop }) => stop),
      pathIndex: Uint16Array.from(calls, ({ pathIndex }) => pathIndex),
      alongM: Float32Array.from(calls, ({ alongM }) => alongM),
      arrivalS: Uint32Array.from(calls, ({ arrivalS }) => arrivalS),
      departureS: Uint32Array.from(calls, ({ departureS }) => departureS),
    },
    trips: {
      pattern: Uint16Array.from(trips, ({ pattern }) => pattern),
      departureS: Uint32Array.from(trips, ({ departureS }) => departureS),
      days: Uint8Array.from(trips, ({ days }) => days),
    },
  }
}

/** Departures in order; those at one time on different days are one trip. */
function mergeDays(trips: FeedPattern['trips']): { departureS: number; days: number }[] {
  const days = new Map<number, number>()
  for (const trip of trips) days.set(trip.departureS, (days.get(trip.departureS) ?? 0) | trip.days)
  return [...days].sort(([a], [b]) => a - b).map(([departureS, bits]) => ({ departureS, days: bits }))
}
