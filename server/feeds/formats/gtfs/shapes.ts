/** The shapes of a GTFS feed in order: points that are given twice or cannot be are left out. */
import type { Deviations } from '../../deviations.ts'
import { groupRows } from './groupRows.ts'
import type { Tables } from './tables.ts'

export interface Shape {
  readonly lng: Float64Array
  readonly lat: Float64Array
  /** The greatest distance that one of its points is at, in the feed's own unit; NaN when none is given. */
  readonly mostDistance: number
}

/** By the number of the shape; one without points has none. */
export function shapesOf({ of }: Tables, deviations: Deviations): Shape[] {
  const table = of['shapes.txt']
  const [lat, lng] = [table.numbers('shape_pt_lat'), table.numbers('shape_pt_lon')]
  const [sequence, distance] = [table.numbers('shape_pt_sequence'), table.numbers('shape_dist_traveled')]
  const { start, rows } = groupRows(table.numbers('shape_id'), sequence, table.rowOf.size)
  return [...table.rowOf.keys()].map((id, shape) => {
    const kept: number[] = []
    let mostDistance = NaN
    let last = -1
    for (const row of rows.subarray(start[shape], start[shape + 1])) {
      if (sequence[row] === last) {
        const came = `${id}, ${last}`
        deviations.add('DuplicateKey', 'error', table.where(row), came, 'a shape_pt_sequence of its own')
        continue
      }
      last = sequence[row]
      if (distance[row] > mostDistance || Number.isNaN(mostDistance)) mostDistance = distance[row]
      if (!Number.isNaN(lat[row])) kept.push(row)
    }
    return {
      lng: Float64Array.from(kept, (row) => lng[row]),
      lat: Float64Array.from(kept, (row) => lat[row]),
      mostDistance,
    }
  })
}
