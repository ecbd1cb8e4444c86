/** One run of a city as its detectors see it: every five minutes the flow and the speed at some links, a little wrong. */
import type { City } from '../../../twin/city.ts'
import { secondOfDay } from '../../../twin/kernel/clock.ts'
import { randomIndex, randomUnit } from '../../../twin/kernel/random.ts'
import type { Variation } from '../../../twin/kernel/variation.ts'
import { mainLinkCount } from '../../../twin/objectives/measure.ts'
import { createWarmTwin } from '../../../twin/warm.ts'
import type { WarmDay } from '../../../twin/warmFile.ts'

export const READING_S = 300
// Moments in one reading, and how wrong a detector may be, either way (assumed).
const SAMPLE_S = 60
const FLOW_ERROR = 0.05
const SPEED_ERROR = 0.03
// Power does not matter here; it is solved as seldom as this.
const SOLVE_S = 1800
const INCIDENT_S = [1800, 3000] as const

/** A street closed for a while, seconds since the world's first reading began. */
export interface Incident {
  readonly link: number
  readonly fromS: number
  readonly untilS: number
}

export interface WorldSpec {
  readonly cityId: string
  /** Local days since 1970, second of that day at which it begins, and how long before its readings begin. */
  readonly day: number
  readonly startS: number
  readonly spinUpS: number
  readonly readings: number
  readonly variation: Variation
  readonly incidents: readonly Incident[]
  readonly sites: readonly number[]
}

/** By reading × site. */
export interface Readings {
  readonly flowVph: Float32Array
  readonly speedMps: Float32Array
}

/** Runs a world from its hour's usual life. */
export function runWorld(city: City, warm: WarmDay, spec: WorldSpec): Readings {
  const { sites, variation, spinUpS } = spec
  const startMs = (spec.day * 86_400 + spec.startS - spinUpS) * 1000
  const twin = createWarmTwin(city, warm, { startMs, utcOffsetS: 0, solveEveryS: SOLVE_S })
  twin.vary(variation)
  twin.advance(spinUpS)
  if (secondOfDay(twin.clock) !== spec.startS % 86_400) throw new Error('world: lost its time')
  const { flowVph, speedMps } = twin.traffic.links.columns
  const out = {
    flowVph: new Float32Array(spec.readings * sites.length),
    speedMps: new Float32Array(spec.readings * sites.length),
  }
  const error = (reading: number, site: number, axis: number) =>
    2 * randomUnit(variation.dice, reading, site, axis) - 1
  for (let s = 0; s < spec.readings * READING_S; s += SAMPLE_S) {
    const reading = Math.floor(s / READING_S)
    for (const { link, fromS, untilS } of spec.incidents) {
      const isClosed = s >= fromS && s < untilS
      twin.command({ kind: 'setLinkClosed', link, isClosed })
    }
    twin.advance(SAMPLE_S)
    sites.forEach((link, site) => {
      const at = reading * sites.length + site
      out.flowVph[at] += flowVph[link]
      out.speedMps[at] += flowVph[link] * speedMps[link]
    })
  }
  for (let at = 0; at < out.flowVph.length; at++) {
    const reading = Math.floor(at / sites.length)
    const site = at % sites.length
    const flow = out.flowVph[at]
    out.speedMps[at] = flow > 0 ? (out.speedMps[at] / flow) * (1 + SPEED_ERROR * error(reading, site, 0)) : 0
    out.flowVph[at] = (flow / (READING_S / SAMPLE_S)) * (1 + FLOW_ERROR * error(reading, site, 1))
  }
  return out
}

/** Two closed streets at some time between two hours of the run: main streets of two lanes or more. */
export function drawIncidents(city: City, seed: number, fromS: number, untilS: number): Incident[] {
  const { lanes } = city.network.links
  const main = Array.from({ length: mainLinkCount(city.network) }, (_, link) => link).filter(
    (link) => lanes[link] >= 2,
  )
  return [0, 1].map((incident) => {
    const at = fromS + (untilS - fromS) * randomUnit(seed, incident, 1)
    const lasts = INCIDENT_S[0] + (INCIDENT_S[1] - INCIDENT_S[0]) * randomUnit(seed, incident, 2)
    return { link: main[randomIndex(main.length, seed, incident, 3)], fromS: at, untilS: at + lasts }
  })
}

/** Links of main streets that detectors stand at, drawn by a seed. */
export function drawSites(city: City, seed: number, count: number): number[] {
  const main = Array.from({ length: mainLinkCount(city.network) }, (_, link) => link)
  return main
    .toSorted((a, b) => randomUnit(seed, a, 5) - randomUnit(seed, b, 5))
    .slice(0, count)
    .toSorted((a, b) => a - b)
}
