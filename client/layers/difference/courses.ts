/** The courses of a street or of a feeder's cables, in the city's own shapes. */
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import type { ShownDifference } from '../../state/lens.ts'
import { LANE_WIDTH_M } from '../lanes.ts'

export interface Course {
  readonly shape: { readonly xM: Float32Array; readonly yM: Float32Array }
  readonly first: number
  readonly count: number
  /** How far its line lies to the right of the course. */
  readonly sideM: number
}

/** None of a row that the city does not have. */
export function coursesOf(city: City, of: ShownDifference['of'], row: number): Course[] {
  if (of === 'links') {
    const { links, shape } = city.network
    if (row >= links.lengthM.length) return []
    const sideM = links.reverseLink[row] >= 0 ? (links.lanes[row] * LANE_WIDTH_M) / 2 : 0
    return [{ shape, first: links.shapeStart[row], count: links.shapeCount[row], sideM }]
  }
  const { grid } = city
  if (grid === undefined || row >= grid.feeders.firstBus.length) return []
  const { buses, shape, feeders } = grid
  return Array.from({ length: feeders.busCount[row] }, (_, i) => {
    const bus = feeders.firstBus[row] + i
    return { shape, first: buses.shapeStart[bus], count: buses.shapeCount[bus], sideM: 0 }
  })
}

export function lngLatCourse(city: City, { shape, first, count }: Course): LngLat[] {
  return Array.from({ length: count }, (_, i) =>
    lngLatFromLocal(city.projection, [shape.xM[first + i], shape.yM[first + i]]),
  )
}
