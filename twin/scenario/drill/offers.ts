/** What can be done next in a drill: found in the grid and on the streets as they stand, each with what it brings or why it cannot be. */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import type { RefusalOf } from '../refusals.ts'
import { nowOf, type CityNow } from '../response/now.ts'
import { busesOn, darkJunctions, sideStreets, signalsAround, THROUGH } from '../response/streets.ts'
import { MOST_LOADING, tieWays, type TieWay } from '../response/ties.ts'
import type { DrillGame } from './game.ts'
import { crewOf, type Crew } from './rules.ts'

/** So many of each kind: a list that is read in a minute. */
const TIES = 8
const JUNCTIONS = 3
const SHED = [0.1, 0.2]

export interface DrillOffer {
  readonly crew: Crew
  /** Asked for one after another; without names of their own. */
  readonly edits: readonly ScenarioEdit[]
  /** Of its crew, all of them together, seconds. */
  readonly takesS: number
  /** Who gets supply again, and what the feeder that takes over is loaded at then; of a tie. */
  readonly customers?: number
  readonly loadingRatio?: number
  /** Vehicles an hour that pass there now; of a street. */
  readonly flowVph?: number
  readonly refused?: RefusalOf
}

export function offersOf(game: DrillGame): DrillOffer[] {
  const { played } = game.twins
  const { city } = played
  const now = nowOf(played)
  const found = [...tieOffers(city, now), ...SHED.map(shedding), ...streetOffers(city, now)]
  return found.map((offer) => {
    // the second of two is asked for when the first is
    const refused = game.refusalOf(offer.edits[0])
    return refused === undefined ? offer : { ...offer, refused }
  })
}

/** Of every dark feeder the best way to take it over that has room, or else the least loaded without. Most customers first. */
function tieOffers(city: City, now: CityNow): DrillOffer[] {
  const { grid } = city
  if (grid === undefined) return []
  const offers = Array.from(grid.feeders.firstBus, (_, feeder) => feeder).flatMap((feeder) => {
    if (now.feeders.isEnergized[feeder] === 1 || now.feeders.customersOut[feeder] === 0) return []
    const ways = tieWays(city, now, feeder)
    const best = ways.find(({ loadingRatio }) => loadingRatio <= MOST_LOADING) ?? ways.at(0)
    return best === undefined ? [] : [tying(best)]
  })
  return offers.sort((a, b) => (b.customers ?? 0) - (a.customers ?? 0)).slice(0, TIES)
}

function tying({ feeder, to, breaker, customers, loadingRatio }: TieWay): DrillOffer {
  const tie: ScenarioEdit = { kind: 'closeTie', id: NO_NAME, feeder, to }
  const open: ScenarioEdit[] = breaker === undefined ? [] : [{ kind: 'openBreaker', id: NO_NAME, breaker }]
  return { ...offering([...open, tie]), customers, loadingRatio }
}

function shedding(share: number): DrillOffer {
  return offering([{ kind: 'demandResponse', id: NO_NAME, share }])
}

/** At the busiest of the dark junctions, and at signals with supply around them. */
function streetOffers(city: City, now: CityNow): DrillOffer[] {
  const dark = darkJunctions(city, now)
  const { xM, yM } = city.network.signals
  const places = dark.map(({ signal }) => [xM[signal], yM[signal]] as const)
  const signals = signalsAround(city, now, places).slice(0, JUNCTIONS)
  const filters = dark.flatMap(({ links, flowVph }) => {
    const sides = sideStreets(city, links)
    return sides.length === 0
      ? []
      : [{ ...offering([{ kind: 'closeToCars', id: NO_NAME, links: sides }]), flowVph }]
  })
  const buses = dark.flatMap(({ links, flowVph }) => {
    const driven = busesOn(city, links).links
    return driven.length === 0
      ? []
      : [{ ...offering([{ kind: 'detourBuses', id: NO_NAME, links: driven }]), flowVph }]
  })
  return [
    ...signals.map(({ signal, flowVph }) => ({
      ...offering([{ kind: 'signalPlan', id: NO_NAME, signal, ...THROUGH }]),
      flowVph,
    })),
    ...buses.slice(0, JUNCTIONS),
    ...filters.slice(0, JUNCTIONS),
  ]
}

/** Until it is asked for. */
const NO_NAME = 'new'

function offering(edits: readonly ScenarioEdit[]): DrillOffer {
  const { crew } = crewOf[edits.at(-1)!.kind]!
  return { crew, edits, takesS: edits.reduce((sum, { kind }) => sum + crewOf[kind]!.takesS, 0) }
}
