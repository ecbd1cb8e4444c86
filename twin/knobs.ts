/** Every knob of every domain, in the order of the list in which commands name them: new ones come last. */
import type { City } from './city.ts'
import { faultOfKnob, type KnobRows, type KnobSpec } from './kernel/knob.ts'
import { powerKnobs } from './power/knobs.ts'
import { trafficKnobs } from './traffic/knobs.ts'
import { holdingKnobs, serviceKnobs } from './transit/knobs.ts'

/** In the order in which they came: commands that a saved twin has yet to apply name knobs by it. */
const knobsOf = [
  ['traffic', trafficKnobs],
  ['transit', serviceKnobs],
  ['power', powerKnobs],
  ['transit', holdingKnobs],
] as const
type KnobDomain = (typeof knobsOf)[number][0]
type NamesOf<S> = S extends unknown ? keyof S : never

export type KnobId = NamesOf<(typeof knobsOf)[number][1]>
export const knobSpecs = Object.assign({}, ...knobsOf.map(([, specs]) => specs)) as Readonly<
  Record<KnobId, KnobSpec>
>
export const knobIds = Object.keys(knobSpecs) as readonly KnobId[]

/** The domain that has a knob. */
export const domainOfKnob = Object.fromEntries(
  knobsOf.flatMap(([domain, specs]) => Object.keys(specs).map((id) => [id, domain])),
) as Readonly<Record<KnobId, KnobDomain>>

/** What a domain with knobs is to who turns them. */
export interface Knobbed {
  readonly knobs: Readonly<Partial<Record<KnobId, Float64Array>>>
  turn(knob: KnobId, row: number, value: number): void
}

/** How many rows of each kind a city has for its knobs. */
export function knobRowsOf({ network, zones, timetable, grid }: KnobCity): Record<KnobRows, number> {
  return {
    city: 1,
    link: network.links.fromNode.length,
    signal: network.signals.xM.length,
    zone: zones.zones.xM.length,
    route: timetable?.routes.shortName.length ?? 0,
    stop: timetable?.stops.xM.length ?? 0,
    transformer: grid?.transformers.bus.length ?? 0,
    bus: grid?.buses.feeder.length ?? 0,
  }
}

/** What of a city has rows of knobs. */
export type KnobCity = Pick<City, 'network' | 'zones' | 'timetable' | 'grid'>

/** Why a knob of a city cannot be set so, with what came and what was due; undefined when it can. */
export function faultOfSetting(
  city: KnobCity,
  { knob, row, value }: { readonly knob: KnobId; readonly row: number; readonly value: number },
): string | undefined {
  const spec = knobSpecs[knob]
  const rows = knobRowsOf(city)[spec.of]
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    return `${spec.of} is ${row}, expected a row from 0 to ${rows - 1}`
  const fault = faultOfKnob(spec, value)
  return fault && `${knob} is ${fault}`
}
