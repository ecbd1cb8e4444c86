/** Streets of an edited twin against the untouched one: how much of its free speed each has lost or gained. */
import type { City } from '../../../twin/city.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import type { Mirror } from '../../state/mirror.ts'
import { divergingOf } from '../../theme/diverging.ts'
import type { Color, Theme } from '../../theme/theme.ts'
import type { StateTexture } from '../stateTexture.ts'

/** Share of the free speed from which a difference is one, and from which it is a large one; assumed. */
export const DIFFERENCES = [0.1, 0.25] as const
/** Of the way to each new value: what one red phase does to a street shall not flicker; assumed. */
const SMOOTHING = 0.35
const LAST_MAIN_CLASS = 4
const SAME = 2

/** Much faster, faster, the same, slower, much slower. */
export function differencePalette(theme: Theme): readonly Color[] {
  return divergingOf(theme)
}

/** 0 (much faster than untouched) to 4 (much slower), of a gain as a share of the free speed. */
export function differenceStep(gain: number): number {
  const [some, much] = DIFFERENCES
  if (gain <= -some) return gain <= -much ? 4 : 3
  if (gain >= some) return gain >= much ? 0 : 1
  return SAME
}

/** Colour, opacity and closure of every link against the untouched twin; `gains` keeps the smoothed differences. */
export function setDifferenceStates(
  states: StateTexture,
  gains: Float32Array,
  city: City,
  mirror: Mirror,
  untouched: Mirror,
): void {
  const { freeSpeedMps, roadClass } = city.network.links
  const edited = mirror.table(linkTable)
  const base = untouched.table(linkTable)
  const rows = Math.min(edited.rows, base.rows, freeSpeedMps.length)
  const { speedMps, isClosed } = edited.columns
  const baseMps = base.columns.speedMps
  const { bytes } = states
  for (let link = 0; link < rows; link++) {
    const gain = freeSpeedMps[link] > 0 ? (speedMps[link] - baseMps[link]) / freeSpeedMps[link] : 0
    gains[link] += SMOOTHING * (gain - gains[link])
    const step = differenceStep(gains[link])
    const isShut = isClosed[link] === 1
    const at = link * 4
    bytes[at] = (step * 255) / 4
    bytes[at + 1] = isShut || step !== SAME ? 255 : roadClass[link] <= LAST_MAIN_CLASS ? 45 : 0
    bytes[at + 2] = 0
    bytes[at + 3] = isShut ? 255 : 0
  }
  states.version++
}
