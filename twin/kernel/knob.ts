/**
 * A knob is what may be set of a domain from outside, by row: a speed limit of a link, the sun's power on a transformer's roofs.
 * Declared once by its domain; all edits of a scenario come down to knobs and switches. A knob that nobody turned stands at its
 * neutral value, where the domain is, byte for byte, as if there were no such knob.
 */
import { loadColumn, type SavedState } from './domain.ts'

/** What the rows of a knob are; of the city there is one. */
export const knobRows = ['city', 'link', 'signal', 'zone', 'route', 'stop', 'transformer', 'bus'] as const
export type KnobRows = (typeof knobRows)[number]

/** For a domain that has no such rows. */
export const NO_ROWS: Readonly<Record<KnobRows, number>> = {
  city: 0,
  link: 0,
  signal: 0,
  zone: 0,
  route: 0,
  stop: 0,
  transformer: 0,
  bus: 0,
}

export interface KnobSpec {
  readonly of: KnobRows
  /** The value at which nothing is changed; it may lie outside of `least` to `most`. */
  readonly neutral: number
  readonly least: number
  readonly most: number
  /** Only whole numbers. */
  readonly isWhole?: boolean
  /** What several edits of one row make together: the last of them, their sum, their product. */
  readonly joins: 'last' | 'sum' | 'product'
}

export type KnobSpecs = Readonly<Record<string, KnobSpec>>

/** By knob, a value a row. Read by its domain; written by `turnKnob` and `loadKnobs` alone. */
export type Knobs<S extends KnobSpecs> = { readonly [K in keyof S]: Float64Array }

export function makeKnobs<S extends KnobSpecs>(specs: S, rows: Readonly<Record<KnobRows, number>>): Knobs<S> {
  const knobs = Object.entries(specs).map(([id, { of, neutral }]) => [
    id,
    new Float64Array(rows[of]).fill(neutral),
  ])
  return Object.fromEntries(knobs) as Knobs<S>
}

/** Why `value` is none for a knob, with what was due; undefined when it is one. */
export function faultOfKnob({ neutral, least, most, isWhole }: KnobSpec, value: number): string | undefined {
  if (value === neutral) return undefined
  const isIn = value >= least && value <= most && (!isWhole || Number.isInteger(value))
  if (isIn) return undefined
  return `${value}, expected ${isWhole ? 'a whole number' : 'a number'} from ${least} to ${most}`
}

/** Sets one row; false when it stood there already. */
export function turnKnob<S extends KnobSpecs>(
  knobs: Knobs<S>,
  id: keyof S,
  row: number,
  value: number,
): boolean {
  if (knobs[id][row] === value) return false
  knobs[id][row] = value
  return true
}

/** Adds the knobs that somebody turned to `state`; of others it says nothing, as states saved before there were knobs. */
export function saveKnobs<S extends KnobSpecs>(specs: S, knobs: Knobs<S>, state: SavedState): void {
  for (const id of Object.keys(specs)) {
    const { neutral } = specs[id]
    if (knobs[id].some((value) => value !== neutral)) state[`knob.${id}`] = knobs[id].slice()
  }
}

/** Takes the knobs of `state` over; those it does not name stand at neutral. Throws with the name of one that does not fit. */
export function loadKnobs<S extends KnobSpecs>(specs: S, knobs: Knobs<S>, state: SavedState): void {
  for (const id of Object.keys(specs)) {
    if (state[`knob.${id}`] === undefined) knobs[id].fill(specs[id].neutral)
    else loadColumn(knobs[id], state, `knob.${id}`)
  }
}
