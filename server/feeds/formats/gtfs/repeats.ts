/** What of a GTFS feed may not overlap: a trip's frequencies (OverlappingFrequency), a vehicle's trips (BlockTripsWithOverlappingStopTimes). */
import type { Deviations } from '../../deviations.ts'
import { groupRows } from './groupRows.ts'
import type { ServiceDays } from './serviceDays.ts'
import type { TripSpans } from './stopTimes.ts'
import type { Tables } from './tables.ts'

export function checkFrequencies({ of }: Tables, deviations: Deviations): void {
  const table = of['frequencies.txt']
  const tripIds = of['trips.txt'].texts('trip_id')
  const [startS, endS] = [table.numbers('start_time'), table.numbers('end_time')]
  const { start, rows } = groupRows(table.numbers('trip_id'), startS, tripIds.length)
  tripIds.forEach((id, trip) => {
    let lastS = -Infinity
    for (const row of rows.subarray(start[trip], start[trip + 1])) {
      if (startS[row] < lastS)
        deviations.add(
          'OverlappingFrequency',
          'error',
          table.where(row),
          `trip ${id} from ${startS[row]} s`,
          `from ${lastS} s on, where the one before ends`,
        )
      lastS = Math.max(lastS, endS[row])
    }
  })
}

/** In one block at most so many services are compared with each next trip, and so many in all; assumed. */
const MOST_AT_ONCE = 10
const MOST_SERVICES = 2000

/** Trips of one block that run at one time on one day. Trips that repeat have no times of their own, and are not looked at. */
export function checkBlocks(
  { of, services }: Tables,
  { startS, endS }: TripSpans,
  { meet }: ServiceDays,
  deviations: Deviations,
): void {
  if (services.size > MOST_SERVICES) {
    deviations.add(
      'blocksNotCompared',
      'warning',
      'calendar.txt',
      `${services.size} services`,
      `at most ${MOST_SERVICES}`,
    )
    return
  }
  const trips = of['trips.txt']
  const tripIds = trips.texts('trip_id')
  const service = trips.numbers('service_id')
  const repeated = new Set(of['frequencies.txt'].numbers('trip_id'))
  const meeting = new Map<number, boolean>()
  const doMeet = (a: number, b: number) => {
    const pair = Math.min(a, b) * MOST_SERVICES + Math.max(a, b)
    const known = meeting.get(pair) ?? meet(a, b)
    meeting.set(pair, known)
    return known
  }
  for (const block of blocksOf(trips.texts('block_id'))) {
    const timed = block.filter(
      (trip) => startS[trip] < endS[trip] && service[trip] >= 0 && !repeated.has(trip),
    )
    timed.sort((a, b) => startS[a] - startS[b])
    /** Of each service the trip that ends last. */
    const underWay = new Map<number, number>()
    for (const trip of timed) {
      const other = [...underWay.values()].find(
        (other) => endS[other] > startS[trip] && doMeet(service[other], service[trip]),
      )
      if (other !== undefined)
        deviations.add(
          'BlockTripsWithOverlappingStopTimes',
          'error',
          trips.where(trip),
          `trip ${tripIds[trip]} from ${startS[trip]} s`,
          `after trip ${tripIds[other]} of its block, which ends at ${endS[other]} s`,
        )
      const last = underWay.get(service[trip])
      if (last === undefined || endS[trip] > endS[last]) {
        underWay.delete(service[trip])
        underWay.set(service[trip], trip)
      }
      if (underWay.size > MOST_AT_ONCE) underWay.delete(underWay.keys().next().value!)
    }
  }
}

/** Rows of trips by block, of blocks with at least two. */
function blocksOf(blockIds: readonly string[]): number[][] {
  const blocks = new Map<string, number[]>()
  blockIds.forEach((block, trip) => {
    if (block === '') return
    const trips = blocks.get(block)
    if (trips === undefined) blocks.set(block, [trip])
    else trips.push(trip)
  })
  return [...blocks.values()].filter(({ length }) => length > 1)
}
