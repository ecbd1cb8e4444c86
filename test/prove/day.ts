/**
 * A whole day of each city: it does not lock up, every vehicle and every watt is accounted for, every building is supplied once.
 * Prints a table of half hours.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { addMoment, fitOf, makeRunSums, matchSites, type Fit } from '../../data/recipes/calibration.ts'
import { readDetectors } from '../../server/commands/readDetectors.ts'
import { citiesFolder, listCities, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { parseCity, type City } from '../../twin/city.ts'
import { secondOfDay } from '../../twin/kernel/clock.ts'
import { readColumnsFile } from '../../twin/kernel/columnsFile.ts'
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { buildingsSchema } from '../../twin/power/grid.ts'
import { NO_TRIP } from '../../twin/transit/tables.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm } from '../../twin/warmFile.ts'
import { cases } from '../fixtures/cases.ts'

const DAY_S = 86_400
// A Wednesday (1 May 2024), begun in its emptiest hour and followed until four the next morning.
const START_DAY = 19_844
const START_S = 3 * 3600
const END_S = 25 * 3600
const MOST_LEFT_RATIO = 0.05
const MOST_IMBALANCE = 1e-6
// When a start from the stored states is laid beside the day's run, hours; how far apart the two may be.
const WARM_HOURS = [6.4, 8, 12.25, 18.1, 21.75]
const MOST_WARM_RATIO = 0.1
// Seconds between two moments laid beside the detectors, and how far a minimum may be off, hours.
const MOMENT_S = 300
const MOST_MINIMUM_H = 0.5

type Log = (line: string) => void

export async function prove(log: Log): Promise<{ passed: number; failed: number }> {
  let passed = 0
  let failed = 0
  for (const cityId of listCities(citiesFolder)) {
    for (const { fact, isTrue, seen } of await proveDay(cityId, log)) {
      log(`${isTrue ? '✓' : '✗'} ${cityId}: ${fact} (${seen})`)
      if (isTrue) passed++
      else failed++
    }
  }
  return { passed, failed }
}

interface Finding {
  readonly fact: string
  readonly isTrue: boolean
  readonly seen: string
}

/** Runs one day of a city and says what held. */
export async function proveDay(cityId: string, log: Log): Promise<Finding[]> {
  const folder = await openCity(citiesFolder, cityId)
  const city = parseCity(await readDatasets(folder))
  const offsetS = utcOffsetS(city.info.timeZone, START_DAY * DAY_S * 1000)
  const startMs = (START_DAY * DAY_S + START_S - offsetS) * 1000
  const twin = createTwin(city, { startMs, utcOffsetS: offsetS, solveEveryS: 60 })
  const detectors = detectorsOf(cityId, city, twin)
  let peak = 0
  let unbalancedSteps = 0
  let imbalance = 0
  const notNumbers = new Set<string>()
  let insideAt4 = 0
  const warmPath = join(folder.folder, 'warm.bin.gz')
  const warm = existsSync(warmPath) ? readWarm(gunzipSync(readFileSync(warmPath))) : undefined
  const warmOff: number[] = []
  log(headLine)
  for (let s = 1; s <= END_S; s++) {
    twin.step()
    const { inserted, finished, inside } = twin.traffic.counts()
    if (inserted - finished !== inside || inside < 0) unbalancedSteps++
    if (s % 60 === 0) {
      peak = Math.max(peak, inside)
      if (vehiclesOnLinks(twin) !== inside) unbalancedSteps++
      imbalance = Math.max(imbalance, twin.power.balance().mismatchRatio)
    }
    if (s % 1800 === 0) {
      for (const name of columnsWithNaN(twin)) notNumbers.add(name)
      log(halfHourLine(twin))
    }
    if (s % MOMENT_S === 0) detectors?.look((START_S + s - 1) % DAY_S)
    if (s === END_S) insideAt4 = inside
    const hour = (START_S + s) / 3600
    if (warm !== undefined && WARM_HOURS.includes(hour)) {
      const begun = createWarmTwin(city, warm, {
        startMs: startMs + s * 1000,
        utcOffsetS: offsetS,
        solveEveryS: 60,
      })
      warmOff.push(begun.traffic.counts().inside / inside - 1)
    }
  }
  const { teleports, reroutes, refused } = twin.traffic.counts()
  const [begun, ended, noRoom] = twin.transit.counts
  log(`${cityId}: ${teleports} lifted out of jams, ${reroutes} turned away, ${refused} trips never began`)
  const busesOnRoad = twin.transit.vehicles.columns.trip.filter((trip) => trip !== NO_TRIP).length
  const supplied = suppliedOnce(city, folder.folder)
  return [
    {
      fact: 'vehicles are conserved in every step',
      isTrue: unbalancedSteps === 0,
      seen: `${unbalancedSteps} steps off`,
    },
    {
      fact: 'at 04:00 at most 5 % of the peak are inside',
      isTrue: insideAt4 <= MOST_LEFT_RATIO * peak,
      seen: `${insideAt4} of ${peak}`,
    },
    {
      fact: 'power is balanced to 1e-6',
      isTrue: imbalance <= MOST_IMBALANCE,
      seen: imbalance.toExponential(1),
    },
    {
      fact: 'no table holds a NaN',
      isTrue: notNumbers.size === 0,
      seen: [...notNumbers].join(', ') || 'none',
    },
    {
      fact: 'every bus trip begun has ended or is on the road',
      isTrue: begun === ended + noRoom + busesOnRoad,
      seen: `${begun} begun, ${ended} ended, ${busesOnRoad} on the road, ${noRoom} without room`,
    },
    {
      fact: 'a start from the stored states holds as many vehicles, to 10 %',
      isTrue:
        warmOff.length === WARM_HOURS.length && warmOff.every((off) => Math.abs(off) <= MOST_WARM_RATIO),
      seen:
        warmOff.length === 0
          ? 'no stored states'
          : warmOff.map((off) => `${(100 * off).toFixed(1)} %`).join(', '),
    },
    { fact: 'each building is supplied once', isTrue: supplied.isTrue, seen: supplied.seen },
    ...(detectors?.findings() ?? []),
  ]
}

/** The city's measured speeds laid beside the run, where CITYTWIN_CASES has them; half of the sites were unseen by the fit. */
function detectorsOf(cityId: string, city: City, twin: Twin) {
  const folder = cases(cityId)
  if (folder === undefined) return undefined
  const sites = matchSites(city.network, city.projection, readDetectors(folder))
  const sums = makeRunSums(sites.length)
  const { linkTicks } = twin.traffic.world.state
  const loneTicks = linkTicks.slice()
  return {
    look(secondOfToday: number): void {
      const halfHour = Math.floor(secondOfToday / 1800)
      addMoment(sums, sites, halfHour, twin.traffic.links.columns.flowVph, loneTicks, linkTicks)
    },
    findings: () => [
      ...minimumFindings('fitted', fitOf(sums, sites, false)),
      ...minimumFindings('unseen', fitOf(sums, sites, true)),
    ],
  }
}

function minimumFindings(half: string, fit: Fit): Finding[] {
  const near = (atH: number, dueH: number) => Math.abs(atH - dueH) <= MOST_MINIMUM_H
  return [
    {
      fact: `the ${half} detectors' slowest half hours come at 8:30 and 17:30, to 30 min`,
      isTrue: near(fit.morningMinimumH, 8.5) && near(fit.eveningMinimumH, 17.5),
      seen: `${fit.morningMinimumH} h and ${fit.eveningMinimumH} h at ${fit.sites} sites; error ${fit.maeKmh.toFixed(2)} km/h, r ${fit.r.toFixed(3)}`,
    },
  ]
}

/** Vehicles in the rows of the vehicle table that are on a link: the second way of counting those inside. */
function vehiclesOnLinks(twin: Twin): number {
  const { link } = twin.traffic.vehicles.columns
  let count = 0
  for (let row = 0; row < twin.traffic.vehicles.rows; row++) if (link[row] !== 0xffffffff) count++
  return count
}

function columnsWithNaN(twin: Twin): string[] {
  return twin.tables.flatMap(({ spec, columns, rows }) =>
    Object.entries(columns)
      .filter(([, column]) => column.subarray(0, rows).some((value) => Number.isNaN(value)))
      .map(([name]) => `${spec.name}.${name}`),
  )
}

/** Each building names one transformer there is, each transformer hangs on one bus, and each bus on the substation of its feeder. */
function suppliedOnce(city: City, folder: string): { isTrue: boolean; seen: string } {
  const path = join(folder, 'buildings.bin.gz')
  if (city.grid === undefined || !existsSync(path)) return { isTrue: true, seen: 'no grid' }
  const { buildings } = readColumnsFile(buildingsSchema, gunzipSync(readFileSync(path))).tables
  const { transformers, buses, feeders } = city.grid
  const reached = new Uint8Array(buses.feeder.length)
  feeders.firstBus.forEach((first, feeder) => {
    for (let bus = first; bus < first + feeders.busCount[feeder]; bus++) {
      const parent = buses.parentBus[bus]
      const isFed = bus === first ? parent < 0 : parent >= first && parent < bus && reached[parent] === 1
      if (isFed && buses.feeder[bus] === feeder) reached[bus]++
    }
  })
  let lost = 0
  for (const transformer of buildings.transformer) {
    if (transformer >= transformers.bus.length || reached[transformers.bus[transformer]] !== 1) lost++
  }
  return { isTrue: lost === 0, seen: `${lost} of ${buildings.transformer.length} not` }
}

const columns: readonly [IndicatorId, number][] = [
  ['vehicles', 0],
  ['speedRatio', 3],
  ['slowLinks', 0],
  ['queuedVehicles', 0],
  ['loadW', 0],
  ['lossRatio', 4],
  ['maxFeederLoading', 2],
  ['minVoltagePu', 3],
  ['buses', 0],
  ['meanDelayS', 0],
  ['onTimeRatio', 2],
  ['openRequests', 0],
  ['requestsLastHour', 0],
]
const headLine = ['time ', ...columns.map(([id]) => id)].join('  ')

function halfHourLine(twin: Twin): string {
  const table = twin.tables.find(({ spec }) => spec.name === 'objectives.indicators')!
  const minute = Math.round(secondOfDay(twin.clock) / 60)
  const time = `${`${Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')}`
  const values = columns.map(([id, digits]) => {
    const value = table.columns.value[indicators.findIndex((one) => one.id === id)]
    return value.toFixed(digits).padStart(id.length)
  })
  return [time, ...values].join('  ')
}
