/** The step of the buses: those that pass the streets reached, and those whose own line was edited. */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import { rowKindOf } from '../setting.ts'
import { departureOf } from './departure.ts'
import type { EditFound } from './editSteps.ts'
import { rounded, sharedOut, stepOf, type Runs } from './measure.ts'
import type { MechanismId } from './mechanisms.ts'
import type { CauseStep } from './step.ts'
import type { Trace } from './trace.ts'

const LEAST_DELAY_S = 15
const NAMED_ROUTES = 5

const ofBuses: readonly ScenarioEdit['kind'][] = [
  'busFrequency',
  'holdBuses',
  'closeStop',
  'detourBuses',
  'busLane',
]

/** `road` is the step of the streets in `region`, if the edits reach any. */
export function busStep(
  city: City,
  base: Trace,
  edited: Trace,
  region: readonly number[],
  road: CauseStep | undefined,
  all: readonly EditFound[],
): CauseStep | undefined {
  const { timetable } = city
  const edits = all.filter(({ edit }) => ofBuses.includes(edit.kind))
  if (timetable === undefined) return undefined
  const { patterns, patternLinks, patternStops, trips, routes } = timetable
  const isReached = new Set(region)
  const isEdited = { route: new Set<number>(), stop: new Set<number>(), link: new Set<number>() }
  for (const { settings } of edits) {
    for (const { target, row } of settings) {
      const of = rowKindOf(target)
      if (of === 'route' || of === 'stop') isEdited[of].add(row)
      else isEdited.link.add(row)
    }
  }
  const linksOf = (pattern: number) => {
    const first = patterns.firstLink[pattern]
    return patternLinks.link.subarray(first, first + patterns.linkCount[pattern])
  }
  const stopsOf = (pattern: number) => {
    const first = patterns.firstStop[pattern]
    return patternStops.stop.subarray(first, first + patterns.stopCount[pattern])
  }
  const isOfEdit = Array.from(
    patterns.route,
    (route, pattern) =>
      isEdited.route.has(route) ||
      linksOf(pattern).some((link) => isEdited.link.has(link)) ||
      stopsOf(pattern).some((stop) => isEdited.stop.has(stop)),
  )
  const passes = isOfEdit.map((isOf, pattern) => isOf || linksOf(pattern).some((link) => isReached.has(link)))
  const byRoute = new Map<number, { sums: Runs; buses: Float64Array; isOfEdit: boolean }>()
  for (let look = 0; look < base.looks; look++) {
    const before = delaysAt(base, look)
    for (const [trip, afterS] of delaysAt(edited, look)) {
      const beforeS = before.get(trip)
      const pattern = trips.pattern[trip]
      if (beforeS === undefined || !passes[pattern]) continue
      const route = patterns.route[pattern]
      const known = byRoute.get(route) ?? {
        sums: { base: new Float64Array(base.looks), edited: new Float64Array(base.looks) },
        buses: new Float64Array(base.looks),
        isOfEdit: false,
      }
      known.sums.base[look] += beforeS
      known.sums.edited[look] += afterS
      known.buses[look]++
      known.isOfEdit ||= isOfEdit[pattern]
      byRoute.set(route, known)
    }
  }
  // a mean over all that pass would hide the few lines that stand still
  const parted = [...byRoute].filter(([, { sums, buses }]) => {
    const { base: b, edited: e } = means(sums, buses)
    return departureOf(b, e, LEAST_DELAY_S) !== undefined
  })
  const together = (pick: (sums: Runs) => Float64Array) =>
    Float64Array.from({ length: base.looks }, (_, look) =>
      parted.reduce((sum, [, { sums }]) => sum + pick(sums)[look], 0),
    )
  const buses = Float64Array.from({ length: base.looks }, (_, look) =>
    parted.reduce((sum, [, route]) => sum + route.buses[look], 0),
  )
  const runs = means({ base: together((sums) => sums.base), edited: together((sums) => sums.edited) }, buses)
  const named = parted
    .map(([route, { sums, buses: ofRoute, isOfEdit: isOf }]) => {
      const { base: b, edited: e } = means(sums, ofRoute)
      return { route, isOf, base: meanOf(b), edited: meanOf(e), change: meanOf(e) - meanOf(b) }
    })
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.route - b.route)
  const weightOf = (isOf: boolean) =>
    named.reduce((sum, each) => sum + (each.isOf === isOf ? Math.abs(each.change) : 0), 0)
  const ofWorst = [...patterns.route.keys()].filter((pattern) => patterns.route[pattern] === named[0]?.route)
  const links = [...new Set(ofWorst.flatMap((pattern) => [...linksOf(pattern)]))]
  const onReached = links.filter((link) => isReached.has(link))
  const causes = sharedOut([
    [road?.id, 'congestionDelaysBuses', weightOf(false)],
    ...edits.map(({ step }): [string, MechanismId, number] => [
      step.id,
      'busEdit',
      weightOf(true) / edits.length,
    ]),
  ])
  return stepOf(base, {
    id: 'buses',
    kind: 'buses',
    unit: 's',
    least: LEAST_DELAY_S,
    runs,
    count: parted.length,
    places: [{ table: 'traffic.links', rows: onReached.length > 0 ? onReached : links }],
    routes: named.slice(0, NAMED_ROUTES).map(({ route, base: b, edited: e }) => ({
      name: routes.shortName[route],
      base: rounded(b),
      edited: rounded(e),
    })),
    from: causes,
  })
}

/** Seconds behind the timetable at a look, by trip. */
function delaysAt({ buses }: Trace, look: number): Map<number, number> {
  const found = new Map<number, number>()
  for (let row = buses.start[look]; row < buses.start[look + 1]; row++)
    found.set(buses.trip[row], buses.delayS[row])
  return found
}

/** By look, means over the buses there; while there are none, as they were. */
function means(sums: Runs, buses: Float64Array): Runs {
  const of = (sum: Float64Array) => {
    let last = 0
    return sum.map((all, look) => (last = buses[look] > 0 ? all / buses[look] : last))
  }
  return { base: of(sums.base), edited: of(sums.edited) }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
