/**
 * What runs on a route whose buses come more or less often than planned. The trips of a line on a day are numbered as they set
 * out, 0, 1, 2, …, and between two of them time is taken as even; at `factor` times the headway a bus sets out at the numbers
 * 0, factor, 2 factor, …, by the plan of the trip before, so much later. At 2 that is every other trip, at 0.5 one more between
 * every two; at 1 it is the timetable itself.
 */
import type { Calendar } from './calendar.ts'
import { dayBits, type Timetable } from './timetable.ts'

/** Trips further apart than this are of two services, as before and after a night: none is put between them, seconds. Assumed. */
const BREAK_S = 2 * 3600

/** A bus that runs as a trip of the timetable does, `laterS` later. */
export interface Run {
  readonly trip: number
  readonly laterS: number
}

/** By seconds after midnight of the service day, the runs that set out then. */
export type Runs = ReadonlyMap<number, readonly Run[]>

/** Of every route whose factor is not 1, what runs; by bit of `dayBits`. */
export function runsOfEdited(
  timetable: Timetable,
  calendar: Calendar,
  headwayFactor: Float64Array,
): ReadonlyMap<number, Runs> {
  return new Map(
    Object.values(dayBits).map((bit) => [bit, runsOfDay(timetable, calendar, headwayFactor, bit)]),
  )
}

function runsOfDay(
  { patterns, patternStops, trips }: Timetable,
  calendar: Calendar,
  headwayFactor: Float64Array,
  bit: number,
): Runs {
  const lines = new Map<string, number[]>()
  calendar.trips.forEach((trip, i) => {
    const pattern = trips.pattern[trip]
    if (headwayFactor[patterns.route[pattern]] === 1 || (trips.days[trip] & bit) === 0) return
    // patterns of busy and of quiet hours are one line, branches of a route are not
    const first = patterns.firstStop[pattern]
    const stops = [first, first + patterns.stopCount[pattern] - 1].map((row) => patternStops.stop[row])
    const line = [patterns.route[pattern], patterns.directionId[pattern], ...stops].join(' ')
    lines.set(line, [...(lines.get(line) ?? []), i])
  })
  const runs = new Map<number, Run[]>()
  for (const line of lines.values()) {
    const factor = headwayFactor[patterns.route[trips.pattern[calendar.trips[line[0]]]]]
    forRunsOf(
      line.map((i) => calendar.setOutS[i]),
      factor,
      (k, laterS) => {
        const atS = calendar.setOutS[line[k]] + laterS
        runs.set(atS, [...(runs.get(atS) ?? []), { trip: calendar.trips[line[k]], laterS }])
      },
    )
  }
  return runs
}

/** Calls `run` with the place of a trip among those that set out at `setOutS`, rising, and how many seconds later than it a bus sets out. */
export function forRunsOf(
  setOutS: readonly number[],
  factor: number,
  run: (k: number, laterS: number) => void,
): void {
  let bus = 0
  for (let k = 0; k < setOutS.length; k++) {
    const gapS = k + 1 < setOutS.length ? setOutS[k + 1] - setOutS[k] : Infinity
    const isBreak = gapS > BREAK_S
    for (let i = 0; bus * factor < k + 1; i++, bus++) {
      if (!isBreak) run(k, Math.round((bus * factor - k) * gapS))
      else if (i === 0) run(k, 0)
    }
  }
}
