/** Which worlds a city's proof needs: days whose demand and incidents nobody is told of, and members that guess at them. */
import { matchSites } from '../../../data/recipes/calibration.ts'
import { readDetectors } from '../../../server/commands/readDetectors.ts'
import type { City } from '../../../twin/city.ts'
import { memberDraw } from '../../../twin/forecast/member.ts'
import type { Variation } from '../../../twin/kernel/variation.ts'
import { cases } from '../../fixtures/cases.ts'
import { drawIncidents, drawSites, type WorldSpec } from './world.ts'

export interface Plan {
  readonly cityId: string
  readonly members: readonly WorldSpec[]
  readonly truths: readonly WorldSpec[]
  /** Forecasts are made from this reading on. */
  readonly firstReading: number
}

const HOUR_S = 3600
/** A Monday (29 April 2024); members live on the Wednesday after it. */
const MONDAY = 19_842
/** What each hidden day is drawn from: seeds of demand and of incidents, the day's number added. */
export const HIDDEN_SEED = 77
export const INCIDENT_SEED = 5000
const MEMBER_SEED = 11
const MEMBER_INCIDENT_SEED = 1000
const HIDDEN_SPREAD = { demandRatio: 0.2, shiftS: 1800 }
// Members guess a little beyond what may be, so that the truth lies among them.
const GUESSED_SPREAD = { demandRatio: 0.25, shiftS: 2400 }

/** When the city is watched: the readings begin an hour before the first forecast. */
const watched = {
  astana: {
    startS: 5 * HOUR_S,
    spinUpS: 1800,
    readings: 228,
    incidentsS: [2 * HOUR_S, 15 * HOUR_S],
    members: 12,
    days: 5,
  },
  montevideo: {
    startS: 15 * HOUR_S,
    spinUpS: 0,
    readings: 60,
    incidentsS: [HOUR_S, 4 * HOUR_S],
    members: 12,
    days: 4,
  },
} as const

export type ProvenCity = keyof typeof watched
export const provenCities = Object.keys(watched) as ProvenCity[]

/** `days` and `members` as above when left out. */
export function planOf(
  city: City,
  cityId: ProvenCity,
  { days = watched[cityId].days, members = watched[cityId].members }: PlanOptions = {},
): Plan {
  const { startS, spinUpS, readings, incidentsS } = watched[cityId]
  const sites = sitesOf(city, cityId)
  const spec = (day: number, variation: Variation, incidentSeed: number): WorldSpec => ({
    cityId,
    day,
    startS,
    spinUpS,
    readings,
    variation,
    incidents: drawIncidents(city, incidentSeed, incidentsS[0], incidentsS[1]),
    sites,
  })
  return {
    cityId,
    firstReading: HOUR_S / 300,
    members: Array.from({ length: members }, (_, k) =>
      spec(MONDAY + 2, memberDraw(MEMBER_SEED, k, GUESSED_SPREAD), MEMBER_INCIDENT_SEED + k),
    ),
    truths: Array.from({ length: days }, (_, k) =>
      spec(MONDAY + k, hidden(HIDDEN_SEED + k), INCIDENT_SEED + k),
    ),
  }
}

export interface PlanOptions {
  readonly days?: number
  readonly members?: number
}

/** A demand that is up to a fifth off, and half an hour early or late. */
function hidden(seed: number): Variation {
  const draw = memberDraw(seed, 0, HIDDEN_SPREAD)
  return { ...draw, demandShiftS: draw.demandShiftS < 0 ? -HIDDEN_SPREAD.shiftS : HIDDEN_SPREAD.shiftS }
}

/** Where the city's own detectors stand, when they are known; else at 150 main streets. */
function sitesOf(city: City, cityId: string): number[] {
  const folder = cases(cityId)
  if (folder === undefined) return drawSites(city, 1, 150)
  const matched = matchSites(city.network, city.projection, readDetectors(folder))
  return [...new Set(matched.map(({ links }) => links[0]))].toSorted((a, b) => a - b)
}
