/** Reads broken feeds, case by case: nothing may come out but a `FeedError` or content that keeps the laws, and none takes long. */
import { FeedError } from '../../../server/feeds/format.ts'
import { readFeed } from '../../../server/feeds/readFeed.ts'
import { Dice } from '../fuzz/dice.ts'
import { brokenFeed } from './broken.ts'
import { faultOf } from './laws.ts'
import { NOW_MS, samples } from './samples.ts'

export interface BrokenCount {
  readonly read: number
  readonly refused: number
  /** What was noted of those that were read. */
  readonly deviations: number
  readonly longestMs: number
  /** Case, format and what was wrong. */
  readonly findings: readonly string[]
}

const MOST_FINDINGS = 20

export function readBroken(seed: number, from: number, cases: number): BrokenCount {
  let [read, refused, deviationCount, longestMs] = [0, 0, 0, 0]
  const findings: string[] = []
  for (let number = from; number < from + cases && findings.length < MOST_FINDINGS; number++) {
    const dice = new Dice(seed, number)
    const sample = dice.pick(samples)
    const file = brokenFeed(dice, sample)
    // as whoever declares the feed names its format, or as it looks
    const format = dice.once(2) ? sample.format : undefined
    const startedMs = performance.now()
    try {
      const { content, deviations } = readFeed(file, { nowMs: NOW_MS, utcOffsetS: -3 * 3600 }, format)
      read++
      deviationCount += deviations.total
      const fault = faultOf(content, NOW_MS)
      if (fault !== undefined) findings.push(`case ${number}, ${sample.name}: ${fault}`)
    } catch (error) {
      refused++
      if (!(error instanceof FeedError))
        findings.push(`case ${number}, ${sample.name}: ${(error as Error).stack}`)
    }
    longestMs = Math.max(longestMs, performance.now() - startedMs)
  }
  return { read, refused, deviations: deviationCount, longestMs, findings }
}
