/** Writes drawn bus lines as the timetable's columns: names, times, departures. */
import { hashText } from '../../twin/kernel/hash.ts'
import { randomIndex } from '../../twin/kernel/random.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Timetable } from '../../twin/transit/timetable.ts'
import type { OnLink } from './busPaths.ts'
import { callTimes, departuresThroughDay, paceAt, paces, peakHeadways } from './headways.ts'
import type { BusPath } from './layLine.ts'
import { makeStopNamer, type Stop } from './stops.ts'
import { nearestPlace, type NamedPlace } from './zoneNames.ts'

/** One direction of a line; the patterns of a line follow one another. */
export interface DrawnPattern {
  readonly line: string
  readonly directionId: number
  readonly path: BusPath
}

/** White: no line's colour is known. */
const ROUTE_COLOR = 0xffffff

/** The timetable of `drawn`, each at both paces; `position` says on which link each stop stands. Stops without a line are kept: they are there. */
export function writeTimetable(
  stops: readonly Stop[],
  position: readonly OnLink[],
  drawn: readonly DrawnPattern[],
  network: RoadNetwork,
  places: readonly NamedPlace[],
): Timetable {
  const { lengthM } = network.links
  const patterns = drawn.flatMap((pattern) => paces.map((pace) => ({ ...pattern, pace })))
  const nameOf = makeStopNamer(network)
  const nearest = (stop: number) => nearestPlace(places, stops[stop].xM, stops[stop].yM)
  const stopNames = stops.map(({ taggedName, code }, stop) => {
    const name = nameOf(taggedName, position[stop].link, position[stop].alongM)
    return name || nearest(stop) || code || `${stop + 1}`
  })
  const placeOf = (stop: number) => nearest(stop) || stopNames[stop]
  const lines = [...new Set(patterns.map(({ line }) => line))]
  const lengthOf = (line: string) =>
    Math.max(
      ...patterns
        .filter((pattern) => pattern.line === line)
        .map(({ path }) => path.links.reduce((sum, link) => sum + lengthM[link], 0)),
    )
  const headways = peakHeadways(lines.map(lengthOf))

  const longNames = lines.map((line) => {
    const { calls } = patterns.find((pattern) => pattern.line === line)!.path
    const ends = [calls[0], calls[calls.length - 1]].map(({ stop }) => placeOf(stop))
    return ends[0] === ends[1] ? [calls[0], calls[calls.length - 1]].map(({ stop }) => stopNames[stop]) : ends
  })
  const trips = patterns.flatMap(({ line, directionId, pace }, pattern) => {
    const peakMin = headways[lines.indexOf(line)]
    const offsetMin = randomIndex(peakMin, hashText(line), directionId)
    return departuresThroughDay(peakMin, offsetMin)
      .filter(({ departureS }) => paceAt(departureS) === pace)
      .map((departure) => ({ pattern, ...departure }))
  })
  const calls = patterns.flatMap(({ path, pace }) => {
    const times = callTimes(path, network, pace)
    return path.calls.map((call, i) => ({ ...call, ...times[i] }))
  })
  const firstOf = (length: (pattern: DrawnPattern) => number) => {
    let next = 0
    return Uint32Array.from(patterns, (pattern) => (next += length(pattern)) - length(pattern))
  }
  return {
    routes: {
      shortName: lines,
      longName: longNames.map((ends) => ends.join(' – ')),
      color: new Uint32Array(lines.length).fill(ROUTE_COLOR),
    },
    stops: {
      xM: Float32Array.from(stops, ({ xM }) => xM),
      yM: Float32Array.from(stops, ({ yM }) => yM),
      code: stops.map(({ code }) => code),
      name: stopNames,
      link: Uint32Array.from(position, ({ link }) => link),
      alongM: Float32Array.from(position, ({ alongM }) => alongM),
    },
    patterns: {
      route: Uint16Array.from(patterns, ({ line }) => lines.indexOf(line)),
      headsign: patterns.map(({ path }) => placeOf(path.calls[path.calls.length - 1].stop)),
      directionId: Uint8Array.from(patterns, ({ directionId }) => directionId),
      firstLink: firstOf(({ path }) => path.links.length),
      linkCount: Uint16Array.from(patterns, ({ path }) => path.links.length),
      firstStop: firstOf(({ path }) => path.calls.length),
      stopCount: Uint16Array.from(patterns, ({ path }) => path.calls.length),
    },
    patternLinks: { link: Uint32Array.from(patterns.flatMap(({ path }) => path.links)) },
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
