/** The rules of a GTFS-Realtime message's header: E001 E018 E038 E048 E050 W001 W007 W008. */
import type { Deviations } from '../../deviations.ts'
import type { FeedHeader } from './message.ts'
import { isFuture, isPosix } from './reading.ts'

const VERSIONS = ['1.0', '2.0']
const MOST_AGE_S = 65
const MOST_INTERVAL_S = 35

/** When the message was made, Unix ms; NaN when it says no time that can be. */
export function madeMs(header: FeedHeader, nowMs: number, deviations: Deviations): number {
  const { version, incrementality, timestampS } = header
  const where = 'header.timestamp'
  if (!VERSIONS.includes(version))
    deviations.add('E038', 'error', 'header.gtfs_realtime_version', version, VERSIONS.join(' or '))
  if (incrementality === 'DIFFERENTIAL')
    deviations.add('differential', 'error', 'header.incrementality', incrementality, 'FULL_DATASET')
  if (!(timestampS > 0)) {
    const isError = version !== '1.0'
    deviations.add(isError ? 'E048' : 'W001', isError ? 'error' : 'warning', where, undefined, 'a timestamp')
    return NaN
  }
  if (!isPosix(timestampS, where, { nowMs, headerS: timestampS, deviations })) return NaN
  if (isFuture(timestampS, nowMs)) {
    deviations.add('E050', 'error', where, timestampS, `at most now, ${Math.round(nowMs / 1000)}`)
    return NaN
  }
  const ageS = Math.round(nowMs / 1000 - timestampS)
  if (ageS > MOST_AGE_S) deviations.add('W008', 'warning', where, `${ageS} s old`, `at most ${MOST_AGE_S} s`)
  return timestampS * 1000
}

/** Against the reading before of the same feed: time goes on, and not in leaps. */
export function checkAfter(
  before: Pick<FeedHeader, 'timestampS'>,
  after: Pick<FeedHeader, 'timestampS'>,
  deviations: Deviations,
): void {
  if (!(before.timestampS > 0 && after.timestampS > 0)) return
  const stepS = after.timestampS - before.timestampS
  const where = 'header.timestamp'
  if (stepS < 0)
    deviations.add('E018', 'error', where, after.timestampS, `at least ${before.timestampS}, as before`)
  else if (stepS > MOST_INTERVAL_S)
    deviations.add('W007', 'warning', where, `${stepS} s after the last`, `at most ${MOST_INTERVAL_S} s`)
}
