/**
 * Forecasts laid beside what came. In the model: days with a hidden demand and two closed streets that nobody reported, forecast
 * from detectors alone, with persistence beside. In a real city: the half-hour speed an hour ahead, on days that the fit has not
 * seen. FORECAST_CITIES, FORECAST_DAYS and FORECAST_MEMBERS shorten it.
 */
import { availableParallelism } from 'node:os'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { parseCity } from '../../twin/city.ts'
import { LEADS_S } from '../../twin/forecast/forecast.ts'
import { cases } from '../fixtures/cases.ts'
import { FLOW, historyOf, SPEED } from './forecast/detectors.ts'
import { HIDDEN_SEED, INCIDENT_SEED, planOf, provenCities, type ProvenCity } from './forecast/plan.ts'
import { readCityDays, scoreReadings } from './forecast/readings.ts'
import { scoreDays, type Line } from './forecast/scoreDays.ts'
import type { WorldSpec } from './forecast/world.ts'
import { runWorlds } from './forecast/worlds.ts'

const LEAST_INSIDE = 0.75
const MOST_INSIDE = 0.85

type Log = (line: string) => void
type Check = (isTrue: boolean, fact: string, seen: string) => void

export async function prove(log: Log): Promise<{ passed: number; failed: number; skipped: number }> {
  const count = { passed: 0, failed: 0, skipped: 0 }
  const check: Check = (isTrue, fact, seen) => {
    log(`${isTrue ? '✓' : '✗'} ${fact} (${seen})`)
    if (isTrue) count.passed++
    else count.failed++
  }
  const asked = process.env['FORECAST_CITIES']?.split(',')
  for (const cityId of provenCities) {
    if (asked === undefined || asked.includes(cityId)) await proveCity(cityId, log, check)
  }
  const readings = cases('montevideo/readings.csv')
  if (readings === undefined) count.skipped++
  else proveReadings(readings, log, check)
  return count
}

async function proveCity(cityId: ProvenCity, log: Log, check: Check): Promise<void> {
  const city = parseCity(await readDatasets(await openCity(citiesFolder, cityId)))
  const plan = planOf(city, cityId, { days: fromEnv('FORECAST_DAYS'), members: fromEnv('FORECAST_MEMBERS') })
  const { members, truths, firstReading } = plan
  const { sites } = truths[0]
  log(`${cityId}: ${truths.length} hidden days (seeds ${HIDDEN_SEED} and ${INCIDENT_SEED}, plus the day)`)
  for (const truth of truths) log(`  ${hiddenOf(truth)}`)
  const startMs = performance.now()
  const threads = availableParallelism()
  const readings = await runWorlds([...members, ...truths], threads, log)
  const histories = readings.map((each) => historyOf(city.network, sites, each))
  const lines = scoreDays(histories.slice(0, members.length), histories.slice(members.length), firstReading)
  const minutes = ((performance.now() - startMs) / 60_000).toFixed(1)
  log(`${members.length} members, ${sites.length} detectors, ${minutes} min on ${threads} threads`)
  logTable(lines, log)
  judge(cityId, lines, check)
}

/** Says what held of a city's lines. */
export function judge(cityId: string, lines: readonly Line[], check: Check): void {
  const groups: readonly (readonly [string, readonly Line[]])[] = [
    [`${SPEED}, of the whole city`, lines.filter(({ id }) => id === SPEED)],
    [`${FLOW}, of the whole city`, lines.filter(({ id }) => id === FLOW)],
    [`${SPEED}, of its quarters`, lines.filter(({ id }) => id !== SPEED && id !== FLOW)],
  ]
  for (const [name, group] of groups) {
    const shares = LEADS_S.map((_, lead) => {
      const own = group.filter((line) => line.lead === lead)
      return sumOf(own, (line) => line.meanError) / sumOf(own, (line) => line.meanPersistenceError)
    })
    check(
      shares.every((share) => share < 1),
      `${cityId}: ${name}: beats persistence at every lead`,
      `error over persistence's ${shares[0].toFixed(2)} at 5 min, ${shares[5].toFixed(2)} at 30, ${shares[11].toFixed(2)} at 60`,
    )
  }
  const inside = sumOf(lines, (line) => line.count * line.insideRatio) / sumOf(lines, (line) => line.count)
  const each = lines.map(({ insideRatio }) => percent(insideRatio))
  check(
    inside >= LEAST_INSIDE && inside <= MOST_INSIDE,
    `${cityId}: bands of 80 % hold ${percent(LEAST_INSIDE)} to ${percent(MOST_INSIDE)}`,
    `${percent(inside)}; by quantity and lead ${each.toSorted()[0]} to ${each.toSorted().at(-1)}`,
  )
}

/** One line a lead: errors of the forecast, of persistence, and of members that see no detector; what the band held. */
export function logTable(lines: readonly Line[], log: Log): void {
  for (const id of new Set(lines.map((line) => line.id))) {
    log(`${id}: lead, forecast, persistence, without detectors, inside the band`)
    for (const line of lines.filter((each) => each.id === id)) {
      const errors = [line.meanError, line.meanPersistenceError, line.meanUnseenError]
      const cells = errors.map((error) => error.toFixed(2).padStart(7))
      const minutes = `${LEADS_S[line.lead] / 60}`.padStart(4)
      log(`${minutes} min ${cells.join(' ')} ${percent(line.insideRatio).padStart(6)} of ${line.count}`)
    }
  }
}

function hiddenOf({ day, variation, incidents }: WorldSpec): string {
  const shut = incidents.map(
    ({ link, fromS, untilS }) => `link ${link} for ${Math.round((untilS - fromS) / 60)} min`,
  )
  const shiftMin = variation.demandShiftS / 60
  return `day ${day}: demand ${variation.demandFactor.toFixed(3)}, ${shiftMin} min late; shut: ${shut.join(', ')}`
}

function proveReadings(path: string, log: Log, check: Check): void {
  const { share, count, ...errors } = scoreReadings(readCityDays(path))
  log(
    `readings: city-wide half-hour speed an hour ahead, usual day plus ${share.toFixed(2)} of the deviation now, ${count} half hours of unseen days`,
  )
  for (const [name, error] of Object.entries(errors))
    log(`  ${name}: mean absolute error ${error.toFixed(2)} km/h`)
  check(
    errors.forecastKmh < errors.persistenceKmh,
    'readings: beats persistence',
    `${errors.forecastKmh.toFixed(2)} against ${errors.persistenceKmh.toFixed(2)} km/h; same time yesterday ${errors.yesterdayKmh.toFixed(2)}`,
  )
}

function fromEnv(name: string): number | undefined {
  const value = process.env[name]
  return value === undefined ? undefined : Number(value)
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`
}

function sumOf(lines: readonly Line[], of: (line: Line) => number): number {
  return lines.reduce((sum, line) => sum + of(line), 0)
}
