/** Where an edit is, in degrees: the course of its streets, the outline of its area, or points (lines of one). Empty for one of the whole city. */
import type { City } from '../../../../../twin/city.ts'
import { lngLatFromLocal, type LngLat, type Local } from '../../../../../twin/geo/projection.ts'
import type { ScenarioEdit } from '../../../../../twin/scenario/edits.ts'
import { timingStopsOf } from '../../../../../twin/transit/holding.ts'

// Of one edit: more is not told apart on a picture.
const MOST_LINES = 500
// Six places after the point are a decimetre.
const PLACES = 1e6

export function placesOfEdit(edit: ScenarioEdit, city: City): LngLat[][] {
  const { network, grid, timetable, projection } = city
  const point = ([xM, yM]: Local): LngLat[] => [lngLatFromLocal(projection, [xM, yM])]
  const bus = (row: number | undefined): LngLat[][] =>
    grid === undefined || row === undefined ? [] : [point([grid.buses.xM[row], grid.buses.yM[row]])]
  const lines = ((): LngLat[][] => {
    if ('links' in edit) return edit.links.slice(0, MOST_LINES).map((link) => courseOf(link, city))
    if ('at' in edit) return [[edit.at as LngLat]]
    if ('area' in edit && edit.area !== undefined) return [[...edit.area, edit.area[0]] as LngLat[]]
    if ('signal' in edit) return [point([network.signals.xM[edit.signal], network.signals.yM[edit.signal]])]
    if (timetable && ('stops' in edit || edit.kind === 'holdBuses')) {
      const rows = 'stops' in edit ? edit.stops : timingStopsOf(timetable, edit.route, edit.everyStops)
      return rows.map((stop) => point([timetable.stops.xM[stop], timetable.stops.yM[stop]]))
    }
    if ('substation' in edit && grid)
      return [point([grid.substations.xM[edit.substation], grid.substations.yM[edit.substation]])]
    if ('feeder' in edit) return bus(grid?.feeders.firstBus[edit.feeder])
    return 'breaker' in edit ? bus(grid?.breakers.bus[edit.breaker]) : []
  })()
  return lines.map((line) => line.map(([lng, lat]) => [rounded(lng), rounded(lat)]))
}

function courseOf(link: number, { network, projection }: City): LngLat[] {
  const { links, shape } = network
  const first = links.shapeStart[link]
  return Array.from({ length: links.shapeCount[link] }, (_, i) =>
    lngLatFromLocal(projection, [shape.xM[first + i], shape.yM[first + i]]),
  )
}

function rounded(degrees: number): number {
  return Math.round(degrees * PLACES) / PLACES
}
