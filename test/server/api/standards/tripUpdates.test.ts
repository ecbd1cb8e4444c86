/** Trip updates of the twin's own buses against the timetable that is served beside them: no rule of the standard is broken. */
import { expect, it } from 'vitest'
import { writeGtfs } from '../../../../data/recipes/gtfs.ts'
import { tripUpdates } from '../../../../server/api/standards/gtfs/tripUpdates.ts'
import { Deviations } from '../../../../server/feeds/deviations.ts'
import { timetableIndex } from '../../../../server/feeds/formats/gtfs/timetableIndex.ts'
import { gtfsRealtime } from '../../../../server/feeds/formats/gtfsRealtime/gtfsRealtime.ts'
import { encodeFeedMessage } from '../../../../server/feeds/formats/gtfsRealtime/write.ts'
import { timeMsAt } from '../../../../twin/kernel/clock.ts'
import { NO_TRIP, transitVehicleTable } from '../../../../twin/transit/tables.ts'
import { createTwin, type Twin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'
import type { Buses } from '../../../../server/api/standards/gtfs/trip.ts'

const city = smallCity()
const timetable = city.timetable!
const index = timetableIndex(writeGtfs(timetable, city.network, city.projection, city.info))

/** Lives `seconds` from a Friday's local hour, and asks every five minutes. */
function asked(hour: number, seconds: number, look: (twin: Twin, buses: Buses) => void): void {
  const utcOffsetS = -3 * 3600
  const startMs = Date.UTC(2026, 10, 27, hour) - utcOffsetS * 1000
  const twin = createTwin(city, { seed: 5, startMs, utcOffsetS })
  const buses = twin.tables.find(({ spec }) => spec.name === transitVehicleTable.name) as unknown as Buses
  for (let second = 1; second <= seconds; second++) {
    twin.step()
    if (second % 300 === 0) look(twin, buses)
  }
}

it.each([
  [8, 'in the morning'],
  [23.8, 'over midnight'],
])('keeps to the standard, and has every bus that has a stop before it, from %f h (%s)', (hour) => {
  let seen = 0
  asked(hour, 1800, ({ clock }, buses) => {
    const nowMs = timeMsAt(clock, clock.tick)
    const message = tripUpdates(timetable, buses, clock)
    const deviations = new Deviations()
    const file = { name: 'trip-updates.pb', bytes: encodeFeedMessage(message) }
    const options = { nowMs, utcOffsetS: clock.utcOffsetS, settings: { timetable: index } }
    const content = gtfsRealtime.read(file, options, deviations)
    expect(deviations.examples()).toEqual([])
    const calls = message.entities.flatMap(({ tripUpdate }) => tripUpdate!.stopTimeUpdates)
    expect(content.tripDelays?.stopId).toEqual(
      calls.length > 0 ? calls.map(({ stopId }) => stopId) : undefined,
    )

    const { trip, nextStop } = buses.columns
    const due = Array.from(trip.keys()).filter(
      (row) =>
        trip[row] !== NO_TRIP &&
        nextStop[row] < timetable.patterns.stopCount[timetable.trips.pattern[trip[row]]],
    )
    expect(message.entities.map(({ id }) => id)).toEqual(due.map((row) => `bus-${row}`))
    seen += due.length
  })
  expect(seen).toBeGreaterThan(0)
})

it('tells each call once, later than the one before and than now, with what it is behind the timetable', () => {
  asked(8, 1800, ({ clock }, buses) => {
    const { header, entities } = tripUpdates(timetable, buses, clock)
    for (const { tripUpdate } of entities) {
      let beforeS = header.timestampS - 1
      for (const { arrival, departure, stopSequence } of tripUpdate!.stopTimeUpdates) {
        expect(arrival!.timeS).toBeGreaterThan(beforeS)
        expect(departure!.timeS).toBeGreaterThanOrEqual(arrival!.timeS)
        // no bus leaves before its time
        expect(departure!.delayS).toBeGreaterThanOrEqual(0)
        expect(stopSequence).toBeGreaterThan(0)
        beforeS = departure!.timeS
      }
      const [hours, minutes, seconds] = tripUpdate!.trip!.startTime.split(':').map(Number)
      const midnightMs = Date.UTC(2026, 10, 27) - clock.utcOffsetS * 1000
      const startMs = midnightMs + (hours * 3600 + minutes * 60 + seconds) * 1000
      expect(tripUpdate!.trip!.startDate).toBe('20261127')
      expect(startMs).toBeLessThanOrEqual(timeMsAt(clock, clock.tick) + 1_800_000)
    }
  })
})
