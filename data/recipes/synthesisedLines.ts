/** Bus lines for a city whose stops name none: seeded terminals, and between them the lines that reach most stops not yet served. */
import { randomIndex } from '../../twin/kernel/random.ts'
import type { OnLink, PathFinder } from './busPaths.ts'
import { callsAlong, type BusPath } from './layLine.ts'
import type { Stop } from './stops.ts'

export interface SynthesisedLine {
  readonly name: string
  /** There and back. */
  readonly paths: readonly BusPath[]
}

/** One line for so many stops, within the range; assumed. */
const STOPS_PER_LINE = 12
const LINES_RANGE = [1, 40] as const
/** Terminals to choose from, at most; assumed. */
const MAX_TERMINALS = 30
/** A line is worth its new stops for each kilometre, with so many kilometres' worth of fixed cost; assumed. */
const FIXED_KM = 10
/** A stop already served counts this much of a new one: people change there. Assumed. */
const SERVED_WORTH = 0.15
/** Lines shorter or longer than this, metres, one way, are not made; assumed. */
const LENGTH_RANGE_M = [1500, 22_000] as const
const MIN_CALLS = 4

/** Lines along the network from the stops alone, best first; the same seed gives the same lines. */
export function synthesiseLines(
  stops: readonly Stop[],
  onLink: ReadonlyMap<number, readonly (OnLink & { stop: number })[]>,
  lengthM: Float32Array,
  findPaths: PathFinder,
  seed: number,
): SynthesisedLine[] {
  const terminals = farApart(stops, MAX_TERMINALS, seed)
  const positions = terminals.map((stop) => stops[stop].candidates[0])
  const ways = positions.map((from) => {
    const found = findPaths(from, positions, Infinity)
    return positions.map((_, to) => (found.costs[to] < Infinity ? found.linksTo(to) : []))
  })
  const options: { paths: BusPath[]; served: number[]; km: number }[] = []
  for (let a = 0; a < terminals.length; a++) {
    for (let b = a + 1; b < terminals.length; b++) {
      const paths = [ways[a][b], ways[b][a]].map((links) => trimmed(links, onLink, lengthM))
      if (paths.some((path) => path === undefined)) continue
      const both = paths as BusPath[]
      const km =
        both.reduce((sum, { links }) => sum + links.reduce((sum, link) => sum + lengthM[link], 0), 0) / 1000
      if (km * 500 < LENGTH_RANGE_M[0] || km * 500 > LENGTH_RANGE_M[1]) continue
      options.push({
        paths: both,
        km,
        served: [...new Set(both.flatMap(({ calls }) => calls.map(({ stop }) => stop)))],
      })
    }
  }
  const wanted = Math.min(Math.max(Math.round(stops.length / STOPS_PER_LINE), LINES_RANGE[0]), LINES_RANGE[1])
  const isServed = new Uint8Array(stops.length)
  const lines: SynthesisedLine[] = []
  while (lines.length < wanted && options.length > 0) {
    const worth = options.map(({ served, km }) => {
      const fresh = served.filter((stop) => !isServed[stop]).length
      return fresh === 0 ? 0 : (fresh + SERVED_WORTH * (served.length - fresh)) / (km + FIXED_KM)
    })
    const best = worth.reduce((best, value, option) => (value > worth[best] ? option : best), 0)
    if (worth[best] === 0) break
    const [{ paths, served }] = options.splice(best, 1)
    for (const stop of served) isServed[stop] = 1
    lines.push({ name: `${lines.length + 1}`, paths })
  }
  return lines
}

/** A path from its first stop to its last, with all it passes; undefined when those are too few. */
function trimmed(
  links: readonly number[],
  onLink: ReadonlyMap<number, readonly (OnLink & { stop: number })[]>,
  lengthM: Float32Array,
): BusPath | undefined {
  const calls = callsAlong(links, onLink, lengthM)
  const seen = new Set<number>()
  const once = calls.filter(({ stop }) => !seen.has(stop) && seen.add(stop))
  if (once.length < MIN_CALLS) return undefined
  const first = once[0].pathIndex
  return {
    links: links.slice(first, once[once.length - 1].pathIndex + 1),
    calls: once.map(({ stop, pathIndex, alongM }) => ({ stop, pathIndex: pathIndex - first, alongM })),
  }
}

/** Up to `count` stops, each the furthest from those before it, the first by lot. */
function farApart(stops: readonly Stop[], count: number, seed: number): number[] {
  if (stops.length === 0) return []
  const chosen = [randomIndex(stops.length, seed, 1)]
  const nearest = new Float64Array(stops.length).fill(Infinity)
  while (chosen.length < Math.min(count, stops.length)) {
    const last = stops[chosen[chosen.length - 1]]
    let furthest = 0
    stops.forEach((stop, row) => {
      nearest[row] = Math.min(nearest[row], (stop.xM - last.xM) ** 2 + (stop.yM - last.yM) ** 2)
      if (nearest[row] > nearest[furthest]) furthest = row
    })
    chosen.push(furthest)
  }
  return chosen
}
