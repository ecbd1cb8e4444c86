/** Which moment of a scenario the first answer is of: static flows know one state of the streets, so the one in which most edits hold. */
import { domainOfKnob } from '../../knobs.ts'
import { isSwitch, type Setting, type Target } from '../setting.ts'

/** Nobody but the buses heeds these. */
const ofBuses: readonly Target[] = [
  'closedToBuses',
  'headwayFactor',
  'holdShare',
  'holdMostS',
  'holdEveryStops',
  'stopClosed',
]
/** What flows rather than stands: told by its mean over the whole time. */
const flowing: readonly Target[] = ['visitorsComingPerH', 'visitorsLeavingPerH', 'visitorsThere']

export interface Moment {
  /** Settings that hold together. */
  readonly holding: readonly Setting[]
  /** Of the whole time, for how much of it so many hold, 0 to 1; 1 of none. */
  readonly share: number
  /** The last second of it, after the beginning. */
  readonly atS: number
}

export function isOfTraffic({ target }: Setting): boolean {
  if (isOfBuses({ target })) return false
  return target === 'linkClosed' || (!isSwitch(target) && domainOfKnob[target] === 'traffic')
}

export function isOfPower({ target }: Pick<Setting, 'target'>): boolean {
  return isSwitch(target) ? target !== 'linkClosed' : domainOfKnob[target] === 'power'
}

export function isOfBuses({ target }: Pick<Setting, 'target'>): boolean {
  return ofBuses.includes(target)
}

/** The state in which most settings hold, and of several the one that lasts longest. */
export function busiestMoment(settings: readonly Setting[], horizonS: number): Moment {
  const standing = settings.filter(
    (setting) => !isOfBuses(setting) && !flowing.includes(setting.target) && setting.fromS < horizonS,
  )
  if (standing.length === 0) return { holding: [], share: 1, atS: horizonS - 1 }
  const ends = standing.flatMap(({ fromS, untilS }) => [fromS, untilS])
  const times = [...new Set([0, ...ends, horizonS])]
    .filter((atS) => atS >= 0 && atS <= horizonS)
    .sort((a, b) => a - b)
  const spans = times.slice(0, -1).map((fromS, i) => ({
    untilS: times[i + 1],
    lastsS: times[i + 1] - fromS,
    holding: standing.filter((setting) => setting.fromS <= fromS && fromS < setting.untilS),
  }))
  const most = Math.max(...spans.map(({ holding }) => holding.length))
  const busiest = spans.filter(({ holding }) => holding.length === most)
  const longest = busiest.reduce((best, span) => (span.lastsS > best.lastsS ? span : best))
  const lastsS = busiest.reduce((sum, span) => sum + span.lastsS, 0)
  return { holding: longest.holding, share: lastsS / horizonS, atS: longest.untilS - 1 }
}

/** Mean over the time from 0 to `horizonS` of the sums of settings of one target, by row. */
export function meansByRow(
  settings: readonly Setting[],
  target: Target,
  horizonS: number,
): Map<number, number> {
  const means = new Map<number, number>()
  for (const { target: of, row, value, fromS, untilS } of settings) {
    const heldS = Math.min(untilS, horizonS) - Math.max(0, fromS)
    if (of === target && heldS > 0) means.set(row, (means.get(row) ?? 0) + (value * heldS) / horizonS)
  }
  return means
}
