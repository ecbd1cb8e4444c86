/** What can be done on the streets: greens for the main street where a way round leads, buses kept off what stands, cars kept out of side streets. */
import type { City } from '../../city.ts'
import type { CityNow } from './now.ts'
import { DARK } from './now.ts'

/** A way round is sought no farther than this, metres; assumed. */
const REACH_M = 1500
/** The plan that lets most through a main street: a long cycle, most of it for the main stage. Assumed. */
export const THROUGH = { cycleS: 100, mainGreenShare: 0.7 } as const

export interface SignalChoice {
  readonly signal: number
  /** Vehicles an hour that pass it now. */
  readonly flowVph: number
}

/** Signals with supply around some places, the busiest first. */
export function signalsAround(
  { network }: City,
  now: CityNow,
  places: readonly (readonly [xM: number, yM: number])[],
): SignalChoice[] {
  const { xM, yM } = network.signals
  const flowVph = new Float64Array(xM.length)
  const { signal } = network.links
  for (let link = 0; link < signal.length; link++)
    if (signal[link] >= 0) flowVph[signal[link]] += now.links.flowVph[link]
  const isNear = (row: number) =>
    places.some(([atX, atY]) => (xM[row] - atX) ** 2 + (yM[row] - atY) ** 2 <= REACH_M ** 2)
  return Array.from(xM, (_, row) => ({ signal: row, flowVph: flowVph[row] }))
    .filter(({ signal: row, flowVph }) => flowVph > 0 && now.signals.mode[row] !== DARK && isNear(row))
    .sort((a, b) => b.flowVph - a.flowVph || a.signal - b.signal)
}

/** Where signals are dark, with the links that lead to each; the busiest first. */
export function darkJunctions(
  { network }: City,
  now: CityNow,
): { readonly signal: number; readonly links: readonly number[]; readonly flowVph: number }[] {
  const { signal } = network.links
  const links = new Map<number, number[]>()
  for (let link = 0; link < signal.length; link++)
    if (signal[link] >= 0 && now.signals.mode[signal[link]] === DARK)
      links.set(signal[link], [...(links.get(signal[link]) ?? []), link])
  return [...links]
    .map(([row, rows]) => ({
      signal: row,
      links: rows,
      flowVph: rows.reduce((sum, link) => sum + now.links.flowVph[link], 0),
    }))
    .sort((a, b) => b.flowVph - a.flowVph || a.signal - b.signal)
}

/** Which of some links buses drive on, and the routes that do. */
export function busesOn(
  { timetable }: City,
  links: readonly number[],
): { readonly links: number[]; readonly routes: number[] } {
  if (timetable === undefined) return { links: [], routes: [] }
  const asked = new Set(links)
  const driven = new Set<number>()
  const routes = new Set<number>()
  const { patterns, patternLinks } = timetable
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    const first = patterns.firstLink[pattern]
    for (let at = first; at < first + patterns.linkCount[pattern]; at++) {
      const link = patternLinks.link[at]
      if (!asked.has(link)) continue
      driven.add(link)
      routes.add(patterns.route[pattern])
    }
  }
  return { links: [...driven].sort((a, b) => a - b), routes: [...routes].sort((a, b) => a - b) }
}

/** The narrower of the streets that lead to a junction: those that cross the main one. */
export function sideStreets({ network }: City, links: readonly number[]): number[] {
  const widest = Math.min(...links.map((link) => network.links.roadClass[link]))
  return links.filter((link) => network.links.roadClass[link] > widest)
}
