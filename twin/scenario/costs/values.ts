/** What things are worth: every number that cost and benefit stand on, with its source, or marked as assumed and to be changed. */

export type ValueUnit =
  | 'USD/person-h'
  | 'USD/t'
  | 'USD/kWh'
  | 'USD/km'
  | 'USD/report'
  | 'ratio'
  | 'persons/vehicle'
  | 'rides/resident/h'
  | 'times/year'
  | 'years'

export interface UnitValue {
  readonly id: string
  readonly unit: ValueUnit
  readonly value: number
  readonly least: number
  readonly most: number
  /** By whose word; undefined when it is assumed and to be changed. */
  readonly source?: string
}

export const unitValues = [
  /** Of people's income, before tax. */
  { id: 'incomePerH', unit: 'USD/person-h', value: 8, least: 0, most: 500 },
  {
    id: 'timeShare',
    unit: 'ratio',
    value: 0.5,
    least: 0,
    most: 2,
    source:
      'US Department of Transportation, Revised Departmental Guidance on Valuation of Travel Time in Economic Analysis: local personal travel, 50 % of hourly income (35 to 60 %)',
  },
  { id: 'personsPerVehicle', unit: 'persons/vehicle', value: 1.4, least: 1, most: 8 },
  { id: 'busRides', unit: 'rides/resident/h', value: 0.03, least: 0, most: 1 },
  { id: 'drivingPerKm', unit: 'USD/km', value: 0.2, least: 0, most: 10 },
  {
    id: 'co2PerT',
    unit: 'USD/t',
    value: 190,
    least: 0,
    most: 5000,
    source:
      'US Environmental Protection Agency, social cost of carbon as proposed in November 2022 (E&E News, 21 November 2022); the interim value before it was 51',
  },
  {
    id: 'lostLoadPerKWh',
    unit: 'USD/kWh',
    value: 29,
    least: 0,
    most: 1000,
    source:
      'NERA for the Energy Networks Association, Value of Lost Load in Great Britain (2026): 23,271 GBP a MWh; at 1.25 USD a GBP, which is assumed',
  },
  { id: 'energyPerKWh', unit: 'USD/kWh', value: 0.1, least: 0, most: 10 },
  { id: 'handlingPerReport', unit: 'USD/report', value: 25, least: 0, most: 5000 },
  /** How often a year hours like those of the run are lived with the edits. */
  { id: 'timesPerYear', unit: 'times/year', value: 250, least: 0, most: 10_000 },
  { id: 'lifeYears', unit: 'years', value: 15, least: 1, most: 60 },
  {
    id: 'discountRate',
    unit: 'ratio',
    value: 0.07,
    least: 0,
    most: 0.5,
    source:
      'US Office of Management and Budget, Circular A-94 (1992): 7 % a year, real, for public investment',
  },
] as const satisfies readonly UnitValue[]

export type ValueId = (typeof unitValues)[number]['id']
export type Values = Readonly<Record<ValueId, number>>

export const standardValues = Object.fromEntries(unitValues.map(({ id, value }) => [id, value])) as Values

/** Who pays and who gains. */
export const partners = ['city', 'utility', 'operator', 'travellers', 'customers', 'everyone'] as const
export type Partner = (typeof partners)[number]
