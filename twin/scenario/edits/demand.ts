/** Edits of who travels. */
import * as v from 'valibot'
import type { City } from '../../city.ts'
import { ringFromLngLats, rowsInRing } from '../../geo/polygon.ts'
import { NO_ZONE } from '../../traffic/zones.ts'
import type { LngLat } from '../../geo/projection.ts'
import { nodeAt, placeSchema, transformerAt, transformersIn } from '../area.ts'
import { areaSchema, editKind, type EditSetting } from '../editKind.ts'
import { refused } from '../refusals.ts'

/** Farther than this from any street nobody can be driven to, metres. */
const FARTHEST_M = 2000
/** Persons in a car to an event. Assumed; 2 to 3 is usual of leisure trips. */
const PERSONS_A_CAR = 2.5
/** When visitors set out, by steps of a quarter of an hour from an hour and a half before the beginning; and when they leave, from the end on. Assumed. */
const STEP_S = 900
const COMING = [0.05, 0.1, 0.2, 0.25, 0.2, 0.12, 0.08]
const COMING_FROM_S = -6 * STEP_S
const LEAVING = [0.4, 0.3, 0.15]
/** Whoever is still there then leaves at this share of the visitors in each step, until none stands there or three hours after the end. */
const LEAVING_LATE = 0.15
const LATEST_S = 3 * 3600
/**
 * Yearly energy a resident uses at home, and a job uses: what the made grid is designed for (1,200 kWh a resident at home, and
 * 2,000 kWh a resident for all else, at 0.45 jobs a resident).
 */
const WH_PER_RESIDENT = 1.2e6
const WH_PER_JOB = 2.0e6 / 0.45

/** All trips by car that begin while it holds, times a factor. */
export const changeDemand = editKind(
  'changeDemand',
  { factor: v.pipe(v.number(), v.minValue(0), v.maxValue(10)) },
  ({ factor }) => ({ settings: [{ target: 'carTripsFactor', row: 0, value: factor }] }),
)

/** Visitors come by car to a place before it begins and leave after it ends; how many of them come by car is said. */
export const holdEvent = editKind(
  'event',
  {
    at: placeSchema,
    attendance: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200_000)),
    carShare: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    personsPerCar: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(8))),
  },
  ({ at, attendance, carShare, personsPerCar = PERSONS_A_CAR, fromS = 0, untilS }, city) => {
    const node = nodeAt(city, at)
    if (node === undefined || node.distanceM > FARTHEST_M)
      return refused('farAway', {
        what: 'street',
        distanceM: Math.round(node?.distanceM ?? 0),
        mostM: FARTHEST_M,
      })
    const row = city.zones.nodes.zone[node.row]
    if (row === NO_ZONE) return refused('noZoneThere')
    const cars = (attendance * carShare) / personsPerCar
    const settings: EditSetting[] = []
    let before = 0
    COMING.forEach((share, step) => {
      const beginS = fromS + COMING_FROM_S + step * STEP_S
      const shareBefore = Math.min(1, Math.max(0, -beginS / STEP_S))
      before += share * shareBefore
      if (shareBefore === 1) return
      settings.push({
        target: 'visitorsComingPerH',
        row,
        value: (cars * share * 3600) / STEP_S,
        fromS: Math.max(0, beginS),
        untilS: beginS + STEP_S,
      })
    })
    if (before > 0)
      settings.push({ target: 'visitorsThere', row, value: cars * before, fromS: 0, untilS: Infinity })
    if (untilS === undefined) return { settings }
    const leaving = (share: number, beginS: number, endS: number) =>
      settings.push({
        target: 'visitorsLeavingPerH',
        row,
        value: (cars * share * 3600) / STEP_S,
        fromS: untilS + beginS,
        untilS: untilS + endS,
      })
    LEAVING.forEach((share, step) => leaving(share, step * STEP_S, (step + 1) * STEP_S))
    leaving(LEAVING_LATE, LEAVING.length * STEP_S, LATEST_S)
    return { settings }
  },
)

/** Residents and jobs come to an area or go from it, with their trips and their use of energy. */
export const changeHomesAndJobs = editKind(
  'homesAndJobs',
  {
    area: areaSchema,
    residentsAdded: v.optional(v.pipe(v.number(), v.minValue(-500_000), v.maxValue(500_000))),
    jobsAdded: v.optional(v.pipe(v.number(), v.minValue(-500_000), v.maxValue(500_000))),
  },
  ({ area, residentsAdded = 0, jobsAdded = 0 }, city) => {
    const shares = shareByZone(city, area)
    if (shares.size === 0) return refused('nothingThere', { what: 'street' })
    const { residents, jobs, name } = city.zones.zones
    const settings: EditSetting[] = []
    for (const [row, share] of shares) {
      if (residents[row] + share * residentsAdded < 0)
        return refused('tooFewThere', {
          what: 'residents',
          zone: name[row],
          count: Math.round(residents[row]),
        })
      if (jobs[row] + share * jobsAdded < 0)
        return refused('tooFewThere', { what: 'jobs', zone: name[row], count: Math.round(jobs[row]) })
      if (residentsAdded !== 0)
        settings.push({ target: 'residentsAdded', row, value: share * residentsAdded })
      if (jobsAdded !== 0) settings.push({ target: 'jobsAdded', row, value: share * jobsAdded })
    }
    return { settings: [...settings, ...energyOf(city, area, residentsAdded, jobsAdded)] }
  },
)

/** By zone its share of the crossings that lie in an area. */
function shareByZone({ projection, network, zones }: City, area: readonly LngLat[]): Map<number, number> {
  const nodes = rowsInRing(ringFromLngLats(projection, area), network.nodes.xM, network.nodes.yM)
  const known = nodes.map((node) => zones.nodes.zone[node]).filter((zone) => zone !== NO_ZONE)
  const shares = new Map<number, number>()
  for (const zone of known) shares.set(zone, (shares.get(zone) ?? 0) + 1 / known.length)
  return shares
}

/** At the transformers of the area, by their ratings; at the one nearest to its first corner when none stands in it. */
function energyOf(
  city: City,
  area: readonly LngLat[],
  residentsAdded: number,
  jobsAdded: number,
): EditSetting[] {
  const inside = transformersIn(city, area)
  const beside = transformerAt(city, area[0])
  if (city.grid === undefined || beside === undefined) return []
  const rows = inside.length > 0 ? inside : [beside.row]
  const { ratedVa } = city.grid.transformers
  const wholeVa = rows.reduce((sum, row) => sum + ratedVa[row], 0)
  return rows.flatMap((row) => {
    const share = ratedVa[row] / wholeVa
    const homes = share * residentsAdded * WH_PER_RESIDENT
    const work = share * jobsAdded * WH_PER_JOB
    return [
      ...(homes === 0 ? [] : [{ target: 'homesAddedWhPerYear', row, value: homes } as const]),
      ...(work === 0 ? [] : [{ target: 'workAddedWhPerYear', row, value: work } as const]),
    ]
  })
}
