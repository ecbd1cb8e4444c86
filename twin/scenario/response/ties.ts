/**
 * How a feeder without supply can be taken over: tied whole to a feeder that has voltage and room, or, where none has room for all
 * of it, cut at one of its switches first, so that a part is. What it will draw is not known while it is dark: its share of the
 * yearly energy, of what the rest of the city draws now.
 */
import type { City } from '../../city.ts'
import { metresBetween } from '../../power/ties.ts'
import type { PowerGrid } from '../../power/grid.ts'
import type { CityNow } from './now.ts'

/** Above this share of its rating no feeder is loaded on purpose. */
export const MOST_LOADING = 1
/** Farther no cable is laid within minutes, metres; as of the edit that ties. */
const FARTHEST_M = 1000
/** Of a feeder's current; assumed. */
const POWER_FACTOR = 0.95

export interface TieWay {
  readonly feeder: number
  /** What takes it over. */
  readonly to: number
  /** Opened before, so that only what lies beyond it is taken over. */
  readonly breaker: number | undefined
  /** Customers who get supply again. */
  readonly customers: number
  /** Of the feeder that takes over, afterwards; its rating is 1. */
  readonly loadingRatio: number
  readonly distanceM: number
}

/**
 * Every way to take a dark feeder over, with room for it or without: whole to each feeder in reach, then cut at each of its
 * switches. Most customers first, and of those the least loaded. None of a feeder of which a part has supply again.
 */
export function tieWays(city: City, now: CityNow, feeder: number): TieWay[] {
  const { grid } = city
  if (grid === undefined || now.feeders.isEnergized[feeder] === 1) return []
  const ways: TieWay[] = []
  const all = partOf(grid, feeder)
  if (now.feeders.customersOut[feeder] < sumOver(grid, all, grid.transformers.customers)) return []
  const perWh = wattsPerWh(grid, now)
  const switches = switchesOf(grid, feeder)
  for (const end of endsInReach(grid, now, feeder))
    for (const breaker of [undefined, ...switches]) {
      const part = partWith(grid, feeder, end.bus, breaker)
      const customers = sumOver(grid, part, grid.transformers.customers)
      if (customers === 0 || (breaker !== undefined && part.size === all.size)) continue
      const addedW = energyOf(grid, part) * perWh
      const loadingRatio = (now.feeders.loadW[end.to] + addedW) / ratedW(grid, end.to)
      ways.push({ feeder, to: end.to, breaker, customers, loadingRatio, distanceM: end.distanceM })
    }
  return ways.sort(
    (a, b) =>
      b.customers - a.customers ||
      a.loadingRatio - b.loadingRatio ||
      a.to - b.to ||
      (a.breaker ?? -1) - (b.breaker ?? -1),
  )
}

/** The best of them that has room; undefined where none has. */
export function bestTieWay(city: City, now: CityNow, feeder: number): TieWay | undefined {
  return tieWays(city, now, feeder).find(({ loadingRatio }) => loadingRatio <= MOST_LOADING)
}

/** What a feeder may carry. */
export function ratedW({ feeders }: PowerGrid, feeder: number): number {
  return Math.sqrt(3) * feeders.nominalV[feeder] * feeders.ratedA[feeder] * POWER_FACTOR
}

interface End {
  /** The end of the dark feeder from which the cable goes, as the edit chooses it. */
  readonly bus: number
  readonly to: number
  readonly distanceM: number
}

/** By grid and feeder; where cables could go does not change. */
const known = new WeakMap<PowerGrid, Map<number, readonly End[]>>()

/** By feeder with voltage, the end of the dark one that lies nearest to it. */
function endsInReach(grid: PowerGrid, now: CityNow, feeder: number): readonly End[] {
  const ofGrid = known.get(grid) ?? new Map<number, readonly End[]>()
  known.set(grid, ofGrid)
  const ends = ofGrid.get(feeder) ?? allEnds(grid, feeder)
  ofGrid.set(feeder, ends)
  // one that is fed by a tie itself draws nothing at its own head
  return ends.filter(({ to }) => now.feeders.isEnergized[to] === 1 && now.feeders.loadW[to] > 0)
}

function allEnds(grid: PowerGrid, feeder: number): End[] {
  const { buses, feeders } = grid
  const isParent = new Set(buses.parentBus)
  const best = new Map<number, End>()
  const first = feeders.firstBus[feeder]
  // in the order in which the edit looks, so that of two as near it is the same
  for (let bus = first; bus < first + feeders.busCount[feeder]; bus++) {
    if (isParent.has(bus)) continue
    for (let other = 0; other < buses.feeder.length; other++) {
      const to = buses.feeder[other]
      if (to === feeder || feeders.nominalV[to] !== feeders.nominalV[feeder]) continue
      if (Math.abs(buses.xM[bus] - buses.xM[other]) > FARTHEST_M) continue
      const distanceM = metresBetween(grid, bus, other)
      if (distanceM <= FARTHEST_M && distanceM < (best.get(to)?.distanceM ?? Infinity))
        best.set(to, { bus, to, distanceM })
    }
  }
  return [...best.values()].sort((a, b) => a.to - b.to)
}

/** Switches within a feeder, but for the one at its head. */
function switchesOf({ breakers, buses, feeders }: PowerGrid, feeder: number): number[] {
  return Array.from(breakers.bus, (_, row) => row).filter(
    (row) => buses.feeder[breakers.bus[row]] === feeder && breakers.bus[row] !== feeders.firstBus[feeder],
  )
}

/** The buses of a feeder. */
function partOf({ feeders }: PowerGrid, feeder: number): Set<number> {
  const first = feeders.firstBus[feeder]
  return new Set(Array.from({ length: feeders.busCount[feeder] }, (_, at) => first + at))
}

/** The buses that hang together with one of them when a switch is open: what lies on its side. */
function partWith(grid: PowerGrid, feeder: number, bus: number, breaker: number | undefined): Set<number> {
  const all = partOf(grid, feeder)
  if (breaker === undefined) return all
  // in preorder a parent comes before its children: one walk says which side each is on
  const beyond = new Set<number>()
  for (const at of all)
    if (at === grid.breakers.bus[breaker] || beyond.has(grid.buses.parentBus[at])) beyond.add(at)
  return beyond.has(bus) ? beyond : new Set([...all].filter((at) => !beyond.has(at)))
}

function sumOver({ transformers }: PowerGrid, part: ReadonlySet<number>, values: ArrayLike<number>): number {
  let sum = 0
  for (let row = 0; row < transformers.bus.length; row++)
    if (part.has(transformers.bus[row])) sum += values[row]
  return sum
}

function energyOf({ transformers }: PowerGrid, part: ReadonlySet<number>): number {
  let sum = 0
  for (let row = 0; row < transformers.bus.length; row++)
    if (part.has(transformers.bus[row])) sum += whPerYear(transformers, row)
  return sum
}

function whPerYear(transformers: PowerGrid['transformers'], row: number): number {
  return (
    transformers.residentialWhPerYear[row] +
    transformers.commercialWhPerYear[row] +
    transformers.industrialWhPerYear[row] +
    transformers.publicWhPerYear[row]
  )
}

/** What those with supply draw now, for each Wh of a year. */
function wattsPerWh({ transformers }: PowerGrid, now: CityNow): number {
  let watts = 0
  let energy = 0
  for (let row = 0; row < transformers.bus.length; row++) {
    if (now.transformers.isEnergized[row] !== 1) continue
    watts += now.transformers.loadW[row]
    energy += whPerYear(transformers, row)
  }
  return energy > 0 ? watts / energy : 0
}
