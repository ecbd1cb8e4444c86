/**
 * Buses by GTFS and GTFS-Realtime, under `/sim/`: neither standard has a field that says that a bus is simulated. `/sim/gtfs.zip` is
 * the timetable that the city was made with; `/sim/gtfs-rt/trip-updates.pb` refers to it.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Router as makeRouter, type Router } from 'express'
import { transitVehicleTable } from '../../../../twin/transit/tables.ts'
import { encodeFeedMessage } from '../../../feeds/formats/gtfsRealtime/write.ts'
import { stillStarting, type ApiContext } from '../../context.ts'
import { tripUpdates } from './tripUpdates.ts'

export function gtfsRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let answer: { tick: number; bytes: Uint8Array } | undefined

  router.get('/sim/gtfs.zip', (_request, response) => {
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const file = join(folder.folder, 'gtfs.zip')
    if (existsSync(file)) response.set('Cache-Control', 'no-cache').sendFile(file)
    else response.status(404).json({ error: `${folder.info.name} has no timetable as GTFS` })
  })

  router.get('/sim/gtfs-rt/trip-updates.pb', (_request, response) => {
    const { live, city } = context
    const { facts, tick } = live
    if (city === undefined || facts === undefined || tick < 0) return stillStarting(response)
    if (city.timetable === undefined) {
      response.status(404).json({ error: `${city.info.name} has no buses` })
      return
    }
    if (answer?.tick !== tick) {
      const message = tripUpdates(city.timetable, live.table(transitVehicleTable), { ...facts, tick })
      answer = { tick, bytes: encodeFeedMessage(message) }
    }
    response.set('Cache-Control', 'no-store').type('application/x-protobuf').end(answer.bytes)
  })

  return router
}
