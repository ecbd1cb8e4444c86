/** GTFS Schedule: a timetable as a zip. Counted, and checked by the first rules of MobilityData's validator, named as there. */
import type { FeedFormat } from '../../format.ts'
import { checkPlaces } from './places.ts'
import { checkBlocks, checkFrequencies } from './repeats.ts'
import { serviceDays } from './serviceDays.ts'
import { shapesOf } from './shapes.ts'
import { checkStopTimes } from './stopTimes.ts'
import { openTables } from './tables.ts'

/** How every zip begins; an empty one ends there. */
const [P, K] = [0x50, 0x4b]

export const gtfs: FeedFormat = {
  title: 'GTFS Schedule',
  id: 'gtfs',
  isLike: ({ bytes }) => bytes[0] === P && bytes[1] === K && (bytes[2] === 3 || bytes[2] === 5),
  read: ({ bytes }, _options, deviations) => {
    const tables = openTables(bytes, deviations)
    checkPlaces(tables, deviations)
    const spans = checkStopTimes(tables, shapesOf(tables, deviations), deviations)
    const days = serviceDays(tables)
    checkFrequencies(tables, deviations)
    checkBlocks(tables, spans, days, deviations)
    const { of } = tables
    const info = of['feed_info.txt']
    return {
      madeMs: NaN,
      timetable: {
        agencies: of['agency.txt'].texts('agency_name'),
        routes: of['routes.txt'].size,
        stops: of['stops.txt'].size,
        trips: of['trips.txt'].size,
        stopTimes: spans.calls,
        fromDate: days.firstDate || (info.texts('feed_start_date')[0] ?? ''),
        untilDate: days.lastDate || (info.texts('feed_end_date')[0] ?? ''),
      },
    }
  },
}
