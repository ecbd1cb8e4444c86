/** Proves the timetable and zones of each committed city: paths connected, stops on them in order, times growing, the feed read back as it was written. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readGtfsWithReport } from '../../data/recipes/readGtfs.ts'
import { timetableFacts, timetableFaults } from '../../data/recipes/timetableFacts.ts'
import type { CityInfo } from '../../twin/city.ts'
import { makeProjection } from '../../twin/geo/projection.ts'
import { readColumnsFile, type FileSchema, type FileTables } from '../../twin/kernel/columnsFile.ts'
import { networkSchema } from '../../twin/traffic/network.ts'
import { zonesSchema } from '../../twin/traffic/zones.ts'
import { timetableSchema, type Timetable } from '../../twin/transit/timetable.ts'

const cities = join(import.meta.dirname, '../../data/cities')

/** Of a city's trips, this share may come back from its feed with a stop lost: stops that two lines have on different streets. */
const MAX_CHANGED_SHARE = 0.01

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  let passed = 0
  let failed = 0
  const check = (isRight: boolean, what: string) => {
    if (isRight) passed++
    else failed++
    log(`${isRight ? '✓' : '✗'} ${what}`)
  }
  for (const id of readdirSync(cities)) {
    const folder = join(cities, id)
    if (!existsSync(join(folder, 'transit.bin.gz'))) continue
    const network = read(networkSchema, join(folder, 'network.bin.gz'))
    const zones = read(zonesSchema, join(folder, 'zones.bin.gz'))
    const timetable = read(timetableSchema, join(folder, 'transit.bin.gz'))
    const facts = timetableFacts(timetable, network)
    const faults = timetableFaults(timetable, network)
    check(
      faults.length === 0,
      `${id}: ${facts.patterns} patterns hold together, ${facts.peakBuses} buses at the peak ${faults.slice(0, 3).join('; ')}`,
    )
    const zoneCount = zones.zones.name.length
    check(
      zones.nodes.zone.length === network.nodes.xM.length && new Set(zones.nodes.zone).size === zoneCount,
      `${id}: every node lies in one of ${zoneCount} zones`,
    )
    if (!existsSync(join(folder, 'gtfs.zip'))) continue
    const info = JSON.parse(readFileSync(join(folder, 'city.json'), 'utf8')) as CityInfo
    const feed = new Uint8Array(readFileSync(join(folder, 'gtfs.zip')))
    const { timetable: again, report } = readGtfsWithReport(feed, network, makeProjection(info.center))
    const came = new Set(tripsOf(again))
    const trips = tripsOf(timetable)
    const changed = trips.filter((trip) => !came.has(trip)).length
    check(
      report.tripsDropped === 0 && changed <= trips.length * MAX_CHANGED_SHARE,
      `${id}: of ${trips.length} trips ${changed} come back changed from the feed, ${report.tripsDropped} dropped`,
    )
    check(timetableFaults(again, network).length === 0, `${id}: what came back holds together`)
  }
  return { passed, failed }
}

/** Every trip as it runs: line, direction, days, and the stop and time of each call. */
function tripsOf({ patterns, patternStops, trips, routes, stops }: Timetable): string[] {
  const calls = Array.from(patterns.firstStop, (first, pattern) =>
    Array.from({ length: patterns.stopCount[pattern] }, (_, call) => {
      const stop = patternStops.stop[first + call]
      return `${stops.code[stop]} ${stops.name[stop]} ${patternStops.arrivalS[first + call]} ${patternStops.departureS[first + call]}`
    }).join('|'),
  )
  return Array.from(trips.pattern, (pattern, trip) =>
    [
      routes.shortName[patterns.route[pattern]],
      patterns.directionId[pattern],
      trips.departureS[trip],
      trips.days[trip],
      calls[pattern],
    ].join('|'),
  )
}

function read<S extends FileSchema>(schema: S, path: string): FileTables<S> {
  return readColumnsFile(schema, new Uint8Array(gunzipSync(readFileSync(path)))).tables
}
