/** Where a GTFS feed says things are: StopWithoutLocation, PointNearOrigin, PointNearPole, and stations that are not there. */
import type { Deviations } from '../../deviations.ts'
import type { Table } from './table.ts'
import type { Tables } from './tables.ts'

/** Stops, stations and entrances have a place; generic nodes and boarding areas need none. */
const LAST_TYPE_WITH_PLACE = 2

/** Points that nothing stands at are noted and lose their place. */
export function checkPlaces({ of }: Tables, deviations: Deviations): void {
  const stops = of['stops.txt']
  clearPlaces(stops, stops.numbers('stop_lon'), stops.numbers('stop_lat'), deviations)
  clearPlaces(
    of['shapes.txt'],
    of['shapes.txt'].numbers('shape_pt_lon'),
    of['shapes.txt'].numbers('shape_pt_lat'),
    deviations,
  )
  const [ids, parents] = [stops.texts('stop_id'), stops.texts('parent_station')]
  parents.forEach((parent, row) => {
    if (parent !== '' && !stops.rowOf.has(parent))
      deviations.add(
        'ForeignKeyViolation',
        'error',
        stops.where(row),
        `parent_station ${parent} of ${ids[row]}`,
        'one of stops.txt',
      )
  })
}

function clearPlaces(table: Table, lng: number[], lat: number[], deviations: Deviations): void {
  const types = table.numbers('location_type')
  for (let row = 0; row < table.size; row++) {
    const came = `${lat[row]}, ${lng[row]}`
    if (Number.isNaN(lat[row]) || Number.isNaN(lng[row])) {
      if (table.file === 'stops.txt' && !(types[row] > LAST_TYPE_WITH_PLACE))
        deviations.add('StopWithoutLocation', 'error', table.where(row), undefined, 'stop_lat and stop_lon')
    } else if (Math.abs(lat[row]) <= 1 && Math.abs(lng[row]) <= 1)
      deviations.add('PointNearOrigin', 'error', table.where(row), came, 'a place more than 1° from 0, 0')
    else if (Math.abs(lat[row]) >= 89)
      deviations.add('PointNearPole', 'error', table.where(row), came, 'a place more than 1° from the poles')
    else continue
    lat[row] = NaN
    lng[row] = NaN
  }
}
