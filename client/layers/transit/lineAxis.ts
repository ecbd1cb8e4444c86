/**
 * One direction of a line as an axis: its stops by their distance along the selected trip's path, and the plan of every trip of that
 * direction on it. A trip that takes another path is drawn at the stops it shares, as long as they come in the same order.
 */
import { dayBitOf } from '../../../twin/transit/calendar.ts'
import { secondOfDay } from '../../../twin/kernel/clock.ts'
import type { City } from '../../../twin/city.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'
import type { Course } from '../../charts/strings.ts'
import { perCity } from '../perCity.ts'

const DAY_S = 86_400

export interface LineAxis {
  readonly route: number
  readonly direction: number
  /** The pattern whose path the axis is. */
  readonly pattern: number
  readonly lengthM: number
  /** The links of the path, and where each begins on the axis. */
  readonly links: readonly number[]
  readonly linkStartsM: readonly number[]
  readonly stops: readonly { readonly name: string; readonly alongM: number }[]
  /** By pattern of this line and direction: its calls on the axis, seconds after the trip's start. */
  readonly calls: ReadonlyMap<number, readonly Call[]>
}

export interface Call {
  readonly arrivalS: number
  readonly departureS: number
  readonly alongM: number
}

const axesOf = perCity(() => new Map<number, LineAxis>())

export function lineAxis(city: City, pattern: number): LineAxis {
  const axes = axesOf(city)
  let axis = axes.get(pattern)
  if (axis === undefined) {
    axis = makeAxis(city, pattern)
    axes.set(pattern, axis)
  }
  return axis
}

function makeAxis(city: City, pattern: number): LineAxis {
  const timetable = city.timetable!
  const { patterns, stops } = timetable
  const route = patterns.route[pattern]
  const direction = patterns.directionId[pattern]
  const own = stopsAlong(city, timetable, pattern)
  const firstLink = patterns.firstLink[pattern]
  const links = [...timetable.patternLinks.link.subarray(firstLink, firstLink + patterns.linkCount[pattern])]
  let endM = 0
  const linkStartsM = links.map(
    (link) => (endM += city.network.links.lengthM[link]) - city.network.links.lengthM[link],
  )
  const placeOf = new Map<number, number>()
  for (const { stop, alongM } of own) if (!placeOf.has(stop)) placeOf.set(stop, alongM)
  const calls = new Map<number, Call[]>()
  patterns.route.forEach((candidate, other) => {
    if (candidate !== route || patterns.directionId[other] !== direction) return
    const onAxis =
      other === pattern
        ? own
        : stopsAlong(city, timetable, other).flatMap((call) => {
            const alongM = placeOf.get(call.stop)
            return alongM === undefined ? [] : [{ ...call, alongM }]
          })
    const rising = onlyRising(onAxis)
    if (rising.length > 1) calls.set(other, rising)
  })
  return {
    route,
    direction,
    pattern,
    lengthM: own.at(-1)?.alongM ?? 0,
    links,
    linkStartsM,
    stops: own.map(({ stop, alongM }) => ({ name: stops.name[stop], alongM })),
    calls,
  }
}

export interface PlannedTrip {
  readonly trip: number
  readonly pattern: number
  readonly startMs: number
  readonly planned: Course
}

/** Every trip of the axis's line and direction that the timetable has under way between two times, by the start of its way. */
export function tripsBetween(
  city: City,
  axis: LineAxis,
  { fromMs, toMs, utcOffsetS }: { fromMs: number; toMs: number; utcOffsetS: number },
): PlannedTrip[] {
  const { trips } = city.timetable!
  const clock = { tick: 0, startMs: fromMs, utcOffsetS }
  const midnightMs = fromMs - secondOfDay(clock) * 1000
  const found: PlannedTrip[] = []
  for (let trip = 0; trip < trips.pattern.length; trip++) {
    const calls = axis.calls.get(trips.pattern[trip])
    if (calls === undefined) continue
    const lastS = calls[calls.length - 1].departureS
    // yesterday's trips run past midnight, and the window may
    for (let days = -1; days <= 1; days++) {
      const startMs = midnightMs + (days * DAY_S + trips.departureS[trip]) * 1000
      if ((trips.days[trip] & dayBitOf(clock, days)) === 0) continue
      if (startMs + calls[0].arrivalS * 1000 > toMs || startMs + lastS * 1000 < fromMs) continue
      found.push({ trip, pattern: trips.pattern[trip], startMs, planned: plannedCourse(calls, startMs) })
    }
  }
  return found.toSorted((a, b) => a.planned[0].timeMs - b.planned[0].timeMs || a.trip - b.trip)
}

/** A trip's plan, through every stop at its times. */
export function plannedCourse(calls: readonly Call[], startMs: number): Course {
  return calls.flatMap(({ arrivalS, departureS, alongM }) => {
    const arrival = { timeMs: startMs + arrivalS * 1000, alongM }
    return departureS > arrivalS ? [arrival, { timeMs: startMs + departureS * 1000, alongM }] : [arrival]
  })
}

/** Where on the axis a vehicle is that drives a link of its path; a path may use a link twice, so the last use before `nextStop` counts. */
export function alongAxis(
  axis: LineAxis,
  nextIndex: number,
  { link, alongM }: { readonly link: number; readonly alongM: number },
): number | undefined {
  const before = axis.links.lastIndexOf(link, nextIndex)
  const index = before < 0 ? axis.links.indexOf(link) : before
  return index < 0 ? undefined : Math.min(axis.lengthM, axis.linkStartsM[index] + alongM)
}

/** A pattern's stops with their distance along its path. */
function stopsAlong(
  { network }: City,
  { patterns, patternStops, patternLinks }: Timetable,
  pattern: number,
): (Call & { readonly stop: number })[] {
  const first = patterns.firstStop[pattern]
  let onLink = 0
  let beforeM = 0
  return Array.from({ length: patterns.stopCount[pattern] }, (_, i) => {
    const at = first + i
    for (; onLink < patternStops.pathIndex[at]; onLink++)
      beforeM += network.links.lengthM[patternLinks.link[patterns.firstLink[pattern] + onLink]]
    return {
      stop: patternStops.stop[at],
      alongM: beforeM + patternStops.alongM[at],
      arrivalS: patternStops.arrivalS[at],
      departureS: patternStops.departureS[at],
    }
  })
}

/** Without the calls that lie behind an earlier one. */
function onlyRising<T extends Call>(calls: readonly T[]): T[] {
  let reachedM = -Infinity
  return calls.filter(({ alongM }) => {
    if (alongM < reachedM) return false
    reachedM = alongM
    return true
  })
}
