/**
 * The strings of a string diagram: where a trip is planned to be through time, and where it was, from its delays. A string never
 * goes back: what is seen later lies further along.
 */

export interface StringPoint {
  readonly timeMs: number
  readonly alongM: number
}

/** In the order of time; the place never falls. */
export type Course = readonly StringPoint[]

export interface DelaySample {
  readonly timeMs: number
  /** Behind the plan at that time. */
  readonly delayS: number
}

/** Where a course is at a time, straight between its points; undefined before its first and after its last. */
export function placeAt(course: Course, timeMs: number): number | undefined {
  const after = course.findIndex((point) => point.timeMs >= timeMs)
  if (after < 0) return undefined
  const b = course[after]
  if (b.timeMs === timeMs) return b.alongM
  if (after === 0) return undefined
  const a = course[after - 1]
  return a.alongM + ((timeMs - a.timeMs) / (b.timeMs - a.timeMs)) * (b.alongM - a.alongM)
}

/** When a course first reaches a place; undefined when it never does. */
export function timeAt(course: Course, alongM: number): number | undefined {
  const after = course.findIndex((point) => point.alongM >= alongM)
  if (after < 0) return undefined
  const b = course[after]
  if (b.alongM === alongM) return b.timeMs
  if (after === 0) return undefined
  const a = course[after - 1]
  return a.timeMs + ((alongM - a.alongM) / (b.alongM - a.alongM)) * (b.timeMs - a.timeMs)
}

/**
 * Where a trip was, from its plan and its delays: at each sample it is where the plan had it that much earlier. `end` is where it
 * is seen to be at last; nothing before lies beyond.
 */
export function drivenCourse(planned: Course, samples: readonly DelaySample[], end?: StringPoint): Course {
  const driven: StringPoint[] = []
  let reachedM = -Infinity
  for (const { timeMs, delayS } of samples) {
    if (end !== undefined && timeMs >= end.timeMs) break
    const planM = placeAt(planned, timeMs - delayS * 1000)
    if (planM === undefined) continue
    reachedM = Math.max(reachedM, Math.min(planM, end?.alongM ?? Infinity))
    driven.push({ timeMs, alongM: reachedM })
  }
  return end === undefined ? driven : [...driven, end]
}

/**
 * Between each vehicle and the one ahead of it, the time since that one was where this one is now, seconds, the foremost pair
 * first; where that was not seen there is none.
 */
export function gapsS(courses: readonly Course[], nowMs: number): number[] {
  const onTheWay = courses.filter((course) => course.at(-1)?.timeMs === nowMs)
  const ordered = onTheWay.toSorted((a, b) => b[b.length - 1].alongM - a[a.length - 1].alongM)
  return ordered.slice(1).flatMap((course, i) => {
    const passedMs = timeAt(ordered[i], course[course.length - 1].alongM)
    return passedMs === undefined ? [] : [(nowMs - passedMs) / 1000]
  })
}

/** Which of the labels along an axis are shown: the ends first, then each, in the order given, that keeps `apart` from those. */
export function shownLabels(places: readonly number[], apart: number): number[] {
  const last = places.length - 1
  const shown: number[] = []
  const order = [0, last, ...places.keys()].filter((i) => i >= 0)
  for (const i of order) {
    if (shown.every((other) => Math.abs(places[other] - places[i]) >= apart)) shown.push(i)
  }
  return shown.toSorted((a, b) => a - b)
}
