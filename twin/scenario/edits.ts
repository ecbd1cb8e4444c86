/** Every kind of edit, and edits as a scenario writes them. */
import * as v from 'valibot'
import type { City } from '../city.ts'
import { faultOfKnob } from '../kernel/knob.ts'
import { knobSpecs } from '../knobs.ts'
import { addFastChargers, setEvShare } from './edits/charging.ts'
import { changeDemand, changeHomesAndJobs, holdEvent } from './edits/demand.ts'
import {
  addBattery,
  addRooftopPv,
  closeTie,
  openBreaker,
  respondWithDemand,
  takeFeederOut,
  takeSubstationOut,
} from './edits/power.ts'
import { heatwave, storm } from './edits/weather.ts'
import { addLanes, reverseStreet } from './edits/building.ts'
import { busFrequency, busLane, closeStop, detourBuses, holdBuses } from './edits/buses.ts'
import { signalPlan } from './edits/signals.ts'
import {
  closeLanes,
  closeStreet,
  closeToCars,
  lowTrafficArea,
  roadWorks,
  speedLimit,
} from './edits/streets.ts'
import { editBasics, type EditKind, type EditSetting, type Said } from './editKind.ts'
import { refused, wordsOfRefusal, type RefusalOf } from './refusals.ts'
import { isSwitch, rowKindOf, rowsOf, type Setting } from './setting.ts'

const kinds = [
  closeStreet,
  changeDemand,
  openBreaker,
  takeSubstationOut,
  takeFeederOut,
  closeTie,
  setEvShare,
  addFastChargers,
  addRooftopPv,
  addBattery,
  respondWithDemand,
  heatwave,
  storm,
  holdEvent,
  changeHomesAndJobs,
  closeLanes,
  speedLimit,
  roadWorks,
  closeToCars,
  lowTrafficArea,
  signalPlan,
  busLane,
  busFrequency,
  holdBuses,
  closeStop,
  detourBuses,
  reverseStreet,
  addLanes,
] as const
type Kinds = (typeof kinds)[number]

type EditOf<K> =
  K extends EditKind<infer Name, infer S>
    ? { readonly kind: Name } & Said<typeof editBasics> & Said<S>
    : never
export type ScenarioEdit = EditOf<Kinds>
export type EditKindId = Kinds['kind']

/** One edit of a scenario. */
export const editSchema = v.variant(
  'kind',
  kinds.map(({ kind, entries }) =>
    v.strictObject({ kind: v.literal(kind), ...editBasics, ...entries }),
  ) as never,
) as unknown as v.GenericSchema<unknown, ScenarioEdit>

/** The kind of an edit. */
export function kindOf(edit: ScenarioEdit): EditKind {
  // the schema has checked that an edit is of its kind
  return kinds.find((each) => each.kind === edit.kind) as unknown as EditKind
}

const isOfGrid = new Set<string>(['breaker', 'substation', 'transformer', 'bus'])
const isOfTimetable = new Set<string>(['route', 'stop'])

export interface Refused {
  readonly edit: ScenarioEdit
  readonly refused: RefusalOf
}

/** What edits come down to in a city, in their order, but for those that are off; and those that cannot be made there, with the reason. */
export function resolveEdits(
  edits: readonly ScenarioEdit[],
  city: City,
): { readonly settings: readonly Setting[]; readonly refused: readonly Refused[] } {
  const settings: Setting[] = []
  const without: Refused[] = []
  for (const edit of edits) {
    if (edit.isOff === true) continue
    const resolved = resolveEdit(edit, city)
    if ('refused' in resolved) without.push({ edit, refused: resolved.refused })
    else settings.push(...resolved.settings)
  }
  return { settings, refused: without }
}

/** An edit that a city cannot be given: in English, and as the facts that a page says in its reader's language. */
export class EditRefusedError extends RangeError {
  readonly refused: Refused

  constructor(refused: Refused) {
    super(`edit ${refused.edit.id} (${refused.edit.kind}): ${wordsOfRefusal(refused.refused)}`)
    this.refused = refused
  }
}

/** Throws EditRefusedError with the first edit that cannot be made in a city, and why. */
export function checkEdits(edits: readonly ScenarioEdit[], city: City): void {
  const [first] = resolveEdits(edits, city).refused
  if (first !== undefined) throw new EditRefusedError(first)
}

function resolveEdit(
  edit: ScenarioEdit,
  city: City,
): { readonly settings: readonly Setting[] } | { readonly refused: RefusalOf } {
  const { fromS = 0, untilS = Infinity } = edit
  if (untilS <= fromS) return refused('endsBeforeItBegins', { fromS, untilS })
  const resolved = kindOf(edit).resolve(edit as never, city)
  if ('refused' in resolved) return resolved
  for (const setting of resolved.settings) {
    const fault = faultOf(setting, city)
    if (fault !== undefined) return fault
  }
  return { settings: resolved.settings.map((setting) => ({ fromS, untilS, ...setting })) }
}

function faultOf({ target, row, value }: EditSetting, city: City): { refused: RefusalOf } | undefined {
  const what = rowKindOf(target)
  const rows = rowsOf(city, target)
  if (rows === 0 && isOfGrid.has(what)) return refused('noGrid')
  if (rows === 0 && isOfTimetable.has(what)) return refused('noBuses')
  if (row >= rows) return refused('noSuchRow', { what, row, rows })
  if (isSwitch(target)) return undefined
  const { least, most } = knobSpecs[target]
  if (faultOfKnob(knobSpecs[target], value) === undefined) return undefined
  return refused('badValue', { what: target, value, due: `${least} to ${most}` })
}
