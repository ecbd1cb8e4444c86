/** Fits the traffic model to a city's speed detectors: which links a detector stands for, how well a run agrees, which parameters to try next. */
import type { Projection } from '../../twin/geo/projection.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import { hashText } from '../../twin/kernel/hash.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'

export const HALF_HOURS = 48

/** One detector with its measured weekday speeds; NaN where a half hour has none. */
export interface DetectorSite {
  readonly id: string
  /** What vehicles drive there when nothing is in their way, km/h, as the detector's owner gives it. */
  readonly freeFlowKmh: number
  readonly lng: number
  readonly lat: number
  readonly street: string
  readonly speedKmh: Float64Array
}

/** A site and the links of its street about it; `isHeldOut` sites take no part in the fit. */
export interface MatchedSite extends DetectorSite {
  readonly links: readonly number[]
  readonly isHeldOut: boolean
}

/** A detector is matched to a street of its name no further than this, and stands for that street this far about it, metres (assumed). */
const MATCH_M = 60
const ABOUT_M = 300

/**
 * The sites whose street is found within 60 m, each with the links of that street within 300 m: a detector measures moving
 * vehicles away from stop lines, so the stretch says more than the one link. Names are compared without accents, by their last
 * word, because registers shorten first names. Half of the sites, by a hash of their id, are held out.
 */
export function matchSites(
  network: RoadNetwork,
  projection: Projection,
  sites: readonly DetectorSite[],
): MatchedSite[] {
  const { links, nodes, names } = network
  const words = names.text.map(lastWord)
  const middle = (link: number): [number, number] => [
    (nodes.xM[links.fromNode[link]] + nodes.xM[links.toNode[link]]) / 2,
    (nodes.yM[links.fromNode[link]] + nodes.yM[links.toNode[link]]) / 2,
  ]
  return sites.flatMap((site) => {
    const [x, y] = localFromLngLat(projection, [site.lng, site.lat])
    const word = lastWord(site.street)
    const near: [distance: number, link: number][] = []
    for (let link = 0; link < links.fromNode.length; link++) {
      const [mx, my] = middle(link)
      const distance = Math.sqrt((mx - x) ** 2 + (my - y) ** 2)
      if (distance < ABOUT_M && words[links.name[link]] === word) near.push([distance, link])
    }
    const reach = near.some(([distance, link]) => distance < MATCH_M + links.lengthM[link] / 2)
    if (!reach) return []
    const isHeldOut = hashText(site.id) % 2 === 1
    return [{ ...site, links: near.map(([, link]) => link), isHeldOut }]
  })
}

/** Sums of one run, by site × half hour, weighted by flow: seconds a lone driver needs for the stretch, and seconds taken. */
export interface RunSums {
  readonly freeSeconds: Float64Array
  readonly seconds: Float64Array
}

export function makeRunSums(sites: number): RunSums {
  return { freeSeconds: new Float64Array(sites * HALF_HOURS), seconds: new Float64Array(sites * HALF_HOURS) }
}

/**
 * Adds a moment of a run to the sums of its half hour. `loneTicks` is what a lone driver needs for each link, waits at signals
 * included, `takenTicks` what vehicles take now. A detector stands away from stop lines and sees moving vehicles, a link's time
 * holds the wait at its end; the ratio of the two times is what model and detector have in common, so the model's speed at a
 * site is the site's free-flow speed times this ratio.
 */
export function addMoment(
  sums: RunSums,
  sites: readonly MatchedSite[],
  halfHour: number,
  flowVph: Float32Array,
  loneTicks: Int32Array,
  takenTicks: Int32Array,
): void {
  sites.forEach((site, i) => {
    const at = i * HALF_HOURS + halfHour
    for (const link of site.links) {
      // A little weight for unused links, so that a site has a speed at night.
      const weight = flowVph[link] + 1
      sums.freeSeconds[at] += weight * loneTicks[link]
      sums.seconds[at] += weight * takenTicks[link]
    }
  })
}

export interface Fit {
  readonly sites: number
  /** Mean absolute error over site × half hour, km/h. */
  readonly maeKmh: number
  /** Correlation over site × half hour. */
  readonly r: number
  /** City-wide mean by half hour, km/h. */
  readonly modelKmh: readonly number[]
  readonly measuredKmh: readonly number[]
  /** Root mean square error of the city-wide means, km/h. */
  readonly cityRmseKmh: number
  /** Hours at which the slowest half hour begins, before and after 13:00. */
  readonly morningMinimumH: number
  readonly eveningMinimumH: number
}

/** How well the sites with `isHeldOut` as given agree with a run, over the half hours the run has. */
export function fitOf(sums: RunSums, sites: readonly MatchedSite[], isHeldOut: boolean): Fit {
  const pairs: [model: number, measured: number][] = []
  const city = Array.from({ length: HALF_HOURS }, () => ({ model: 0, measured: 0, count: 0 }))
  let count = 0
  sites.forEach((site, i) => {
    if (site.isHeldOut !== isHeldOut) return
    count++
    for (let h = 0; h < HALF_HOURS; h++) {
      const at = i * HALF_HOURS + h
      if (!(sums.seconds[at] > 0) || !(site.speedKmh[h] > 0)) continue
      const model = (site.freeFlowKmh * sums.freeSeconds[at]) / sums.seconds[at]
      pairs.push([model, site.speedKmh[h]])
      city[h].model += model
      city[h].measured += site.speedKmh[h]
      city[h].count++
    }
  })
  const mean = (sum: number, n: number) => (n > 0 ? sum / n : NaN)
  const modelKmh = city.map((h) => mean(h.model, h.count))
  const measuredKmh = city.map((h) => mean(h.measured, h.count))
  const gaps = modelKmh.map((model, h) => model - measuredKmh[h]).filter((gap) => !Number.isNaN(gap))
  return {
    sites: count,
    maeKmh: mean(
      pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0),
      pairs.length,
    ),
    r: correlation(pairs),
    modelKmh,
    measuredKmh,
    cityRmseKmh: Math.sqrt(
      mean(
        gaps.reduce((sum, gap) => sum + gap * gap, 0),
        gaps.length,
      ),
    ),
    morningMinimumH: slowest(modelKmh, 10, 26) / 2,
    eveningMinimumH: slowest(modelKmh, 26, 44) / 2,
  }
}

/**
 * What the search makes small: the error of the city's day, a quarter of the sites' error, and 2 km/h for every half hour a
 * minimum lies beyond 30 minutes from the measured one.
 */
export function misfit(fit: Fit): number {
  const morning = slowest(fit.measuredKmh, 10, 26) / 2
  const evening = slowest(fit.measuredKmh, 26, 44) / 2
  const late = (model: number, measured: number) => Math.max(0, Math.abs(model - measured) - 0.5) * 4
  return (
    fit.cityRmseKmh + fit.maeKmh / 4 + late(fit.morningMinimumH, morning) + late(fit.eveningMinimumH, evening)
  )
}

/** Pearson's correlation of pairs. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.length
  const meanA = pairs.reduce((sum, [a]) => sum + a, 0) / n
  const meanB = pairs.reduce((sum, [, b]) => sum + b, 0) / n
  let ab = 0
  let aa = 0
  let bb = 0
  for (const [a, b] of pairs) {
    ab += (a - meanA) * (b - meanB)
    aa += (a - meanA) ** 2
    bb += (b - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

function slowest(speeds: readonly number[], from: number, end: number): number {
  let best = from
  for (let h = from; h < end; h++) if (speeds[h] < speeds[best] || Number.isNaN(speeds[best])) best = h
  return best
}

function lastWord(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9ñ ]/g, ' ')
    .trim()
  return plain.slice(plain.lastIndexOf(' ') + 1)
}
