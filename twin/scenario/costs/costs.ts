/**
 * Cost and benefit of a scenario: what it comes to a year in money by what things are worth, what its edits cost, who pays and who
 * gains in which year, and what all of it is worth today.
 *
 *   net present value = Σ over years of (benefits − costs) / (1 + rate)^year; that of all partners is the sum of theirs
 */
import type { OutcomeId } from '../outcome.ts'
import type { EditCost } from './editCosts.ts'
import type { Partner, Values } from './values.ts'

const MINUTES_H = 60
const WH_KWH = 1000
const KG_T = 1000

/** What of the two runs is paid for: mean difference, and what the city is that it happened in. */
export interface Measured {
  /** Edited less base, by measure; one that is not there counts as none. */
  readonly difference: Readonly<Partial<Record<OutcomeId, number>>>
  readonly horizonS: number
  readonly residents: number
  readonly customers: number
  /** Drawn by all customers in the untouched run, Wh. */
  readonly baseSuppliedWh: number
}

export const benefitIds = ['time', 'busTime', 'driving', 'co2', 'lostLoad', 'losses', 'reports'] as const
export type BenefitId = (typeof benefitIds)[number]

export interface Benefit {
  readonly id: BenefitId
  /** What it is the worth of. */
  readonly measure: OutcomeId
  readonly partner: Partner
  /** What changed in one run, in `unit`; more is a cost. */
  readonly change: number
  readonly unit: 'person-h' | 'km' | 't' | 'kWh' | 'reports'
  /** Gained a year, USD; negative where it is lost. */
  readonly yearlyUsd: number
}

/** What a year of such runs is worth, item by item. */
export function benefitsOf(measured: Measured, values: Values): Benefit[] {
  const { difference, horizonS, residents, customers, baseSuppliedWh } = measured
  const hours = horizonS / 3600
  const timeUsd = values.incomePerH * values.timeShare
  const meanCustomerKw = customers > 0 && hours > 0 ? baseSuppliedWh / WH_KWH / hours / customers : 0
  const item = (
    id: BenefitId,
    measure: OutcomeId,
    partner: Partner,
    unit: Benefit['unit'],
    /** Of one of the measure's own. */
    units: number,
    usd: number,
  ): Benefit => {
    const change = (difference[measure] ?? 0) * units
    // a change of nothing is worth nothing, not minus nothing
    return { id, measure, partner, unit, change, yearlyUsd: 0 - change * usd * values.timesPerYear }
  }
  const rides = values.busRides * residents * hours
  return [
    item('time', 'vehicleHours', 'travellers', 'person-h', values.personsPerVehicle, timeUsd),
    item('busTime', 'busDelayS', 'travellers', 'person-h', rides / 3600, timeUsd),
    item('driving', 'vehicleKm', 'travellers', 'km', 1, values.drivingPerKm),
    item('co2', 'co2Kg', 'everyone', 't', 1 / KG_T, values.co2PerT),
    item(
      'lostLoad',
      'customerMinutesOut',
      'customers',
      'kWh',
      meanCustomerKw / MINUTES_H,
      values.lostLoadPerKWh,
    ),
    item('losses', 'lostWh', 'utility', 'kWh', 1 / WH_KWH, values.energyPerKWh),
    item('reports', 'requestsOpened', 'city', 'reports', 1, values.handlingPerReport),
  ]
}

/** Money that a partner gains (or, negative, pays) in one year, 0 being the year of building. */
export interface Flow {
  readonly partner: Partner
  readonly year: number
  readonly usd: number
}

/** Every benefit from year 1 on, every cost when it is paid. */
export function flowsOf(benefits: readonly Benefit[], costs: readonly EditCost[], values: Values): Flow[] {
  const years = Array.from({ length: Math.floor(values.lifeYears) }, (_, i) => i + 1)
  return [
    ...costs.map(({ partner, onceUsd }) => ({ partner, year: 0, usd: 0 - onceUsd })),
    ...years.flatMap((year) => [
      ...costs.map(({ partner, yearlyUsd }) => ({ partner, year, usd: 0 - yearlyUsd })),
      ...benefits.map(({ partner, yearlyUsd }) => ({ partner, year, usd: yearlyUsd })),
    ]),
  ]
}

/** Worth in year 0, at a rate a year. */
export function presentValue(flows: readonly Flow[], rate: number): number {
  return flows.reduce((sum, { year, usd }) => sum + usd / (1 + rate) ** year, 0)
}

/** By year, the sum of each partner's flows; partners without any are left out. */
export function byPartnerAndYear(
  flows: readonly Flow[],
): { readonly partner: Partner; readonly usdByYear: readonly number[] }[] {
  const last = flows.reduce((most, { year }) => Math.max(most, year), 0)
  const found = new Map<Partner, number[]>()
  for (const { partner, year, usd } of flows) {
    const ofPartner = found.get(partner) ?? Array.from({ length: last + 1 }, () => 0)
    ofPartner[year] += usd
    found.set(partner, ofPartner)
  }
  return [...found]
    .filter(([, usdByYear]) => usdByYear.some((usd) => usd !== 0))
    .map(([partner, usdByYear]) => ({ partner, usdByYear }))
}
