/** Lays one direction of a bus line onto the network: its path, and its stops in order along it, gaps filled with the stops it passes. */
import type { OnLink, PathFinder } from './busPaths.ts'
import type { CorridorPoint } from './busLines.ts'
import type { CompletedCorridor } from './lineEnds.ts'
import type { LinkFinder } from './linkFinder.ts'
import { matchPath, type MatchPoint } from './matchPath.ts'
import type { Stop } from './stops.ts'

/** A stop where it stands on a path. */
export interface Call {
  readonly stop: number
  readonly pathIndex: number
  readonly alongM: number
}

export interface BusPath {
  readonly links: readonly number[]
  readonly calls: readonly Call[]
}

/** What was found, and what it took. */
export interface LaidLine {
  readonly path: BusPath
  /** Stops named by the tags that lie on the path, and those that fit no path. */
  readonly known: number
  readonly dropped: number
  /** Runs of missing stops between or beyond known ones, the stops missing in them, and the stops put there. */
  readonly gaps: number
  readonly missing: number
  readonly filled: number
}

/** Metres from stop to stop that a line is expected to make, one with another: Montevideo's tagged neighbours have a median of 248 m. */
const STOP_SPACING_M = 300
/** Leaving a known stop out is worth this much detour, and leaving out a mere hint from the other direction this much, metres; assumed. */
const SKIP_STOP_M = 600
const SKIP_HINT_M = 150
/** A hint pulls in streets this far off, metres: the other direction may run a block away. Assumed. */
const HINT_REACH_M = 160
const HINT_CANDIDATES = 6
/** A metre off a hint costs this much detour; assumed. */
const HINT_OFF_COST = 1.5
/** Stops of one line are at least this far apart, metres; assumed. */
const MIN_SPACING_M = 70
/** Two known stops nearer than this, metres, are one mapped twice. */
const MIN_APART_M = 5

/** The corridor's points as one direction of the line meets them: its own stops, and hints where it has none. */
export function pointsOfDirection(
  corridor: CompletedCorridor,
  direction: 0 | 1,
): { points: CorridorPoint[]; isHint: boolean[] } {
  const sorted = direction === 0 ? [...corridor.points] : [...corridor.points].reverse()
  const isOwn = (point: CorridorPoint) => point.direction === direction && !corridor.assumedEnds.has(point)
  const own = sorted.filter(isOwn)
  const points = sorted.filter(
    (point) =>
      isOwn(point) ||
      corridor.assumedEnds.has(point) ||
      own.every((other) => Math.abs(other.order - point.order) > 1.5),
  )
  return { points, isHint: points.map((point) => !isOwn(point)) }
}

/** Lays points along the network; undefined when they make no path. `onLink` holds the stops by the link each stands on. */
export function layLine(
  points: readonly CorridorPoint[],
  isHint: readonly boolean[],
  stops: readonly Stop[],
  findLinks: LinkFinder,
  findPaths: PathFinder,
) {
  const rows = points.map((point, i): MatchPoint => {
    const stop = stops[point.stop]
    const near = isHint[i] ? findLinks(stop.xM, stop.yM, HINT_REACH_M).slice(0, HINT_CANDIDATES) : []
    return {
      xM: stop.xM,
      yM: stop.yM,
      dueM: Math.abs(point.order - points[0].order) * STOP_SPACING_M,
      candidates: isHint[i]
        ? near.map((at) => ({ ...at, penaltyM: at.offM * HINT_OFF_COST }))
        : stop.candidates,
      skipM: isHint[i] ? SKIP_HINT_M : SKIP_STOP_M,
    }
  })
  return matchPath(rows, findPaths)
}

/** The stops a path passes, in order, each with its distance from the path's start. */
export function callsAlong(
  links: readonly number[],
  onLink: ReadonlyMap<number, readonly (OnLink & { stop: number })[]>,
  lengthM: Float32Array,
): (Call & { distanceM: number })[] {
  const calls: (Call & { distanceM: number })[] = []
  let startM = 0
  links.forEach((link, pathIndex) => {
    for (const { stop, alongM } of onLink.get(link) ?? [])
      calls.push({ stop, pathIndex, alongM, distanceM: startM + alongM })
    startM += lengthM[link]
  })
  return calls
}

/** An end of a gap: a known stop or the path's end, with its place in the line's order. */
export interface Anchor {
  readonly distanceM: number
  readonly order: number
  /** Undefined at a mere hint. */
  readonly call: Call | undefined
}

/**
 * All calls of a path: those known, and between them as many of the stops passed as the order says are missing (or as
 * there are), spread evenly.
 */
export function fillCalls(
  anchors: readonly Anchor[],
  passed: readonly (Call & { distanceM: number })[],
): Omit<LaidLine, 'path' | 'dropped'> & { calls: Call[] } {
  const calls: Call[] = []
  let gaps = 0
  let missing = 0
  let filled = 0
  let known = 0
  let lastM = -Infinity
  const used = new Set(anchors.flatMap(({ call }) => (call ? [call.stop] : [])))
  // Hints bound nothing: what counts is from one known stop (or end of the path) to the next.
  const ends = anchors.filter(({ call }, i) => call || i === 0 || i === anchors.length - 1)
  ends.forEach((end, i) => {
    if (i > 0) {
      const from = ends[i - 1]
      const isOpen = Number(from.call === undefined) + Number(end.call === undefined)
      const due = Math.max(Math.round(Math.abs(end.order - from.order)) - 1 + isOpen, 0)
      const between = passed.filter(
        ({ stop, distanceM }) =>
          !used.has(stop) &&
          (from.call === undefined || distanceM >= from.distanceM + MIN_SPACING_M) &&
          (end.call === undefined || distanceM <= end.distanceM - MIN_SPACING_M),
      )
      const chosen = chooseEvenly(between, due, from.distanceM, end.distanceM)
      if (due > 0) gaps++
      missing += due
      filled += chosen.length
      for (const { stop, pathIndex, alongM } of chosen) {
        used.add(stop)
        calls.push({ stop, pathIndex, alongM })
      }
    }
    if (end.call && end.distanceM >= lastM + MIN_APART_M) {
      calls.push(end.call)
      known++
      lastM = end.distanceM
    }
  })
  return { calls, known, gaps, missing, filled }
}

/** At most `count` of the stops, in order, near to even spacing and never closer than MIN_SPACING_M. */
function chooseEvenly<T extends { distanceM: number }>(
  stops: readonly T[],
  count: number,
  fromM: number,
  toM: number,
): T[] {
  const spaced: T[] = []
  for (const stop of stops) {
    const last = spaced[spaced.length - 1]
    if (last === undefined || stop.distanceM - last.distanceM >= MIN_SPACING_M) spaced.push(stop)
  }
  if (spaced.length <= count) return spaced
  const chosen: T[] = []
  let next = 0
  for (let k = 1; k <= count; k++) {
    const wantedM = fromM + ((toM - fromM) * k) / (count + 1)
    // Leaves enough stops for the places still to come.
    const last = spaced.length - (count - k) - 1
    let best = next
    for (let i = next; i <= last; i++) {
      if (Math.abs(spaced[i].distanceM - wantedM) < Math.abs(spaced[best].distanceM - wantedM)) best = i
    }
    chosen.push(spaced[best])
    next = best + 1
  }
  return chosen
}
