/** Trips compared one by one: nothing changes between equal runs, what changes is told of the district it sets out from, none is counted twice. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeTripLog } from '../../../twin/scenario/tripLog.ts'
import { compareTrips, tripTimesOf, type TripTimes } from '../../../twin/scenario/winners.ts'

interface Trip {
  readonly unixS: number
  readonly fromZone: number
  readonly index: number
  readonly travelS: number
}

const columns = (trips: readonly Trip[]): TripTimes => ({
  unixS: trips.map(({ unixS }) => unixS),
  index: trips.map(({ index }) => index),
  fromZone: trips.map(({ fromZone }) => fromZone),
  travelS: trips.map(({ travelS }) => travelS),
})

const trip: fc.Arbitrary<Trip> = fc.record({
  unixS: fc.nat(20),
  fromZone: fc.nat(3),
  index: fc.nat(3),
  travelS: fc.integer({ min: -1, max: 2000 }),
})
const runs = fc.uniqueArray(trip, {
  selector: ({ unixS, fromZone, index }) => `${unixS} ${fromZone} ${index}`,
  maxLength: 40,
})

test('equal runs change nothing, and a run is compared with itself whole', () => {
  fc.assert(
    fc.property(runs, (trips) => {
      const { zones, unmatched } = compareTrips(columns(trips), columns(trips))
      expect(unmatched).toBe(0)
      expect(zones.reduce((sum, zone) => sum + zone.trips, 0)).toBe(
        trips.filter(({ travelS }) => travelS >= 0).length,
      )
      for (const zone of zones) expect([zone.meanChangeS, zone.longer, zone.shorter]).toEqual([0, 0, 0])
    }),
  )
})

test('what is longer one way round is shorter the other, and none is lost', () => {
  fc.assert(
    fc.property(runs, runs, (base, edited) => {
      const there = compareTrips(columns(base), columns(edited))
      const back = compareTrips(columns(edited), columns(base))
      expect(back.unmatched).toBe(there.unmatched)
      there.zones.forEach((zone, i) => {
        expect(back.zones[i].longer).toBe(zone.shorter)
        expect(back.zones[i].meanChangeS).toBeCloseTo(-zone.meanChangeS, 6)
      })
      const arrived = [base, edited].map((run) => run.filter(({ travelS }) => travelS >= 0).length)
      const matched = there.zones.reduce((sum, zone) => sum + zone.trips, 0)
      expect(arrived[0] + arrived[1]).toBe(2 * matched + there.unmatched)
    }),
  )
})

test('a log tells of a row used twice two trips, of one turned away no time', () => {
  const log = makeTripLog(1_000_000)
  const { watch } = log
  watch.setOut(7, 1000, 2, 0, 5)
  watch.ended(7, 50 * 30)
  watch.setOut(7, 1031, 3, 1, 4)
  watch.turnedAway(7, 50 * 40)
  watch.setOut(8, 1040, 2, 0, 1)
  // a trip from before the log
  watch.ended(9, 50 * 41)
  const times = tripTimesOf(log)
  expect([...(times.travelS as Float32Array)]).toEqual([30, -1, -1])
  expect([...(times.fromZone as Uint16Array)]).toEqual([2, 3, 2])
})
