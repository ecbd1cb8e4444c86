/** Positions of the twin's own buses: no rule of the standard is broken, every bus on a link is there once, on its street, and hardly one leaps. */
import { expect, it } from 'vitest'
import { writeGtfs } from '../../../../data/recipes/gtfs.ts'
import type { Buses } from '../../../../server/api/standards/gtfs/trip.ts'
import { vehiclePositions, type Vehicles } from '../../../../server/api/standards/gtfs/vehiclePositions.ts'
import { Deviations } from '../../../../server/feeds/deviations.ts'
import { timetableIndex } from '../../../../server/feeds/formats/gtfs/timetableIndex.ts'
import { gtfsRealtime } from '../../../../server/feeds/formats/gtfsRealtime/gtfsRealtime.ts'
import { encodeFeedMessage } from '../../../../server/feeds/formats/gtfsRealtime/write.ts'
import { localFromLngLat } from '../../../../twin/geo/projection.ts'
import { timeMsAt } from '../../../../twin/kernel/clock.ts'
import { NO_LINK, vehicleTable } from '../../../../twin/traffic/tables.ts'
import { NO_TRIP, NO_VEHICLE, transitVehicleTable } from '../../../../twin/transit/tables.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const timetable = city.timetable!
const index = timetableIndex(writeGtfs(timetable, city.network, city.projection, city.info))
const utcOffsetS = -3 * 3600
/** No bus of the town drives faster anywhere. */
const FASTEST_MPS = Math.max(...city.network.links.freeSpeedMps)
/** Plans are corrected when they are so far from the model. */
const CORRECTED_M = 8

it('are those of every bus that is on a link, by the standard and the timetable', () => {
  const startMs = Date.UTC(2026, 10, 27, 8) - utcOffsetS * 1000
  const twin = createTwin(city, { seed: 5, startMs, utcOffsetS })
  const tableOf = (name: string) => twin.tables.find(({ spec }) => spec.name === name)
  const buses = tableOf(transitVehicleTable.name) as unknown as Buses
  const vehicles = tableOf(vehicleTable.name) as unknown as Vehicles
  const { links, shape } = city.network
  let before = new Map<string, readonly [number, number]>()
  let [seen, moved, leapt] = [0, 0, 0]
  for (let second = 1; second <= 1800; second++) {
    twin.step()
    const { clock } = twin
    const message = vehiclePositions(city, timetable, buses, vehicles, 1, clock)
    const { trip, vehicle } = buses.columns
    const onRoad = Array.from(trip.keys()).filter(
      (row) =>
        trip[row] !== NO_TRIP &&
        vehicle[row] !== NO_VEHICLE &&
        vehicles.columns.link[vehicle[row]] !== NO_LINK,
    )
    expect(message.entities.map(({ id }) => id)).toEqual(onRoad.map((row) => `bus-${row}`))
    const now = new Map<string, readonly [number, number]>()
    for (const [i, { id, vehicle: told }] of message.entities.entries()) {
      const { latitude, longitude, bearingDeg, speedMps } = told!.position!
      const at = localFromLngLat(city.projection, [longitude, latitude])
      now.set(`${id} ${trip[onRoad[i]]}`, at)
      expect(bearingDeg).toBeGreaterThanOrEqual(0)
      expect(bearingDeg).toBeLessThan(360)
      expect(speedMps).toBeGreaterThanOrEqual(0)
      expect(speedMps).toBeLessThanOrEqual(FASTEST_MPS + 1e-6)
      // within what its link's course spans
      const link = vehicles.columns.link[vehicle[onRoad[i]]]
      const points = Array.from({ length: links.shapeCount[link] }, (_, k) => links.shapeStart[link] + k)
      for (const [axis, value] of [shape.xM, shape.yM].entries()) {
        const span = points.map((k) => value[k])
        expect(at[axis]).toBeGreaterThanOrEqual(Math.min(...span) - 0.01)
        expect(at[axis]).toBeLessThanOrEqual(Math.max(...span) + 0.01)
      }
      const last = before.get(`${id} ${trip[onRoad[i]]}`)
      if (last === undefined) continue
      // the end of one link and the start of the next are one place
      const stepM = Math.hypot(at[0] - last[0], at[1] - last[1])
      if (stepM > 0.1) moved++
      if (stepM > FASTEST_MPS + CORRECTED_M) leapt++
    }
    before = now
    if (second % 300 !== 0) continue
    const deviations = new Deviations()
    const nowMs = timeMsAt(clock, clock.tick)
    const options = { nowMs, utcOffsetS, settings: { timetable: index } }
    const file = { name: 'vehicle-positions.pb', bytes: encodeFeedMessage(message) }
    const content = gtfsRealtime.read(file, options, deviations)
    expect(deviations.examples()).toEqual([])
    if (message.entities.length > 0) expect(content.vehicles?.id).toHaveLength(message.entities.length)
    seen += message.entities.length
  }
  expect(seen).toBeGreaterThan(0)
  expect(moved).toBeGreaterThan(100)
  // a plan that is made anew may have its vehicle elsewhere
  expect(leapt / moved).toBeLessThan(0.01)
})
