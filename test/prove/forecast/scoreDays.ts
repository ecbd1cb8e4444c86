/** Forecasts hidden days from their detectors alone, and says by lead how that went. */
import { LEADS_S } from '../../../twin/forecast/forecast.ts'
import { forecastOfDetectors, type DetectorHistory } from '../../../twin/forecast/ofDetectors.ts'
import { addForecast, leadsOf, makeScores, observe, type Scores } from '../../../twin/forecast/scores.ts'
import { FLOW, SPEED } from './detectors.ts'
import { READING_S } from './world.ts'

// Members that play the hidden day for the others before the first one comes, so that the correction knows what to expect.
const REHEARSALS = 4
const DAY_MS = 86_400_000

/** Of one quantity at one lead, over the hidden days alone. */
export interface Line {
  readonly id: string
  readonly lead: number
  readonly count: number
  readonly meanError: number
  readonly meanPersistenceError: number
  /** Of the members' mean of that time of day, without a look at the detectors. */
  readonly meanUnseenError: number
  readonly insideRatio: number
}

/** Every quantity at every lead; forecasts are made at each reading from `firstReading` on, as long as the hour ahead is known. */
export function scoreDays(
  members: readonly DetectorHistory[],
  truths: readonly DetectorHistory[],
  firstReading: number,
): Line[] {
  const scores = makeScores()
  let day = 0
  const live = (observed: DetectorHistory, others: readonly DetectorHistory[]) =>
    liveThrough(scores, day++ * DAY_MS, observed, others, firstReading)
  members.slice(0, REHEARSALS).forEach((member) => {
    live(
      member,
      members.filter((other) => other !== member),
    )
  })
  const rehearsed = structuredClone(scores)
  for (const truth of truths) live(truth, members)
  return Object.keys(truths[0]).flatMap((id) =>
    LEADS_S.map((_, lead) => {
      const [before, after] = [leadsOf(rehearsed, id)[lead], leadsOf(scores, id)[lead]]
      const count = after.count - before.count
      return {
        id,
        lead,
        count,
        meanError: (after.errorSum - before.errorSum) / count,
        meanPersistenceError: (after.persistenceErrorSum - before.persistenceErrorSum) / count,
        meanUnseenError: unseenError(members, truths, id, firstReading + lead + 1, LEADS_S.length - lead - 1),
        insideRatio: (after.insideCount - before.insideCount) / count,
      }
    }),
  )
}

function liveThrough(
  scores: Scores,
  startMs: number,
  observed: DetectorHistory,
  members: readonly DetectorHistory[],
  firstReading: number,
): void {
  const readings = observed[SPEED].length
  for (let at = firstReading; at < readings; at++) {
    const nowMs = startMs + at * READING_S * 1000
    observe(
      scores,
      nowMs,
      Object.fromEntries(Object.entries(observed).map(([id, values]) => [id, values[at]])),
    )
    if (at + LEADS_S.length >= readings) continue
    addForecast(scores, forecastOfDetectors(scores, nowMs, at, observed, members, [FLOW, SPEED]))
  }
}

/** Mean absolute error of the members' mean, from one reading on, the last `left` readings left out. */
function unseenError(
  members: readonly DetectorHistory[],
  truths: readonly DetectorHistory[],
  id: string,
  first: number,
  left: number,
): number {
  let sum = 0
  let count = 0
  for (const truth of truths) {
    for (let at = first; at < truth[id].length - left; at++) {
      const mean = members.reduce((total, member) => total + member[id][at], 0) / members.length
      sum += Math.abs(truth[id][at] - mean)
      count++
    }
  }
  return sum / count
}
