/** How the future of a fork differs from its parent's: other dice, more or fewer trips, earlier or later ones. */
import { loadColumn, type SavedState } from './domain.ts'

export interface Variation {
  /** Mixed into every seed that draws the future; 0 keeps the parent's dice. A whole number of 32 bits. */
  readonly dice: number
  /** Multiplies the trips by car that begin from now on. */
  readonly demandFactor: number
  /** By how much trips begin later than on a normal day, seconds; negative when earlier. */
  readonly demandShiftS: number
}

/** The variation a twin lives under, shared by its domains, and the tick from which it does. */
export type Varying = { -readonly [K in keyof Variation]: Variation[K] } & { sinceTick: number }

/** A twin's own dice and demand. */
export function makeVarying(): Varying {
  return { dice: 0, demandFactor: 1, demandShiftS: 0, sinceTick: 0 }
}

/** The seed of what is drawn from now on; what a city is built by keeps the seed itself. */
export function seedNow(seed: number, { dice }: Varying): number {
  return seed ^ dice
}

/** Adds the variation to `state` as `name`; nothing when there is none, as in states saved before there was such a thing. */
export function saveVarying(varying: Varying, state: SavedState, name: string): void {
  const { dice, demandFactor, demandShiftS, sinceTick } = varying
  if (dice === 0 && demandFactor === 1 && demandShiftS === 0) return
  state[name] = Float64Array.of(dice, demandFactor, demandShiftS, sinceTick)
}

/** Takes the variation of `state` over: its own dice and demand when it names none. */
export function loadVarying(varying: Varying, state: SavedState, name: string): void {
  Object.assign(varying, makeVarying())
  if (state[name] === undefined) return
  const saved = new Float64Array(4)
  loadColumn(saved, state, name)
  const [dice, demandFactor, demandShiftS, sinceTick] = saved
  Object.assign(varying, { dice, demandFactor, demandShiftS, sinceTick })
}
