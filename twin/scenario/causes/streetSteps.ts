/**
 * Steps of the streets: signals that went dark, what approaches then let go, who stands where, the time that costs, and the buses
 * that pass there.
 */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import type { EditFound } from './editSteps.ts'
import { byWeight, rounded, sharedOut, stepOf, sumOf, type Runs } from './measure.ts'
import type { MechanismId } from './mechanisms.ts'
import { departedLinks, growFrom } from './region.ts'
import { busStep } from './busStep.ts'
import type { CauseStep } from './step.ts'
import { PER_MPS, PER_VEHICLE, type Trace } from './trace.ts'

/** Differences below these count for nothing. Assumed. */
const LEAST_VPH = 60
const LEAST_MPS = 0.3
const LEAST_VEHICLES = 5
const LEAST_TRIPS = 10

const ofDemand: readonly ScenarioEdit['kind'][] = ['changeDemand', 'event', 'homesAndJobs']
const ofWays: readonly ScenarioEdit['kind'][] = ['speedLimit', 'lowTrafficArea']

/** `supply` is the step of feeders without supply, if there is one. */
export function streetSteps(
  city: City,
  base: Trace,
  edited: Trace,
  edits: readonly EditFound[],
  supply: CauseStep | undefined,
): CauseStep[] {
  const { looks } = base
  const links = base.firstCapacityVph.length
  const signals = city.network.signals.xM.length
  const of = (kinds: readonly ScenarioEdit['kind'][]) => edits.filter(({ edit }) => kinds.includes(edit.kind))
  const cityRuns = (name: 'setOut' | 'ended' | 'waiting'): Runs => ({
    base: Float64Array.from(base.city[name]),
    edited: Float64Array.from(edited.city[name]),
  })

  const trips = stepOf(base, {
    id: 'trips',
    kind: 'trips',
    unit: 'trips',
    least: LEAST_TRIPS,
    runs: cityRuns('setOut'),
    count: 1,
    places: [],
    from: sharedOut(of(ofDemand).map(({ step }) => [step.id, 'demand', 1])),
  })

  // the coupling's own account says which signals it turned, and when
  const dark = edited.acts.filter(({ coupling }) => coupling === 'darkSignals')
  const darkRows = dark.map(({ row }) => row)
  const darkStep = stepOf(base, {
    id: 'signals',
    kind: 'signals',
    unit: 'signals',
    least: 0.5,
    runs: sumOf(base.signalDark, edited.signalDark, [...Array(signals).keys()], signals, looks),
    count: dark.length,
    places: [{ table: 'traffic.signals', rows: darkRows }],
    ...(dark.length > 0 && { exactS: Math.min(...dark.map(({ firstS }) => firstS)) }),
    from: sharedOut([[supply?.id, 'darkSignals', 1]]),
  })

  const isDark = new Set(darkRows)
  const { signal } = city.network.links
  const [before, after] = [capacityRuns(base), capacityRuns(edited)]
  const changed = [...new Set([...before.keys(), ...after.keys(), ...builtOtherwise(base, edited)])]
  const change = (link: number) =>
    mean(after.get(link) ?? flat(edited, link)) - mean(before.get(link) ?? flat(base, link))
  const ofSignals = changed.filter((link) => isDark.has(signal[link]) && change(link) < 0)
  const darkLinks = new Set(ofSignals)
  const ofRoads = ['traffic.links', 'traffic.signals']
  const whoBuilt = edits.filter(
    ({ edit, step, built }) =>
      !ofWays.includes(edit.kind) &&
      (built.length > 0 || step.places.some(({ table }) => ofRoads.includes(table))),
  )
  const linksOf = ({ settings, built }: EditFound) => {
    const rows = new Set(built)
    for (const { target, row } of settings) {
      if (target === 'signalCycleS' || target === 'mainGreenShare') {
        for (const link of changed) if (signal[link] === row) rows.add(link)
      } else rows.add(row)
    }
    return changed.filter((link) => rows.has(link) && !darkLinks.has(link))
  }
  const byEdit = whoBuilt.map((found) => ({ found, rows: linksOf(found) }))
  const acted = byWeight([...new Set([...ofSignals, ...byEdit.flatMap(({ rows }) => rows)])], change)
  const weightOf = (rows: readonly number[]) => rows.reduce((sum, link) => sum + Math.abs(change(link)), 0)
  const capacity = stepOf(base, {
    id: 'capacity',
    kind: 'capacity',
    unit: 'vph',
    least: LEAST_VPH,
    runs: { base: capacityOf(base, before, acted), edited: capacityOf(edited, after, acted) },
    count: acted.length,
    places: [{ table: 'traffic.links', rows: acted }],
    ...(ofSignals.length > 0 &&
      byEdit.every(({ rows }) => rows.length === 0) &&
      darkStep && { exactS: darkStep.atS }),
    ...(ofSignals.length === 0 &&
      byEdit.length > 0 && { exactS: Math.min(...byEdit.map(({ found }) => found.step.atS)) }),
    from: sharedOut([
      [darkStep?.id, 'allWayStop', weightOf(ofSignals)],
      ...byEdit.map(({ found, rows }): [string, MechanismId, number] => [
        found.step.id,
        found.edit.kind === 'roadWorks' ? 'roadWorks' : 'closing',
        weightOf(rows),
      ]),
    ]),
  })

  const limited = of(ofWays)
  const limitedLinks = [
    ...new Set(
      limited.flatMap(({ step }) =>
        step.places.flatMap(({ table, rows }) => (table === 'traffic.links' ? rows : [])),
      ),
    ),
  ]
  const speeds = sumOf(
    base.links.speed,
    edited.links.speed,
    limitedLinks,
    links,
    looks,
    1 / PER_MPS / Math.max(1, limitedLinks.length),
  )
  const speed = stepOf(base, {
    id: 'speed',
    kind: 'speed',
    unit: 'mps',
    least: LEAST_MPS,
    runs: speeds,
    count: limitedLinks.length,
    places: [{ table: 'traffic.links', rows: limitedLinks }],
    from: sharedOut(limited.map(({ step }) => [step.id, 'limiting', 1])),
  })

  const departed = departedLinks(base, edited, links)
  const everywhere = trips === undefined ? [] : [...departed.keys()].filter((link) => departed[link] === 1)
  const seedOf = growFrom(city.network, [limitedLinks, acted, everywhere], departed)
  const region = [...seedOf.keys()].filter((link) => seedOf[link] > 0)
  const summed = (column: 'vehicles' | 'queued', link: number) => {
    let sum = 0
    for (let at = link; at < looks * links; at += links)
      sum += edited.links[column][at] - base.links[column][at]
    return sum
  }
  const vehicleChange = (link: number) => summed('vehicles', link)
  const weights = [0, 0, 0, 0]
  for (const link of region) weights[seedOf[link]] += Math.abs(vehicleChange(link))
  const from = sharedOut([
    [speed?.id, 'queueing', weights[1]],
    [capacity?.id, 'queueing', weights[2]],
    [trips?.id, 'travelling', weights[3]],
  ])
  const heavy = byWeight(region, vehicleChange)
  const queues = stepOf(base, {
    id: 'queues',
    kind: 'queues',
    unit: 'vehicles',
    least: LEAST_VEHICLES,
    runs: sumOf(base.links.queued, edited.links.queued, region, links, looks, 1 / PER_VEHICLE),
    count: region.length,
    places: [{ table: 'traffic.links', rows: heavy }],
    from,
  })
  const whole = Math.abs(region.reduce((sum, link) => sum + vehicleChange(link), 0))
  const standing = Math.abs(region.reduce((sum, link) => sum + summed('queued', link), 0)) / PER_VEHICLE
  const delayFrom = sharedOut([
    [queues?.id, 'timeOnRoad', speed === undefined ? 1 : Math.min(whole, standing)],
    [speed?.id, 'timeOnRoad', Math.max(0, whole - standing)],
  ])
  const vehicles = sumOf(base.links.vehicles, edited.links.vehicles, region, links, looks)
  const measuredDelay = stepOf(base, {
    id: 'delay',
    kind: 'delay',
    unit: 'h',
    least: LEAST_VEHICLES,
    runs: vehicles,
    shown: { base: summedH(vehicles.base, base.stepS), edited: summedH(vehicles.edited, base.stepS) },
    count: region.length,
    places: [{ table: 'traffic.links', rows: heavy }],
    from: queues === undefined ? from : delayFrom,
  })
  const wholeH = (trace: Trace) => {
    const onLinks = trace.links.vehicles.reduce((sum, count) => sum + count, 0)
    const outside = trace.city.waiting.reduce((sum, count) => sum + count, 0)
    return rounded(((onLinks + outside) * trace.stepS) / 3600)
  }
  const delay = measuredDelay && {
    ...measuredDelay,
    whole: { base: wholeH(base), edited: wholeH(edited) },
  }
  const buses = busStep(city, base, edited, region, queues ?? delay, edits)
  const arrivals = stepOf(base, {
    id: 'arrivals',
    kind: 'arrivals',
    unit: 'trips',
    least: LEAST_TRIPS,
    runs: cityRuns('ended'),
    count: 1,
    places: [],
    from: sharedOut([
      [trips?.id, 'arriving', trips === undefined ? 0 : 1],
      [delay?.id, 'arriving', trips === undefined ? 1 : 0],
    ]),
  })
  return [trips, darkStep, capacity, speed, queues, delay, buses, arrivals].filter(
    (step) => step !== undefined,
  )
}

/** By link whose capacity changed in a run: its capacity at every look. */
function capacityRuns(trace: Trace): Map<number, Float64Array> {
  const runs = new Map<number, Float64Array>()
  const { look, link, vph } = trace.capacityChanges
  for (let i = 0; i < look.length; i++) {
    const run = runs.get(link[i]) ?? flat(trace, link[i])
    run.fill(vph[i], look[i])
    runs.set(link[i], run)
  }
  return runs
}

function flat({ firstCapacityVph, looks }: Trace, link: number): Float64Array {
  return new Float64Array(looks).fill(firstCapacityVph[link])
}

/** Links that let go more or less from the very beginning. */
function builtOtherwise(base: Trace, edited: Trace): number[] {
  return [...base.firstCapacityVph.keys()].filter(
    (link) => base.firstCapacityVph[link] !== edited.firstCapacityVph[link],
  )
}

function capacityOf(
  trace: Trace,
  runs: ReadonlyMap<number, Float64Array>,
  rows: readonly number[],
): Float64Array {
  const sum = new Float64Array(trace.looks)
  for (const link of rows) (runs.get(link) ?? flat(trace, link)).forEach((vph, look) => (sum[look] += vph))
  return sum
}

/** Vehicles at every look as vehicle-hours so far. */
function summedH(vehicles: Float64Array, stepS: number): Float64Array {
  let sum = 0
  return vehicles.map((count) => (sum += (count * stepS) / 3600))
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
