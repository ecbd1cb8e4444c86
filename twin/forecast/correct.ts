/**
 * From what members say to the forecast that is published: their median change, as far as it has deserved trust, on top of what
 * is observed now, in a band as wide as past errors ask for.
 */
import { blendWeights } from './blend.ts'
import { bandFactor } from './conformal.ts'
import { BAND_RATIO, LEADS_S, type ForecastSeries } from './forecast.ts'
import { leadsOf, type Scores } from './scores.ts'

// The band's half width is at least this share of the present value before anything has been scored. Assumed.
const FLOOR_RATIO = 0.005
// … and at least this much of the quantity's unit, so that a quantity that never moves has a width at all.
const SMALLEST = 1e-6

/** Where a quantity can be; left out where it may be anything. */
export interface Bounds {
  readonly least?: number
  readonly most?: number
}

/** What the members of a forecast say of one quantity. */
export interface MemberPaths<Id extends string> {
  readonly id: Id
  /** As observed when the forecast is made. */
  readonly now: number
  /** By member, then by lead. At least one. */
  readonly paths: readonly Float32Array[]
  /** By member: its own value when the forecast is made; left out when members start from what is observed. */
  readonly starts?: ArrayLike<number>
  readonly bounds?: Bounds
}

/** The published series of one quantity, by what `scores` has learnt of it. Throws RangeError without members. */
export function correctSeries<Id extends string>(scores: Scores, from: MemberPaths<Id>): ForecastSeries<Id> {
  const { id, now, paths, starts, bounds = {} } = from
  if (paths.length === 0) throw new RangeError(`forecast: ${id} has no members, expected at least one`)
  const { least = -Infinity, most = Infinity } = bounds
  const within = (value: number) => Math.min(most, Math.max(least, value))
  const column = () => new Float32Array(LEADS_S.length)
  const start = starts === undefined ? now : quantile(Float64Array.from(starts).sort(), 0.5)
  const gap = start - now
  const [median, low, high, drift, scale] = [column(), column(), column(), column(), column()]
  const corrected = paths.map(column)
  leadsOf(scores, id).forEach(({ count, recentError, blend, conformal }, lead) => {
    const sorted = Float64Array.from(paths, (path) => path[lead]).sort()
    const middle = quantile(sorted, 0.5)
    const edge = (1 - BAND_RATIO) / 2
    const spread = (quantile(sorted, 1 - edge) - quantile(sorted, edge)) / 2
    const { trust, pull } = blendWeights(blend)
    const floor = count > 0 ? recentError : FLOOR_RATIO * Math.abs(now)
    drift[lead] = middle - start
    scale[lead] = Math.max(SMALLEST, spread + floor)
    const centre = within(now + trust * drift[lead] + pull * gap)
    const half = bandFactor(conformal) * scale[lead]
    median[lead] = centre
    low[lead] = Math.min(median[lead], within(centre - half))
    high[lead] = Math.max(median[lead], within(centre + half))
    const stretch = spread > 0 ? half / spread : 0
    paths.forEach((path, k) => (corrected[k][lead] = within(centre + (path[lead] - middle) * stretch)))
  })
  return { id, now, median, low, high, paths: corrected, drift, gap, scale }
}

/** The value below which a share of the sorted lies, between neighbours by their distance (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}
