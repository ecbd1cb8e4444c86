/**
 * Candidate answers to an incident, found in the grid, the streets and the timetable as they stand: which feeders take others over,
 * which signals give the way round more green, which links buses keep off. Doing nothing is one of them. All are possible.
 */
import type { City } from '../../city.ts'
import { resolveEdits, type ScenarioEdit } from '../edits.ts'
import { lostFeeders, withoutFeeders, type PlannedIncident } from './incident.ts'
import type { CityNow } from './now.ts'
import { busesOn, darkJunctions, signalsAround, THROUGH } from './streets.ts'
import { MOST_LOADING, ratedW, tieWays } from './ties.ts'

export const planIds = [
  'nothing',
  'ties',
  'tiesLargest',
  'tiesShed',
  'signals',
  'buses',
  'lanes',
  'hold',
  'all',
] as const
export type PlanId = (typeof planIds)[number]

export interface ResponsePlan {
  readonly id: PlanId
  readonly edits: readonly ScenarioEdit[]
}

/** Of each kind no more than a room can see to. */
const SIGNALS = 6
const JUNCTIONS = 5
const LARGEST = 3
const LANES = 12
const SHED = 0.1
/** How buses are held that have come too near the one ahead; assumed. */
const HOLD = { headwayShare: 0.8, mostS: 120, everyStops: 8 } as const

type Unnamed = ScenarioEdit extends infer E ? (E extends unknown ? Omit<E, 'id'> : never) : never

export function plansFor(city: City, now: CityNow, incident: PlannedIncident): ResponsePlan[] {
  const lost = lostFeeders(city, incident)
  const then = withoutFeeders(city, now, lost)
  const parts =
    incident.kind === 'busesLate' ? lineParts(city, then, incident.route) : placeParts(city, then, incident)
  const ties = tieEdits(city, then, lost, 1)
  const candidates: [PlanId, readonly Unnamed[]][] = [
    ['ties', ties],
    ['tiesLargest', ties.length > LARGEST ? ties.slice(0, LARGEST) : []],
    [
      'tiesShed',
      lost.length === 0
        ? []
        : [{ kind: 'demandResponse', share: SHED }, ...tieEdits(city, then, lost, 1 - SHED)],
    ],
    ['signals', parts.signals],
    ['buses', parts.buses],
    ['lanes', parts.lanes],
    ['hold', parts.hold],
  ]
  const possible = candidates.map(([id, edits]) => [id, possibleOf(city, edits)] as const)
  const kinds = possible.filter(
    ([id, edits]) => edits.length > 0 && id !== 'tiesLargest' && id !== 'tiesShed',
  )
  const all = kinds.length > 1 ? kinds.flatMap(([, edits]) => edits) : []
  const plans: (readonly [PlanId, readonly Unnamed[]])[] = [['nothing', []], ...possible, ['all', all]]
  return plans
    .filter(([id, edits]) => id === 'nothing' || edits.length > 0)
    .map(([id, edits]) => ({ id, edits: edits.map(named) }))
}

/** Each dark feeder taken over where there is room beside those before it, the largest first. `loadFactor` is what is left of all load. */
export function tieEdits(city: City, now: CityNow, lost: readonly number[], loadFactor: number): Unnamed[] {
  const { grid } = city
  if (grid === undefined) return []
  const addedW = new Map<number, number>()
  const bySize = [...lost].sort((a, b) => now.feeders.customersOut[b] - now.feeders.customersOut[a] || a - b)
  return bySize.flatMap((feeder): Unnamed[] => {
    const way = tieWays(city, now, feeder).find(
      ({ to, loadingRatio }) =>
        loadFactor * (loadingRatio + (addedW.get(to) ?? 0) / ratedW(grid, to)) <= MOST_LOADING,
    )
    if (way === undefined) return []
    const { to, breaker, loadingRatio } = way
    const takenW = loadingRatio * ratedW(grid, to) - now.feeders.loadW[to]
    addedW.set(to, (addedW.get(to) ?? 0) + takenW)
    const tie: Unnamed = { kind: 'closeTie', feeder, to }
    return breaker === undefined ? [tie] : [{ kind: 'openBreaker', breaker }, tie]
  })
}

interface Parts {
  readonly signals: readonly Unnamed[]
  readonly buses: readonly Unnamed[]
  readonly lanes: readonly Unnamed[]
  readonly hold: readonly Unnamed[]
}

/** Around what is dark, or around the ends of what is blocked. */
function placeParts(city: City, now: CityNow, incident: PlannedIncident): Parts {
  const { nodes, links, signals } = city.network
  const blocked = incident.kind === 'streetBlocked' ? incident.links : []
  const dark = darkJunctions(city, now).slice(0, JUNCTIONS)
  const places = [
    ...blocked
      .flatMap((link) => [links.fromNode[link], links.toNode[link]])
      .map((node) => [nodes.xM[node], nodes.yM[node]] as const),
    ...dark.map(({ signal }) => [signals.xM[signal], signals.yM[signal]] as const),
  ]
  const kept = [...new Set([...blocked, ...dark.flatMap((junction) => junction.links)])]
  const driven = busesOn(city, kept)
  return {
    signals: signalsAround(city, now, places).slice(0, SIGNALS).map(throughPlan),
    buses: driven.links.length === 0 ? [] : [{ kind: 'detourBuses', links: driven.links }],
    lanes: [],
    hold: [],
  }
}

/** Along a line: signals on its way, lanes of its own where it is slowest, and its buses held apart. */
function lineParts(city: City, now: CityNow, route: number): Parts {
  const rows = linksOfRoute(city, route)
  const { links, nodes } = city.network
  const ends = rows.map((link) => [nodes.xM[links.toNode[link]], nodes.yM[links.toNode[link]]] as const)
  const onWay = new Set(rows.map((link) => links.signal[link]))
  const slowness = (link: number) => links.freeSpeedMps[link] / Math.max(0.5, now.links.speedMps[link])
  const wide = rows
    .filter((link) => links.lanes[link] > 1)
    .sort((a, b) => slowness(b) - slowness(a) || a - b)
    .slice(0, LANES)
  return {
    signals: signalsAround(city, now, ends)
      .filter(({ signal }) => onWay.has(signal))
      .slice(0, SIGNALS)
      .map(throughPlan),
    buses: [],
    lanes: wide.length === 0 ? [] : [{ kind: 'busLane', links: [...wide].sort((a, b) => a - b) }],
    hold: [{ kind: 'holdBuses', route, ...HOLD }],
  }
}

function linksOfRoute({ timetable }: City, route: number): number[] {
  if (timetable === undefined) return []
  const { patterns, patternLinks } = timetable
  const links = new Set<number>()
  patterns.route.forEach((of, pattern) => {
    if (of !== route) return
    const first = patterns.firstLink[pattern]
    for (let at = first; at < first + patterns.linkCount[pattern]; at++) links.add(patternLinks.link[at])
  })
  return [...links].sort((a, b) => a - b)
}

function throughPlan({ signal }: { readonly signal: number }): Unnamed {
  return { kind: 'signalPlan', signal, ...THROUGH }
}

/** Those that this city can be given. */
function possibleOf(city: City, edits: readonly Unnamed[]): Unnamed[] {
  const list = edits.map(named)
  const refused = new Set(resolveEdits(list, city).refused.map(({ edit }) => edit.id))
  return edits.filter((_, i) => !refused.has(list[i].id))
}

function named(edit: Unnamed, i: number): ScenarioEdit {
  return { ...edit, id: `p${i + 1}` } as ScenarioEdit
}
