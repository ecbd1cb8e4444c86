/**
 * When something is up: beyond its limit for long enough, and over only when it was inside, by its deadband, for long enough. One
 * memory for each source of each kind.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import { alarmKinds, type AlarmKind } from './catalogue.ts'

const NOT_CROSSING = -1

export interface Detector {
  readonly kind: AlarmKind
  /** By source. */
  readonly isUp: Uint8Array
  /** Since when the value has been on the other side, ticks; NOT_CROSSING while it is not. */
  readonly sinceTick: Int32Array
  /** Id of the alarm that a source which is up follows from, as long as it is up; 0 is none. */
  readonly root: Uint32Array
}

export function makeDetector(kind: AlarmKind, sources: number): Detector {
  return {
    kind,
    isUp: new Uint8Array(sources),
    sinceTick: new Int32Array(sources).fill(NOT_CROSSING),
    root: new Uint32Array(sources),
  }
}

/** Takes in the values of all sources at `tick`, NaN for one that has none; gives the sources that have just come up. */
export function detect(
  { kind, isUp, sinceTick, root }: Detector,
  values: Float64Array,
  tick: number,
): number[] {
  const sign = kind.worseWhen === 'higher' ? 1 : -1
  const limit = sign * kind.limit
  const came: number[] = []
  for (let source = 0; source < isUp.length; source++) {
    const value = Number.isNaN(values[source]) ? -Infinity : sign * values[source]
    const isBeyond = isUp[source] === 1 ? value < limit - kind.deadband : value >= limit
    if (!isBeyond) {
      sinceTick[source] = NOT_CROSSING
      continue
    }
    if (sinceTick[source] === NOT_CROSSING) sinceTick[source] = tick
    const delayS = isUp[source] === 1 ? kind.offDelayS : kind.onDelayS
    if (tick - sinceTick[source] < delayS * TICKS_PER_S) continue
    isUp[source] = 1 - isUp[source]
    sinceTick[source] = NOT_CROSSING
    root[source] = 0
    if (isUp[source] === 1) came.push(source)
  }
  return came
}

export function saveDetectors(detectors: readonly Detector[], state: SavedState): void {
  for (const { kind, isUp, sinceTick, root } of detectors) {
    state[`${kind.id}.isUp`] = isUp.slice()
    state[`${kind.id}.sinceTick`] = sinceTick.slice()
    state[`${kind.id}.root`] = root.slice()
  }
}

/** A kind that the saved state knows nothing of begins anew. */
export function loadDetectors(detectors: readonly Detector[], state: SavedState): void {
  for (const { kind, isUp, sinceTick, root } of detectors) {
    isUp.fill(0)
    sinceTick.fill(NOT_CROSSING)
    root.fill(0)
    if (state[`${kind.id}.isUp`] === undefined) continue
    loadColumn(isUp, state, `${kind.id}.isUp`)
    loadColumn(sinceTick, state, `${kind.id}.sinceTick`)
    loadColumn(root, state, `${kind.id}.root`)
  }
}

/** One for each kind, in the order of the catalogue. */
export function makeDetectors(sourcesOf: (kind: AlarmKind) => number): Detector[] {
  return alarmKinds.map((kind) => makeDetector(kind, sourcesOf(kind)))
}
