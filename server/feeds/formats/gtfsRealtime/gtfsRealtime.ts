/**
 * GTFS-Realtime 2.0 (and 1.0): where vehicles are, how late trips run, what travellers are told. Checked by the rules of MobilityData's
 * validator; those that need the timetable or the reading before take them from the settings.
 */
import * as v from 'valibot'
import type { FeedContent } from '../../content.ts'
import { FeedError, headOf, type FeedFormat } from '../../format.ts'
import type { TimetableIndex } from '../gtfs/timetableIndex.ts'
import { checkAgainst, checkPairs } from './checkAgainst.ts'
import { decodeFeedMessage, headerAtStart } from './decode.ts'
import { checkAfter, madeMs } from './header.ts'
import type { FeedMessage } from './message.ts'
import { noticesOf } from './notices.ts'
import type { Reading } from './reading.ts'
import { tripDelaysOf } from './tripDelays.ts'
import { vehiclesOf } from './vehicles.ts'

const kinds = ['vehicles', 'tripDelays', 'notices'] as const

const Settings = v.optional(
  v.strictObject({
    /** What the feed is of, also when nothing of it came; else what came. */
    holds: v.optional(v.array(v.picklist(kinds))),
    /** The header's time of the reading before, Unix ms. */
    lastMadeMs: v.optional(v.number()),
    /** What the feed refers to, of `timetableIndex`. */
    timetable: v.optional(
      v.custom<TimetableIndex>((value) => typeof value === 'object' && value !== null && 'stopIds' in value),
    ),
  }),
  {},
)

export const gtfsRealtime: FeedFormat = {
  title: 'GTFS-Realtime',
  id: 'gtfsRealtime',
  isLike: (file) => {
    if (/^\d+\.\d+$/.test(headerAtStart(file.bytes)?.version ?? '')) return true
    return /\.pb$/i.test(file.name) && !/^([<{[]|PK)/.test(headOf(file, 100))
  },
  read: ({ bytes }, { nowMs, settings }, deviations) => {
    const asked = v.safeParse(Settings, settings)
    if (!asked.success) throw new FeedError(`gtfs-realtime: settings: ${asked.issues[0].message}`)
    const { holds, lastMadeMs, timetable } = asked.output
    const message = decodeFeedMessage(bytes, deviations)
    const { header } = message
    const made = madeMs(header, nowMs, deviations)
    if (lastMadeMs !== undefined) checkAfter({ timestampS: lastMadeMs / 1000 }, header, deviations)
    if (timetable !== undefined) checkAgainst(timetable, message, deviations)
    checkPairs([message], timetable, deviations)
    const reading = { nowMs, headerS: header.timestampS, deviations }
    return { madeMs: made, ...contentOf(message, holds ?? kindsOf(message), reading) }
  },
}

function kindsOf({ entities }: FeedMessage): (typeof kinds)[number][] {
  return kinds.filter((kind) =>
    entities.some(
      ({ vehicle, tripUpdate, alert }) =>
        ({ vehicles: vehicle, tripDelays: tripUpdate, notices: alert })[kind] !== undefined,
    ),
  )
}

function contentOf(
  message: FeedMessage,
  holds: readonly (typeof kinds)[number][],
  reading: Reading,
): Omit<FeedContent, 'madeMs'> {
  return {
    ...(holds.includes('vehicles') && { vehicles: vehiclesOf(message, reading) }),
    ...(holds.includes('tripDelays') && { tripDelays: tripDelaysOf(message, reading) }),
    ...(holds.includes('notices') && { notices: noticesOf(message, reading) }),
  }
}
