/** Begins a city in the middle of its normal life, from the half-hour states of `warm.bin.gz`. */
import type { City } from './city.ts'
import { dayOfWeek, secondOfDay } from './kernel/clock.ts'
import { exp, log } from './kernel/math.ts'
import { randomUnit } from './kernel/random.ts'
import type { WarmTraffic } from './traffic/warm.ts'
import { makeCalendar } from './transit/calendar.ts'
import { forTripsUnderWay } from './transit/onTheWay.ts'
import { NO_TRIP } from './transit/tables.ts'
import { createTwin, type Twin, type TwinOptions } from './twin.ts'
import { WARM_EVERY_S, WARM_STATES, type WarmDay, type WarmState } from './warmFile.ts'

// Queues and plans find themselves in this time before the first frame, seconds. Assumed; see public/docs/couplings.md.
const SETTLE_S = 120

/**
 * A city at `options.startMs` with that hour's life on its streets. Its tick 0 lies SETTLE_S earlier (see `clock.startMs`), so
 * that queues have formed by the moment asked for. Without a warm day the roads begin empty.
 */
export function createWarmTwin(city: City, warm: WarmDay | undefined, options: TwinOptions): Twin {
  if (warm === undefined) return createTwin(city, options)
  const twin = createTwin(city, { ...options, startMs: options.startMs - SETTLE_S * 1000 })
  startWarm(twin, warm, options.seed ?? city.info.seed, options.demandFactor ?? 1)
  twin.advance(SETTLE_S)
  return twin
}

/**
 * Puts the life of the twin's time of day on its empty roads: vehicles of the two stored states about it, each state the more
 * the nearer it is, so that the number lies between theirs; at weekends as many as a weekend has. Buses stand where their
 * timetable and their usual delay put them. Throws when the warm day is of another network.
 */
export function startWarm(twin: Twin, warm: WarmDay, seed: number, demandFactor = 1): void {
  const { city, clock, traffic, transit } = twin
  const at = secondOfDay(clock) / WARM_EVERY_S
  const before = Math.floor(at) % WARM_STATES
  const after = (before + 1) % WARM_STATES
  const share = at - Math.floor(at)
  const day = dayOfWeek(clock)
  const ofDay = day === 6 ? warm.sunday : day === 5 ? warm.saturday : undefined
  const dayFactor = ofDay === undefined ? 1 : ofDay[before] * (1 - share) + ofDay[after] * share
  const states = [warm.states[before], warm.states[after]] as const
  const factor =
    dayFactor * demandFactor * bend(states[0].traffic.link.length, states[1].traffic.link.length, share)
  traffic.importWarm(mixTraffic(states[0].traffic, states[1].traffic, share, factor, seed))
  if (city.timetable === undefined) return
  const delayOf = usualDelays(share < 0.5 ? states[0] : states[1])
  forTripsUnderWay(city.timetable, makeCalendar(city.timetable), clock, (trip, midnightTick) => {
    transit.resume(trip, midnightTick, delayOf(trip), clock)
  })
}

/** A morning grows by shares, not by numbers: the geometric mean of two counts over their arithmetic one, weighted by `share`. */
function bend(before: number, after: number, share: number): number {
  if (before === 0 || after === 0) return 1
  return exp((1 - share) * log(before) + share * log(after)) / ((1 - share) * before + share * after)
}

/** What a running twin would store of this moment. */
export function warmStateOf({ traffic, transit }: Twin): WarmState {
  const { trip, delayS } = transit.vehicles.columns
  const rows: number[] = []
  for (let row = 0; row < transit.vehicles.rows; row++) if (trip[row] !== NO_TRIP) rows.push(row)
  rows.sort((a, b) => trip[a] - trip[b])
  return {
    traffic: traffic.exportWarm(),
    trip: Uint32Array.from(rows, (row) => trip[row]),
    delayS: Int16Array.from(rows, (row) => Math.max(-32768, Math.min(32767, Math.round(delayS[row])))),
  }
}

/**
 * A state between two: each vehicle of the first with chance 1 − share, of the second with chance share, both times `factor`
 * (above 1 some are there twice). Both are sorted by lane, front first, and so is the mixture.
 */
export function mixTraffic(
  first: WarmTraffic,
  second: WarmTraffic,
  share: number,
  factor: number,
  seed: number,
): WarmTraffic {
  const sources = [first, second]
  const chances = [(1 - share) * factor, share * factor]
  const taken: { source: WarmTraffic; row: number }[] = []
  const next = [0, 0]
  while (next[0] < first.link.length || next[1] < second.link.length) {
    const s = isBefore(first, next[0], second, next[1]) ? 0 : 1
    const row = next[s]++
    const count = Math.floor(chances[s] + randomUnit(seed, row, s, 77))
    for (let copy = 0; copy < count; copy++) taken.push({ source: sources[s], row })
  }
  const mix = (a: Uint8Array, b: Uint8Array) =>
    Uint8Array.from(a, (value, link) => Math.round(value * (1 - share) + b[link] * share))
  return {
    link: Uint32Array.from(taken, ({ source, row }) => source.link[row]),
    lane: Uint8Array.from(taken, ({ source, row }) => source.lane[row]),
    destination: Uint16Array.from(taken, ({ source, row }) => source.destination[row]),
    leftS: Uint8Array.from(taken, ({ source, row }) => source.leftS[row]),
    slowness: mix(first.slowness, second.slowness),
    flow: mix(first.flow, second.flow),
  }
}

/** Whether row i of a comes before row j of b: by link, by lane, the front first. */
function isBefore(a: WarmTraffic, i: number, b: WarmTraffic, j: number): boolean {
  if (i >= a.link.length) return false
  if (j >= b.link.length) return true
  if (a.link[i] !== b.link[j]) return a.link[i] < b.link[j]
  if (a.lane[i] !== b.lane[j]) return a.lane[i] < b.lane[j]
  return a.leftS[i] <= b.leftS[j]
}

/** How late a trip is at this time of day: as stored, or as late as the others were on average. */
function usualDelays({ trip, delayS }: WarmState): (trip: number) => number {
  const stored = new Map<number, number>()
  let sum = 0
  trip.forEach((row, i) => {
    stored.set(row, delayS[i])
    sum += delayS[i]
  })
  const meanS = trip.length > 0 ? sum / trip.length : 0
  return (row) => stored.get(row) ?? meanS
}
