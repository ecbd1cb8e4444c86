/**
 * Buses by GTFS and GTFS-Realtime, under `/sim/`: neither standard has a field that says that a bus is simulated. `/sim/gtfs.zip` is
 * the timetable that the city was made with; the feeds under `/sim/gtfs-rt/` refer to it.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Router as makeRouter, type Request, type Response, type Router } from 'express'
import type { City } from '../../../../twin/city.ts'
import type { Clock } from '../../../../twin/kernel/clock.ts'
import { indicators } from '../../../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../../../twin/objectives/tables.ts'
import { linkTable, vehicleTable } from '../../../../twin/traffic/tables.ts'
import { transitVehicleTable } from '../../../../twin/transit/tables.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type { FeedMessage } from '../../../feeds/formats/gtfsRealtime/message.ts'
import { encodeFeedMessage } from '../../../feeds/formats/gtfsRealtime/write.ts'
import { stillStarting, type ApiContext } from '../../context.ts'
import { alerts } from './alerts.ts'
import { tripUpdates } from './tripUpdates.ts'
import { vehiclePositions } from './vehiclePositions.ts'

const DRIVING_SPEED = indicators.findIndex(({ id }) => id === 'drivingSpeedRatio')

export function gtfsRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/sim/gtfs.zip', (_request, response) => {
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const file = join(folder.folder, 'gtfs.zip')
    if (existsSync(file)) response.set('Cache-Control', 'no-cache').sendFile(file)
    else response.status(404).json({ error: `${folder.info.name} has no timetable as GTFS` })
  })

  /** One encoding a frame, however many ask. */
  const feed = (make: (city: City, timetable: Timetable, clock: Clock) => FeedMessage) => {
    let answer: { tick: number; bytes: Uint8Array } | undefined
    return (_request: Request, response: Response) => {
      const { live, city } = context
      const { facts, tick } = live
      if (city === undefined || facts === undefined || tick < 0) return stillStarting(response)
      if (city.timetable === undefined) {
        response.status(404).json({ error: `${city.info.name} has no buses` })
        return
      }
      if (answer?.tick !== tick)
        answer = { tick, bytes: encodeFeedMessage(make(city, city.timetable, { ...facts, tick })) }
      response.set('Cache-Control', 'no-store').type('application/x-protobuf').end(answer.bytes)
    }
  }
  const { live } = context
  router.get(
    '/sim/gtfs-rt/trip-updates.pb',
    feed((_city, timetable, clock) => tripUpdates(timetable, live.table(transitVehicleTable), clock)),
  )
  router.get(
    '/sim/gtfs-rt/vehicle-positions.pb',
    feed((city, timetable, clock) => {
      const driving = live.table(indicatorTable).columns.value[DRIVING_SPEED] || 1
      const [buses, vehicles] = [live.table(transitVehicleTable), live.table(vehicleTable)]
      return vehiclePositions(city, timetable, buses, vehicles, driving, clock)
    }),
  )
  router.get(
    '/sim/gtfs-rt/alerts.pb',
    feed((city, timetable, clock) => alerts(city, timetable, live.table(linkTable), clock)),
  )

  return router
}
