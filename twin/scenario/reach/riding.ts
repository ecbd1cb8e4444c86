/**
 * How long it takes on foot and by bus from one zone to all others, with one change at most: rounds over the lines as in RAPTOR
 * (Delling, Pajor and Werneck 2012), on frequencies: who comes to a stop waits half the time between two buses.
 */
import type { Timetable } from '../../transit/timetable.ts'

/** A metre of straight line a second: 1.3 m/s on ways 1.3 times as long as the straight line. Assumed. */
export const WALK_S_PER_M = 1
/** Farther nobody walks to or from a stop, and between two buses, metres of straight line. Assumed. */
const ACCESS_M = 900
const CHANGE_M = 250
const RIDES = 2

export interface Points {
  readonly xM: ArrayLike<number>
  readonly yM: ArrayLike<number>
}

/** What a city's lines are like in one run. */
export interface LineTimes {
  /** By pattern: seconds between two buses; Infinity when none runs. */
  readonly headwayS: Float64Array
  /** By pattern stop: seconds from the stop before, its dwell included; 0 at the first. */
  readonly rideS: Float64Array
  /** By stop: 1 where no bus stops. */
  readonly isLeftOut: Uint8Array
}

export interface Rider {
  /** Seconds from a zone to every zone; 0 to itself. */
  timesFrom(zone: number, lines: LineTimes): Float64Array
}

interface Near {
  readonly start: Uint32Array
  readonly row: Uint32Array
  readonly s: Float32Array
}

export function makeRider(timetable: Timetable | undefined, zones: Points): Rider {
  const zoneCount = zones.xM.length
  const stops: Points = timetable?.stops ?? { xM: [], yM: [] }
  const stopCount = stops.xM.length
  const toStops = nearOf(zones, stops, ACCESS_M)
  const toZones = nearOf(stops, zones, ACCESS_M)
  const between = nearOf(stops, stops, CHANGE_M)
  const before = new Float64Array(stopCount)
  const after = new Float64Array(stopCount)
  const ridden = new Float64Array(stopCount)

  function ride(from: Float64Array, to: Float64Array, { headwayS, rideS, isLeftOut }: LineTimes): void {
    const { patterns, patternStops } = timetable!
    for (let pattern = 0; pattern < headwayS.length; pattern++) {
      const waitS = headwayS[pattern] / 2
      if (waitS === Infinity) continue
      const first = patterns.firstStop[pattern]
      let onBoardS = Infinity
      for (let i = first; i < first + patterns.stopCount[pattern]; i++) {
        onBoardS += rideS[i]
        const stop = patternStops.stop[i]
        if (isLeftOut[stop] !== 0) continue
        if (onBoardS < to[stop]) to[stop] = onBoardS
        const boardS = from[stop] + waitS
        if (boardS < onBoardS) onBoardS = boardS
      }
    }
  }

  return {
    timesFrom(zone, lines) {
      const timeS = Float64Array.from({ length: zoneCount }, (_, to) => walkS(zones, zone, zones, to))
      timeS[zone] = 0
      if (timetable === undefined) return timeS
      before.fill(Infinity)
      for (let i = toStops.start[zone]; i < toStops.start[zone + 1]; i++)
        before[toStops.row[i]] = toStops.s[i]
      ridden.fill(Infinity)
      for (let round = 1; round <= RIDES; round++) {
        after.fill(Infinity)
        ride(before, after, lines)
        for (let stop = 0; stop < stopCount; stop++)
          if (after[stop] < ridden[stop]) ridden[stop] = after[stop]
        if (round === RIDES) break
        before.set(after)
        for (let stop = 0; stop < stopCount; stop++) {
          if (after[stop] === Infinity) continue
          for (let i = between.start[stop]; i < between.start[stop + 1]; i++) {
            const s = after[stop] + between.s[i]
            if (s < before[between.row[i]]) before[between.row[i]] = s
          }
        }
      }
      for (let stop = 0; stop < stopCount; stop++) {
        if (ridden[stop] === Infinity) continue
        for (let i = toZones.start[stop]; i < toZones.start[stop + 1]; i++) {
          const s = ridden[stop] + toZones.s[i]
          if (s < timeS[toZones.row[i]]) timeS[toZones.row[i]] = s
        }
      }
      return timeS
    },
  }
}

function walkS(a: Points, i: number, b: Points, j: number): number {
  return Math.sqrt((a.xM[i] - b.xM[j]) ** 2 + (a.yM[i] - b.yM[j]) ** 2) * WALK_S_PER_M
}

/** Of each point of `from`, those of `to` within `mostM`, with the walk there. */
function nearOf(from: Points, to: Points, mostM: number): Near {
  const start = new Uint32Array(from.xM.length + 1)
  const row: number[] = []
  const s: number[] = []
  for (let i = 0; i < from.xM.length; i++) {
    for (let j = 0; j < to.xM.length; j++) {
      if (Math.abs(from.yM[i] - to.yM[j]) > mostM) continue
      const walk = walkS(from, i, to, j)
      if (walk > mostM * WALK_S_PER_M) continue
      row.push(j)
      s.push(walk)
    }
    start[i + 1] = row.length
  }
  return { start, row: Uint32Array.from(row), s: Float32Array.from(s) }
}
