/**
 * MeasuredDataPublication: of each site and time one measurement, from values that are each of a lane or of all, of a class of
 * vehicles or of all. The table of sites tells which; without it a lone value is of the whole street.
 */
import type { Deviations } from '../../deviations.ts'
import type { ReadOptions } from '../../format.ts'
import type { MeasurementColumns } from '../../measurementColumns.ts'
import { numberOf, timeOf } from '../../plausible.ts'
import { childOf, childrenOf, textOf, type Element } from '../../xml.ts'
import { classOf } from './document.ts'
import { isOfAllVehicles, type MeasurementSite } from './siteTable.ts'

/** One value of a site. */
interface Value {
  readonly amount: number
  /** How many vehicles it is of, at least 1. */
  readonly weight: number
  /** Undefined: the table does not say. */
  readonly isOfLane: boolean | undefined
}

/** What a site measured until one time. */
interface Sum {
  periodS: number
  readonly flows: Value[]
  readonly speeds: Value[]
  readonly occupancies: Value[]
}

interface When {
  readonly timeMs: number
  readonly periodS: number
}

/** How publishers write that there is no value. */
const NO_VALUE = -1
/** What share of a period is left at a time of this meaning. */
const LEFT_AT: ReadonlyMap<string, number> = new Map([
  ['beginTime', 1],
  ['middleTime', 0.5],
])

/** True when the publication has measurements. */
export function addMeasurements(
  publication: Element,
  sites: ReadonlyMap<string, MeasurementSite>,
  options: ReadOptions,
  rows: MeasurementColumns,
  deviations: Deviations,
): boolean {
  const measured = childrenOf(publication, 'siteMeasurements')
  for (const measurements of measured) {
    const reference = childOf(measurements, 'measurementSiteReference')
    const siteId = reference?.attributes['id'] ?? reference?.text ?? ''
    const where = `site ${siteId}`
    const site = sites.get(siteId)
    if (site === undefined && sites.size > 0)
      deviations.add('siteNotInTable', 'warning', where, siteId, 'a site of the MeasurementSiteTable')
    for (const [timeMs, sum] of sumsOf(measurements, site, where, options, deviations)) {
      if (sum.flows.length + sum.speeds.length + sum.occupancies.length === 0) continue
      rows.add(where, {
        siteId,
        lng: site?.at?.[0] ?? NaN,
        lat: site?.at?.[1] ?? NaN,
        timeMs,
        periodS: sum.periodS,
        flowVph: totalOf(sum.flows, where, deviations),
        speedMps: meanOf(sum.speeds) / 3.6,
        occupancy: meanOf(sum.occupancies) / 100,
      })
    }
  }
  return measured.length > 0 || classOf(publication) === 'MeasuredDataPublication'
}

function sumsOf(
  measurements: Element,
  site: MeasurementSite | undefined,
  where: string,
  options: ReadOptions,
  deviations: Deviations,
): ReadonlyMap<number, Sum> {
  const byDefault = childOf(measurements, 'measurementTimeDefault')
  const values = new Map(Object.entries(site?.values ?? {}))
  const sums = new Map<number, Sum>()
  for (const indexed of measurements.children) {
    // version 2 and version 3
    if (indexed.name !== 'measuredValue' && indexed.name !== 'physicalQuantity') continue
    const characteristic = values.get(indexed.attributes['index'] ?? '')
    if (characteristic?.isOfAll === false) continue
    for (const data of childrenOf(childOf(indexed, indexed.name) ?? indexed, 'basicData')) {
      if (!isOfAllVehicles(childOf(data, 'forVehiclesWithCharacteristicsOf'))) continue
      const { timeMs, periodS } = whenOf(data, byDefault, characteristic?.periodS ?? NaN, options)
      let sum = sums.get(timeMs)
      if (sum === undefined) sums.set(timeMs, (sum = { periodS, flows: [], speeds: [], occupancies: [] }))
      if (Number.isNaN(sum.periodS)) sum.periodS = periodS
      addData(sum, data, characteristic?.isOfLane, where, deviations)
    }
  }
  return sums
}

function addData(
  sum: Sum,
  data: Element,
  isOfLane: boolean | undefined,
  where: string,
  deviations: Deviations,
): void {
  const found = [
    [sum.flows, childOf(data, 'vehicleFlow'), 'vehicleFlowRate'],
    [sum.speeds, childOf(data, 'averageVehicleSpeed'), 'speed'],
    [sum.occupancies, childOf(data, 'occupancy'), 'percentage'],
  ] as const
  if (found.every(([, element]) => element === undefined))
    deviations.add(
      'dataNotRead',
      'warning',
      where,
      classOf(data),
      'TrafficFlow, TrafficSpeed or TrafficConcentration',
    )
  for (const [values, element, name] of found) {
    if (element === undefined) continue
    const said = (of: string) => element.attributes[of] ?? textOf(element, of)
    const came = textOf(element, name)
    const isError = said('dataError') === 'true' || numberOf(came) === NO_VALUE
    const used = numberOf(said('numberOfInputValuesUsed'))
    const amount = isError ? NaN : numberOf(came)
    if (Number.isNaN(amount))
      deviations.add('valueMissing', 'warning', `${where} ${name}`, came, 'a number, and no dataError')
    // a speed of no vehicles is none, and nothing is wrong
    values.push({
      amount: name === 'speed' && used === 0 ? NaN : amount,
      weight: Math.max(1, used || 1),
      isOfLane,
    })
  }
}

/** Vehicles of the whole street: as told of it, else of all its lanes; NaN when one is missing, or what they are of is not known. */
function totalOf(flows: readonly Value[], where: string, deviations: Deviations): number {
  const whole = flows.find(({ isOfLane }) => isOfLane === false)
  if (whole !== undefined) return whole.amount
  if (flows.length > 1 && flows.some(({ isOfLane }) => isOfLane === undefined)) {
    deviations.add(
      'indexNotInTable',
      'error',
      where,
      `${flows.length} flows`,
      'a table that tells what each index is of',
    )
    return NaN
  }
  return flows.length === 0 ? NaN : flows.reduce((sum, { amount }) => sum + amount, 0)
}

/** Weighed by the vehicles behind each; values that are missing do not count. */
function meanOf(values: readonly Value[]): number {
  const whole = values.filter(({ isOfLane }) => isOfLane === false)
  let sum = 0
  let weights = 0
  for (const { amount, weight } of whole.length > 0 ? whole : values) {
    if (Number.isNaN(amount)) continue
    sum += amount * weight
    weights += weight
  }
  return weights === 0 ? NaN : sum / weights
}

/** The end of what was measured and how long it was: as the value says, else as its site's measurements do. */
function whenOf(data: Element, byDefault: Element | undefined, periodS: number, options: ReadOptions): When {
  const own = childOf(data, 'measurementOrCalculationTime')
  const said = numberOf(textOf(data, 'measurementOrCalculationPeriod'))
  const knownS = Number.isNaN(said) ? periodS : said
  const ownWhen = endOf(own, knownS, options)
  return Number.isNaN(ownWhen.timeMs) ? endOf(byDefault, knownS, options) : ownWhen
}

/** Version 2 has the time as text; version 3 a time with its meaning, or a period. A time without meaning is taken as the end. */
function endOf(time: Element | undefined, periodS: number, { utcOffsetS }: ReadOptions): When {
  const at = (...path: readonly string[]) => timeOf(textOf(time, ...path), utcOffsetS)
  const [fromMs, untilMs] = [at('period', 'startOfPeriod'), at('period', 'endOfPeriod')]
  if (!Number.isNaN(untilMs)) return { timeMs: untilMs, periodS: (untilMs - fromMs) / 1000 || periodS }
  const [toldMs, valueMs] = [at(), at('timeValue')]
  const leftS = (LEFT_AT.get(textOf(time, 'timeMeaning')) ?? 0) * periodS
  return { timeMs: (Number.isNaN(valueMs) ? toldMs : valueMs) + (leftS > 0 ? leftS * 1000 : 0), periodS }
}
