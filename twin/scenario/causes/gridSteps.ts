/** Steps of the grid: who lost supply, what weather, roofs and cars made of the load, and what that made of feeders. */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import type { EditFound } from './editSteps.ts'
import { byWeight, sharedOut, stepOf, sumOf, type Runs } from './measure.ts'
import type { CauseStep } from './step.ts'
import type { Trace } from './trace.ts'

/** Differences below these count for nothing. Assumed. */
const LEAST_C = 0.2
const LEAST_W = 20_000
/** A feeder has moved by this share of its own load; less is the hour's and the dice of its chargers. */
const LEAST_FEEDER_SHARE = 0.005
const LEAST_RATIO = 0.005
const LEAST_PU = 0.0005

const switches: readonly ScenarioEdit['kind'][] = [
  'substationOut',
  'feederOut',
  'openBreaker',
  'storm',
  'closeTie',
]
const ofCharging: readonly ScenarioEdit['kind'][] = ['evShare', 'fastChargers']
const ofLoad: readonly ScenarioEdit['kind'][] = ['demandResponse', 'battery', 'homesAndJobs']

/** `arrivals` is the step of cars that end their trip, if the runs part in it. */
export function gridSteps(
  city: City,
  base: Trace,
  edited: Trace,
  edits: readonly EditFound[],
  arrivals: CauseStep | undefined,
): CauseStep[] {
  const { grid } = city
  if (grid === undefined) return []
  const { looks } = base
  const transformers = grid.transformers.bus.length
  const feeders = grid.feeders.firstBus.length
  const feederOf = (transformer: number) => grid.buses.feeder[grid.transformers.bus[transformer]]
  const of = (kinds: readonly ScenarioEdit['kind'][]) => edits.filter(({ edit }) => kinds.includes(edit.kind))
  const cityRuns = (name: keyof Trace['city']): Runs => ({
    base: Float64Array.from(base.city[name]),
    edited: Float64Array.from(edited.city[name]),
  })

  const lost = new Uint8Array(transformers)
  for (let at = 0; at < looks * transformers; at++)
    if (edited.transformerDark[at] > base.transformerDark[at]) lost[at % transformers] = 1
  const lostRows = [...lost.keys()].filter((row) => lost[row] === 1)
  const darkFeeders = [...new Set(lostRows.map(feederOf))]
  const outOf = (column: Float32Array) => Float32Array.from(column, (customers) => (customers > 0 ? 1 : 0))
  const allFeeders = [...Array(feeders).keys()]
  const whoSwitched = of(switches)
  const byHand = whoSwitched.filter(({ edit }) => edit.kind !== 'storm')
  const supply = stepOf(base, {
    id: 'feeders',
    kind: 'feeders',
    unit: 'feeders',
    least: 0.5,
    runs: sumOf(
      outOf(base.feeders.customersOut),
      outOf(edited.feeders.customersOut),
      allFeeders,
      feeders,
      looks,
    ),
    count: darkFeeders.length,
    places: [{ table: 'power.feeders', rows: darkFeeders }],
    // of a storm nobody says when a line falls
    ...(byHand.length > 0 && { exactS: Math.min(...byHand.map(({ step }) => step.atS)) }),
    from: sharedOut(
      whoSwitched.map(({ step, edit }) => [
        step.id,
        'switching',
        lostRows.filter((row) => isBelow(city, edit, row)).length || 1,
      ]),
    ),
  })

  const heat = stepOf(base, {
    id: 'heat',
    kind: 'heat',
    unit: 'degC',
    least: LEAST_C,
    runs: cityRuns('temperatureC'),
    count: 1,
    places: [],
    from: sharedOut(of(['heatwave', 'storm']).map(({ step }) => [step.id, 'warming', 1])),
  })
  const sun = stepOf(base, {
    id: 'sun',
    kind: 'sun',
    unit: 'W',
    least: LEAST_W,
    runs: cityRuns('pvW'),
    count: 1,
    places: [],
    from: sharedOut(of(['rooftopPv', 'storm']).map(({ step }) => [step.id, 'equipping', 1])),
  })
  const whoCharges = of(ofCharging)
  const charging = stepOf(base, {
    id: 'charging',
    kind: 'charging',
    unit: 'W',
    least: LEAST_W,
    runs: cityRuns('evW'),
    count: 1,
    places: [],
    from: sharedOut(
      whoCharges.length > 0
        ? whoCharges.map(({ step, edit }) => [
            step.id,
            edit.kind === 'fastChargers' ? 'fastCharging' : 'equipping',
            1,
          ])
        : [[arrivals?.id, 'arrivalsCharge', 1]],
    ),
  })

  const loadOf = (rows: readonly number[]) =>
    sumOf(base.feeders.loadW, edited.feeders.loadW, rows, feeders, looks)
  const movedBy = (feeder: number) => {
    let most = 0
    let highest = 0
    for (let at = feeder; at < looks * feeders; at += feeders) {
      most = Math.max(most, Math.abs(edited.feeders.loadW[at] - base.feeders.loadW[at]))
      highest = Math.max(highest, Math.abs(base.feeders.loadW[at]))
    }
    return most < LEAST_FEEDER_SHARE * highest ? 0 : most
  }
  const moved = byWeight(allFeeders, movedBy)
  const end = looks - 1
  const changeOf = (step: CauseStep | undefined) => (step?.edited ?? 0) - (step?.base ?? 0)
  const wholeChange = edited.city.loadW[end] - base.city.loadW[end]
  const darkChange =
    supply === undefined ? 0 : loadOf(darkFeeders).edited[end] - loadOf(darkFeeders).base[end]
  const rest = wholeChange - changeOf(charging) - darkChange
  const whoLoads = of(ofLoad)
  const load = stepOf(base, {
    id: 'load',
    kind: 'load',
    unit: 'W',
    least: LEAST_W,
    runs: loadOf(moved),
    count: moved.length,
    places: [{ table: 'power.feeders', rows: moved }],
    from: sharedOut([
      [charging?.id, charging?.from[0]?.mechanism ?? 'arrivalsCharge', changeOf(charging)],
      [sun?.id, 'powerFlow', changeOf(sun)],
      [supply?.id, 'switching', darkChange],
      [heat?.id, 'temperatureLoad', rest],
      ...whoLoads.map(({ step }) => [step.id, 'equipping', rest / whoLoads.length] as const),
    ]),
  })

  const worst = (
    column: keyof Pick<Trace['feeders'], 'loadingRatio' | 'minVoltagePu'>,
    isWorse: (a: number, b: number) => boolean,
  ) => {
    let at = -1
    const values = edited.feeders[column]
    const loads = edited.feeders.loadW
    for (let i = 0; i < looks * feeders; i++)
      if (loads[i] !== 0 && (at < 0 || isWorse(values[i], values[at]))) at = i
    return at < 0 ? undefined : at % feeders
  }
  const ofFeeder = (
    kind: 'loading' | 'voltage',
    column: 'loadingRatio' | 'minVoltagePu',
    unit: 'ratio' | 'pu',
    least: number,
    feeder: number | undefined,
  ) =>
    feeder === undefined
      ? undefined
      : stepOf(base, {
          id: kind,
          kind,
          unit,
          least,
          runs: sumOf(base.feeders[column], edited.feeders[column], [feeder], feeders, looks),
          count: 1,
          places: [{ table: 'power.feeders', rows: [feeder] }],
          from: sharedOut([[load?.id, 'powerFlow', 1]]),
        })
  const loading = ofFeeder(
    'loading',
    'loadingRatio',
    'ratio',
    LEAST_RATIO,
    worst('loadingRatio', (a, b) => a > b),
  )
  const voltage = ofFeeder(
    'voltage',
    'minVoltagePu',
    'pu',
    LEAST_PU,
    worst('minVoltagePu', (a, b) => a < b),
  )
  const steps = [supply, heat, sun, charging, load, loading, voltage]
  return steps.filter((step) => step !== undefined)
}

/** Whether a transformer hangs below what an edit switched; of a storm, nobody says which. */
function isBelow({ grid }: City, edit: ScenarioEdit, transformer: number): boolean {
  const { buses, transformers, feeders, breakers } = grid!
  const feeder = buses.feeder[transformers.bus[transformer]]
  if (edit.kind === 'substationOut') return feeders.substation[feeder] === edit.substation
  if (edit.kind === 'feederOut') return feeder === edit.feeder
  if (edit.kind !== 'openBreaker') return false
  let bus = transformers.bus[transformer]
  while (bus >= 0 && bus !== breakers.bus[edit.breaker]) bus = buses.parentBus[bus]
  return bus >= 0
}
