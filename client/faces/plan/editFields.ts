/** The numbers of each kind of edit that a planner may change, as a form asks for them. */
import type { EditKindId, ScenarioEdit } from '../../../twin/scenario/edits.ts'
import type { PlanKey } from '../../language/planWords.ts'

export interface EditField {
  /** In the edit. */
  readonly name: string
  readonly label: PlanKey
  readonly least: number
  readonly most: number
  readonly step: number
  /** What one of the form's units is in the edit's. */
  readonly scale: number
  /** Whether it may be left out. */
  readonly isOptional: boolean
}

const MINUTE_S = 60
const times: readonly EditField[] = [
  { name: 'fromS', label: 'field.fromS', least: 0, most: 1440, step: 1, scale: MINUTE_S, isOptional: true },
  { name: 'untilS', label: 'field.untilS', least: 1, most: 1440, step: 1, scale: MINUTE_S, isOptional: true },
]

const PERCENT = 0.01
const KILO = 1000
const MEGA = 1e6

/** A number that must be said. */
function field(
  name: string,
  label: PlanKey,
  least: number,
  most: number,
  step: number,
  scale = 1,
): EditField {
  return { name, label, least, most, step, scale, isOptional: false }
}

/** One that may be left out. */
function optional(...said: Parameters<typeof field>): EditField {
  return { ...field(...said), isOptional: true }
}

const own: Readonly<Record<EditKindId, readonly EditField[]>> = {
  closeStreet: [],
  changeDemand: [
    { name: 'factor', label: 'field.factor', least: 0, most: 10, step: 0.05, scale: 1, isOptional: false },
  ],
  openBreaker: [],
  substationOut: [],
  feederOut: [],
  closeTie: [],
  evShare: [field('share', 'field.evShare', 0, 100, 1, PERCENT)],
  fastChargers: [field('powerW', 'field.powerKw', 50, 20_000, 50, KILO)],
  rooftopPv: [field('addedW', 'field.pvMw', 0.1, 10_000, 0.1, MEGA)],
  battery: [
    field('energyWh', 'field.energyKwh', 1, 200_000, 10, KILO),
    field('powerW', 'field.powerKw', 1, 50_000, 10, KILO),
    optional('aboveShare', 'field.aboveShare', 5, 150, 5, PERCENT),
  ],
  demandResponse: [
    field('share', 'field.shedShare', 1, 100, 1, PERCENT),
    optional('reboundShare', 'field.reboundShare', 0, 150, 5, PERCENT),
  ],
  heatwave: [field('addedC', 'field.addedC', 0.1, 15, 0.1)],
  storm: [
    field('gustMps', 'field.gustMps', 1, 80, 1),
    optional('sunLostShare', 'field.sunLostShare', 0, 100, 5, PERCENT),
    optional('cooledC', 'field.cooledC', 0, 20, 0.5),
  ],
  event: [
    field('attendance', 'field.attendance', 1, 200_000, 100),
    field('carShare', 'field.carShare', 0, 100, 5, PERCENT),
    optional('personsPerCar', 'field.personsPerCar', 1, 8, 0.1),
  ],
  homesAndJobs: [
    optional('residentsAdded', 'field.residentsAdded', -500_000, 500_000, 100),
    optional('jobsAdded', 'field.jobsAdded', -500_000, 500_000, 100),
  ],
  closeLanes: [field('lanes', 'field.lanesShut', 1, 7, 1)],
  speedLimit: [field('speedKmh', 'field.speedKmh', 10, 130, 5)],
  roadWorks: [
    optional('lanes', 'field.lanesShut', 1, 7, 1),
    optional('speedKmh', 'field.speedKmh', 10, 130, 5),
  ],
  closeToCars: [],
  lowTrafficArea: [],
  signalPlan: [
    field('cycleS', 'field.cycleS', 40, 180, 1),
    field('mainGreenShare', 'field.mainGreenShare', 10, 90, 1, PERCENT),
  ],
  busLane: [],
  busFrequency: [field('headwayFactor', 'field.headwayFactor', 25, 400, 5, PERCENT)],
  holdBuses: [
    field('headwayShare', 'field.headwayShare', 10, 100, 5, PERCENT),
    field('mostS', 'field.holdMostS', 10, 600, 10),
    field('everyStops', 'field.everyStops', 1, 50, 1),
  ],
  closeStop: [],
  detourBuses: [],
  reverseStreet: [],
  addLanes: [field('lanes', 'field.lanesAdded', 1, 4, 1)],
}

export function fieldsOf({ kind }: ScenarioEdit): readonly EditField[] {
  // what is built holds for all of a scenario
  const isBuilt = kind === 'reverseStreet' || kind === 'addLanes'
  return isBuilt ? own[kind] : [...own[kind], ...times]
}

/** The number of a field as the form shows it; undefined where the edit says nothing of it. */
export function shownIn(edit: ScenarioEdit, { name, scale }: EditField): number | undefined {
  const value = (edit as unknown as Readonly<Record<string, number | undefined>>)[name]
  return value === undefined ? undefined : value / scale
}

/** The edit with a field as the form says it; the edit itself where that is no number it takes. */
export function withField(edit: ScenarioEdit, field: EditField, shown: number | undefined): ScenarioEdit {
  const { name, least, most, scale, isOptional } = field
  if (shown === undefined) {
    if (!isOptional) return edit
    const { [name]: _, ...rest } = edit as unknown as Record<string, unknown>
    return rest as unknown as ScenarioEdit
  }
  if (!(shown >= least && shown <= most)) return edit
  return { ...edit, [name]: shown * scale } as unknown as ScenarioEdit
}
