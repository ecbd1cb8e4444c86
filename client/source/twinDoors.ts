/** What a server would answer over HTTP, from a twin in the page's own worker: searches and departures. */
import { makeSearch, type Search } from '../../twin/geo/search.ts'
import { searchSchema } from '../../twin/geo/searchTables.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import { readColumnsFile } from '../../twin/kernel/columnsFile.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../twin/kernel/table.ts'
import { placeFound } from '../../twin/placesFound.ts'
import { departuresAt, makeDepartureIndex, type DepartureIndex } from '../../twin/transit/departures.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import type { Twin } from '../../twin/twin.ts'

const FOUND = 10
const LEAVING = 12

/** Rejects at every other path. `read` gives the bytes of a dataset by its name. */
export function makeTwinDoors(
  twin: Twin,
  read: (name: string) => Promise<Uint8Array | undefined>,
): (path: string) => Promise<unknown> {
  let search: Promise<Search> | undefined
  let index: DepartureIndex | undefined

  const loadSearch = async (): Promise<Search> => {
    const bytes = await read('search')
    if (bytes === undefined) return () => []
    return makeSearch(readColumnsFile(searchSchema, bytes).tables, twin.city.projection)
  }
  const departures = (stop: number) => {
    const { timetable } = twin.city
    if (timetable === undefined || timetable.stops.link[stop] === undefined)
      throw new Error(`there is no stop ${stop}`)
    index ??= makeDepartureIndex(timetable)
    const { routes, patterns, trips } = timetable
    return departuresAt(index, tableOf(twin, transitVehicleTable), twin.clock, stop, LEAVING).map(
      ({ trip, plannedMs, expectedMs, delayS, bus }) => {
        const pattern = trips.pattern[trip]
        const route = routes.shortName[patterns.route[pattern]]
        const headsign = patterns.headsign[pattern]
        return { route, headsign, plannedMs, expectedMs, delayS, isLive: bus !== undefined }
      },
    )
  }

  return async (path) => {
    const { pathname, searchParams } = new URL(path, 'http://page')
    if (pathname === '/api/search') {
      search ??= loadSearch()
      const hits = (await search)(searchParams.get('q') ?? '', FOUND, placeOf(searchParams.get('near')))
      return hits.map((hit) => placeFound(twin.city, hit))
    }
    const stop = /^\/api\/stops\/(\d{1,9})\/departures$/.exec(pathname)
    if (stop !== null) return departures(Number(stop[1]))
    throw new Error(`${pathname}: there is no server behind this page`)
  }
}

function placeOf(text: string | null): LngLat | undefined {
  const [lng, lat] = (text ?? '').split(',').map(Number)
  return lng !== undefined && Number.isFinite(lng) && Number.isFinite(lat) && text !== ''
    ? [lng, lat]
    : undefined
}

function tableOf<S extends ColumnSpecs>(twin: Twin, spec: TableSpec<S>): Table<S> {
  return twin.tables.find((table) => table.spec.name === spec.name) as unknown as Table<S>
}
