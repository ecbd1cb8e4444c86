/** What matters now, in two sentences: each domain says its most telling one with how grave it is, and the two gravest are kept. */
import { domainIds, type DomainId } from '../../twin/domains.ts'
import { formatDuration, formatNumber, formatPercent, formatPower, formatSpeed } from '../language/format.ts'
import { say, sayCount } from '../language/language.ts'
import type { Indicators, MainStreets, SlowStreet } from './api.ts'

export interface Sentence {
  readonly domain: DomainId
  /** 0 is a usual moment; from 1 on it is not. */
  readonly severity: number
  readonly text: string
  /** Where on the map it is, if it is anywhere. */
  readonly at?: readonly [lng: number, lat: number]
}

export interface Situation {
  readonly indicators: Indicators
  readonly mainStreets: MainStreets
  /** Slowest first. */
  readonly slowStreets: readonly SlowStreet[]
}

// Shares of free speed on main streets under which traffic is called dense, and slow; assumed.
const DENSE_RATIO = 0.72
const SLOW_RATIO = 0.5
// Mean delays over which buses are called late, and very late; the second is the indicator's limit.
const LATE_S = 120
const VERY_LATE_S = 300

/** The two gravest sentences of different domains, gravest first; fewer when the city has fewer domains. */
export function sentencesOf(situation: Situation): Sentence[] {
  const { indicators } = situation
  const said = [traffic(situation), power(indicators), transit(indicators), reports(indicators)]
  return said
    .filter((sentence) => sentence !== undefined)
    .sort((a, b) => b.severity - a.severity || domainIds.indexOf(a.domain) - domainIds.indexOf(b.domain))
    .slice(0, 2)
}

/** What is said without its numbers: it changes when something else matters, or the same becomes graver or better. */
export function gistOf(said: readonly Sentence[]): string {
  return said.map(({ domain, severity }) => `${domain} ${severity}`).join(', ')
}

function traffic({ indicators, mainStreets, slowStreets }: Situation): Sentence | undefined {
  const { speedRatio, darkSignals = 0, customersOut = 0 } = indicators
  if (darkSignals > 0 && customersOut === 0) {
    return { domain: 'traffic', severity: 2.5, text: sayCount('now.darkSignals', darkSignals) }
  }
  if (!isKnown(speedRatio)) return undefined
  const level = speedRatio < SLOW_RATIO ? 'slow' : speedRatio < DENSE_RATIO ? 'dense' : 'free'
  const severity = { slow: 2, dense: 1, free: 0.5 }[level]
  const { slow, count } = mainStreets
  const [worst] = slowStreets
  if (!worst || slow === 0) {
    const text = say(`now.traffic.${level}`, { ratio: formatPercent(Math.max(0, speedRatio)) })
    return { domain: 'traffic', severity, text }
  }
  const text = say(`now.traffic.${level}Streets`, {
    slow: formatNumber(slow),
    count: formatNumber(count),
    street: worst.name,
    speed: formatSpeed(Math.max(0, worst.speedMps)),
  })
  return { domain: 'traffic', severity, text, at: worst.lngLat }
}

function power({ customersOut, darkSignals = 0, loadW, maxFeederLoading }: Indicators): Sentence | undefined {
  if (isKnown(customersOut) && customersOut > 0) {
    const out = sayCount('now.out', customersOut)
    const text = darkSignals > 0 ? `${out} ${sayCount('now.darkSignals', darkSignals)}` : out
    return { domain: 'power', severity: 3, text }
  }
  if (isKnown(maxFeederLoading) && maxFeederLoading > 1) {
    const text = say('now.overload', { ratio: formatPercent(maxFeederLoading) })
    return { domain: 'power', severity: 1.5, text }
  }
  if (!isKnown(loadW)) return undefined
  return { domain: 'power', severity: 0.2, text: say('now.powerOn', { load: formatPower(loadW) }) }
}

function transit({ buses, meanDelayS, onTimeRatio }: Indicators): Sentence | undefined {
  if (!isKnown(buses)) return undefined
  if (buses === 0) return { domain: 'transit', severity: 0.1, text: say('now.noBuses') }
  if (!isKnown(meanDelayS)) return undefined
  const values = {
    delay: formatDuration(Math.max(0, meanDelayS)),
    ratio: formatPercent(Math.min(1, Math.max(0, onTimeRatio ?? 1))),
    buses: formatNumber(buses),
  }
  if (meanDelayS > VERY_LATE_S)
    return { domain: 'transit', severity: 1.8, text: say('now.buses.late', values) }
  if (meanDelayS > LATE_S) return { domain: 'transit', severity: 0.9, text: say('now.buses.late', values) }
  return { domain: 'transit', severity: 0.3, text: say('now.buses.onTime', values) }
}

function reports({ openRequests, requestsLastHour }: Indicators): Sentence | undefined {
  if (!isKnown(openRequests)) return undefined
  const hour = isKnown(requestsLastHour) ? requestsLastHour : 0
  const text = sayCount('now.reports', openRequests, { hour: formatNumber(hour) })
  return { domain: 'reports', severity: 0.05, text }
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}
