/** When buses run: times along a path from the network's speeds, and departures through the day from headways. All assumed, no line's real timetable is known. */
import { linkControls, type RoadNetwork } from '../../twin/traffic/network.ts'
import { dayBits } from '../../twin/transit/timetable.ts'
import type { BusPath } from './layLine.ts'

/** When a timetable allows more time: while the streets are busy, and when they are quiet. */
export const paces = ['busy', 'quiet'] as const
export type Pace = (typeof paces)[number]
/** What a bus makes of the posted speed between stops; assumed: quiet streets, and those that parking, crossings and queues slow by half. */
const SPEED_SHARE: Readonly<Record<Pace, number>> = { busy: 0.4, quiet: 0.7 }
/** Trips that begin between these hours are timed for busy streets; assumed, after the hours in which detectors read slow. */
const BUSY_HOURS = [6.5, 20] as const
/** Lost at a stop: doors, passengers, braking and pulling away, seconds; assumed, of the order of TCRP Report 165's 15 to 30 s. */
const DWELL_S = 20
/** Lost at the end of a link on average, by its control (linkControls), seconds; assumed. */
const CONTROL_DELAY_S: Readonly<Record<(typeof linkControls)[number], number>> = {
  none: 0,
  signal: 12,
  stop: 4,
  giveWay: 3,
  levelCrossing: 4,
}

/**
 * Minutes from bus to bus at the peak, by third of the lines from the longest to the shortest. Assumed, and shorter than
 * a real line's: each stands for all the variants of a line, of which Montevideo has 4 to 5, and for lines that no stop names.
 */
const PEAK_HEADWAYS_MIN = [8, 10, 15]
/** What multiplies them through a weekday, from each hour on; the last hour ends the service. Assumed. */
const WEEKDAY: readonly (readonly [hour: number, factor: number])[] = [
  [5, 2],
  [6, 1.3],
  [7, 1],
  [9, 1.4],
  [12, 1.2],
  [16, 1],
  [19, 1.5],
  [21, 2.5],
]
const SERVICE_ENDS_HOUR = 24
/** What multiplies them again on the other days; assumed. */
const DAY_FACTORS = { weekday: 1, saturday: 1.5, sunday: 2.2 } as const
/** No line runs less often than this, minutes; assumed. */
const MAX_HEADWAY_MIN = 60

export interface CallTime {
  readonly arrivalS: number
  readonly departureS: number
}

/** The pace of a trip that begins so many seconds after midnight. */
export function paceAt(departureS: number): Pace {
  return departureS >= BUSY_HOURS[0] * 3600 && departureS < BUSY_HOURS[1] * 3600 ? 'busy' : 'quiet'
}

/** Seconds after the trip's start at each call of a path; never decreasing, and 0 at the first. */
export function callTimes(path: BusPath, network: RoadNetwork, pace: Pace): CallTime[] {
  const { lengthM, freeSpeedMps, control } = network.links
  const speedShare = SPEED_SHARE[pace]
  const times: CallTime[] = []
  let timeS = 0
  let link = path.calls[0].pathIndex
  let alongM = path.calls[0].alongM
  path.calls.forEach((call, i) => {
    while (link < call.pathIndex) {
      const row = path.links[link]
      timeS +=
        (lengthM[row] - alongM) / (freeSpeedMps[row] * speedShare) +
        CONTROL_DELAY_S[linkControls[control[row]]]
      link++
      alongM = 0
    }
    timeS += (call.alongM - alongM) / (freeSpeedMps[path.links[link]] * speedShare)
    alongM = call.alongM
    const arrivalS = Math.round(timeS)
    const isEnd = i === 0 || i === path.calls.length - 1
    if (!isEnd) timeS += DWELL_S
    times.push({ arrivalS, departureS: isEnd ? arrivalS : Math.round(timeS) })
  })
  return times
}

export interface Departure {
  readonly departureS: number
  /** Bits of dayBits. */
  readonly days: number
}

/** The departures of a line whose peak headway is `peakMin`, the first `offsetMin` minutes into the service; whole minutes. */
export function departuresThroughDay(peakMin: number, offsetMin: number): Departure[] {
  const days = new Map<number, number>()
  for (const day of ['weekday', 'saturday', 'sunday'] as const) {
    let minute = WEEKDAY[0][0] * 60 + offsetMin
    while (minute < SERVICE_ENDS_HOUR * 60) {
      days.set(minute, (days.get(minute) ?? 0) | dayBits[day])
      const factor = WEEKDAY.reduce(
        (last, [hour, factor]) => (minute >= hour * 60 ? factor : last),
        WEEKDAY[0][1],
      )
      minute += Math.min(Math.round(peakMin * factor * DAY_FACTORS[day]), MAX_HEADWAY_MIN)
    }
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([minute, bits]) => ({ departureS: minute * 60, days: bits }))
}

/** The peak headway of each line, minutes, from the lines' lengths. */
export function peakHeadways(lengthsM: readonly number[]): number[] {
  const byLength = lengthsM.map((_, line) => line).sort((a, b) => lengthsM[b] - lengthsM[a] || a - b)
  const headways = lengthsM.map(() => 0)
  byLength.forEach((line, rank) => {
    headways[line] = PEAK_HEADWAYS_MIN[Math.floor((rank * PEAK_HEADWAYS_MIN.length) / byLength.length)]
  })
  return headways
}
