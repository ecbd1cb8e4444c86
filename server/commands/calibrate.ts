/**
 * `node server/commands/calibrate.ts --city montevideo --detectors FOLDER [--rounds N] [--set name=value …] [--write]`: runs
 * weekdays of the traffic model and fits its parameters to measured speeds, half of the sites unseen.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  addMoment,
  fitOf,
  HALF_HOURS,
  makeRunSums,
  matchSites,
  misfit,
  type Fit,
  type MatchedSite,
} from '../../data/recipes/calibration.ts'
import { parseCity, residentsOf, type City } from '../../twin/city.ts'
import { congestionDelaysBuses } from '../../twin/couplings.ts'
import { trafficParameters } from '../../twin/traffic/calibrationParameters.ts'
import { createTraffic } from '../../twin/traffic/traffic.ts'
import { createTransit } from '../../twin/transit/transit.ts'
import { citiesFolder, openCity, readDatasets } from '../loop/cityFolder.ts'
import { readDetectors } from './readDetectors.ts'

/** A Wednesday without holidays; only the day of the week matters. */
const WEDNESDAY_MS = Date.UTC(2026, 7, 5)
/** Hours run: from a nearly empty city to the end of the evening peak's decay. */
const FROM_H = 5.5
const TO_H = 20
/** Seconds between moments taken into the sums. */
const MOMENT_S = 300

/** Steps of the coordinate search, tried up and down, in this order. */
const STEPS: readonly (readonly [name: string, factor: number])[] = [
  ['tripsPerResident', 1.1],
  ['commuteShare', 1.2],
  ['freeSpeedFactor', 1.06],
  ['morningPeakH', 1.03],
  ['eveningPeakH', 1.015],
  ['morningWidthH', 1.2],
  ['eveningWidthH', 1.2],
  ['gravityDecayM', 1.15],
  ['sideFriction', 1.1],
  ['informedShare', 1.3],
  ['linkDelayS', 1.5],
]

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`calibrate: ${(error as Error).message}\n`)
  process.exitCode = 1
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      city: { type: 'string', default: 'montevideo' },
      detectors: { type: 'string' },
      rounds: { type: 'string', default: '0' },
      set: { type: 'string', multiple: true, default: [] },
      write: { type: 'boolean', default: false },
    },
  })
  if (values.detectors === undefined) throw new Error('--detectors FOLDER with detectors.csv and speeds.csv')
  const opened = await openCity(citiesFolder, values.city)
  const { folder, info } = opened
  const city = parseCity(await readDatasets(opened))
  const sites = matchSites(city.network, city.projection, readDetectors(values.detectors))
  process.stdout.write(`${sites.length} sites matched, ${sites.filter((s) => s.isHeldOut).length} held out\n`)

  const run = (parameters: Record<string, number>) =>
    runDay({ ...city, info: { ...info, parameters: { ...info.parameters, ...parameters } } }, sites)
  let best: Record<string, number> = { ...trafficParameters({ ...info.parameters, ...settings(values.set) }) }
  let day = run(best)
  report('start', day)
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, factor] of STEPS) {
      for (const scale of [factor, 1 / factor]) {
        const tried = { ...best, [name]: Number((best[name] * scale).toPrecision(4)) }
        const other = run(tried)
        const isBetter = misfit(other.fit) < misfit(day.fit)
        report(`${name} ${tried[name]} ${isBetter ? 'kept' : 'dropped'}`, other)
        if (!isBetter) continue
        best = tried
        day = other
        break
      }
    }
  }
  report('end', day, true)
  process.stdout.write(`${JSON.stringify(best)}\n`)
  if (!values.write) return
  for (const file of ['facts.json', 'city.json']) writeParameters(join(folder, file), best)
}

interface Day {
  readonly fit: Fit
  readonly heldOut: Fit
  readonly note: string
}

/** A weekday of cars and buses, without outages and reports. */
function runDay(city: City, sites: readonly MatchedSite[]): Day {
  const { seed } = city.info
  const traffic = createTraffic(city, seed)
  const transit = createTransit(city.timetable, city.network.links.lengthM, residentsOf(city), seed, traffic)
  if (city.timetable !== undefined) traffic.useBusPaths(city.timetable.patternLinks.link)
  const sums = makeRunSums(sites.length)
  const loneTicks = traffic.world.state.linkTicks.slice()
  const clock = { tick: 0, startMs: WEDNESDAY_MS + FROM_H * 3_600_000, utcOffsetS: 0 }
  const began = process.cpuUsage()
  let peak = 0
  for (let s = 1; s <= (TO_H - FROM_H) * 3600; s++) {
    clock.tick += 50
    traffic.step(clock)
    congestionDelaysBuses(traffic, transit, clock)
    transit.step(clock)
    if (s % MOMENT_S !== 0) continue
    peak = Math.max(peak, traffic.counts().inside)
    const halfHour = Math.floor(FROM_H * 2 + (s - 1) / 1800)
    addMoment(sums, sites, halfHour, traffic.links.columns.flowVph, loneTicks, traffic.world.state.linkTicks)
  }
  const { finished, inside, teleports, reroutes } = traffic.counts()
  const cpuS = process.cpuUsage(began).user / 1e6
  const note = `peak ${peak}, trips ${finished}, at the end ${inside}, teleports ${teleports}, reroutes ${reroutes}, ${cpuS.toFixed(0)} CPU s`
  return { fit: fitOf(sums, sites, false), heldOut: fitOf(sums, sites, true), note }
}

function report(what: string, day: Day, isFull = false): void {
  const { fit, heldOut } = day
  const one = (f: Fit) =>
    `MAE ${f.maeKmh.toFixed(2)} km/h, r ${f.r.toFixed(3)}, city RMSE ${f.cityRmseKmh.toFixed(2)}, minima ${f.morningMinimumH} h ${f.eveningMinimumH} h`
  process.stdout.write(
    `${what}: misfit ${misfit(fit).toFixed(3)} | fit ${one(fit)} | unseen ${one(heldOut)} | ${day.note}\n`,
  )
  if (!isFull) return
  for (let h = 0; h < HALF_HOURS; h++)
    if (heldOut.modelKmh[h] > 0)
      process.stdout.write(
        `  ${h / 2} h unseen: model ${heldOut.modelKmh[h].toFixed(1)}, measured ${heldOut.measuredKmh[h].toFixed(1)}\n`,
      )
}

function settings(set: readonly string[]): Record<string, number> {
  return Object.fromEntries(set.map((pair) => [pair.split('=')[0], Number(pair.split('=')[1])]))
}

function writeParameters(file: string, parameters: Record<string, number>): void {
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, `${JSON.stringify({ ...json, parameters }, undefined, 2)}\n`)
}
