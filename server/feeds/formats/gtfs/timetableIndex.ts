/** What GTFS-Realtime refers to in a timetable: its trips, routes, stops and shapes. Plain enough to be passed to a worker. */
import { Deviations } from '../../deviations.ts'
import { checkPlaces } from './places.ts'
import { shapesOf } from './shapes.ts'
import { openTables } from './tables.ts'

export interface TimetableShape {
  readonly lng: Float64Array
  readonly lat: Float64Array
}

export interface TimetableIndex {
  readonly routeIds: ReadonlySet<string>
  readonly stopIds: ReadonlySet<string>
  readonly trips: ReadonlyMap<string, { readonly shapeId: string; readonly blockId: string }>
  /** By shape_id; at least one point each. */
  readonly shapes: ReadonlyMap<string, TimetableShape>
  /** Of all shapes, or of all stops where there are none. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number] | undefined
}

/** Of a GTFS zip. Throws FeedError when nothing of it can be read. */
export function timetableIndex(zip: Uint8Array): TimetableIndex {
  const unread = new Deviations()
  const tables = openTables(zip, unread)
  checkPlaces(tables, unread)
  const { of } = tables
  const [stops, trips] = [of['stops.txt'], of['trips.txt']]
  const shapeIds = [...of['shapes.txt'].rowOf.keys()]
  const shapes = shapesOf(tables, unread)
  const places = shapes.some(({ lng }) => lng.length > 0)
    ? shapes
    : [{ lng: stops.numbers('stop_lon'), lat: stops.numbers('stop_lat') }]
  const [shapeOf, blockIds] = [trips.numbers('shape_id'), trips.texts('block_id')]
  return {
    routeIds: new Set(of['routes.txt'].texts('route_id')),
    stopIds: new Set(stops.texts('stop_id')),
    trips: new Map(
      trips
        .texts('trip_id')
        .map((id, trip) => [id, { shapeId: shapeIds[shapeOf[trip]] ?? '', blockId: blockIds[trip] }]),
    ),
    shapes: new Map(
      shapeIds.map((id, i) => [id, shapes[i]] as const).filter(([, { lng }]) => lng.length > 0),
    ),
    bounds: boundsOf(places),
  }
}

function boundsOf(
  places: readonly { lng: ArrayLike<number>; lat: ArrayLike<number> }[],
): TimetableIndex['bounds'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { lng, lat } of places)
    for (let i = 0; i < lng.length; i++) {
      // what is NaN is neither less nor more
      if (lng[i] < west) west = lng[i]
      if (lng[i] > east) east = lng[i]
      if (lat[i] < south) south = lat[i]
      if (lat[i] > north) north = lat[i]
    }
  return west <= east ? [west, south, east, north] : undefined
}
