/** When two runs of one seed part: the first look at which they differ by more than what a quantity does by itself. */

/** A difference counts from so many times the root mean square of the base's own changes from look to look. Assumed. */
const NOISE_TIMES = 2

export interface Departure {
  readonly noise: number
  /** The first of two looks, one after the other, at which they differ by more than noise on one side. */
  readonly look: number
  /** The look at which they differ most. */
  readonly peak: number
}

/** How much a series moves from one look to the next, twice over; `least` is what counts at all. */
export function noiseOf(base: ArrayLike<number>, least: number): number {
  let square = 0
  for (let look = 1; look < base.length; look++) square += (base[look] - base[look - 1]) ** 2
  return Math.max(least, NOISE_TIMES * Math.sqrt(square / Math.max(1, base.length - 1)))
}

/** Undefined while they never part. */
export function departureOf(
  base: ArrayLike<number>,
  edited: ArrayLike<number>,
  least: number,
): Departure | undefined {
  const noise = noiseOf(base, least)
  const looks = base.length
  const differs = (look: number) => edited[look] - base[look]
  let first = -1
  let peak = 0
  for (let look = 0; look < looks; look++) {
    const d = differs(look)
    if (Math.abs(d) > Math.abs(differs(peak))) peak = look
    if (first >= 0 || look + 1 === looks || Math.abs(d) <= noise) continue
    const next = differs(look + 1)
    if (Math.abs(next) > noise && next > 0 === d > 0) first = look
  }
  return first < 0 ? undefined : { noise, look: first, peak }
}
