/** Points along the course of a link, and which way it goes there. */
import type { Local } from '../geo/projection.ts'
import { hypot } from '../kernel/math.ts'
import type { RoadNetwork } from './network.ts'

/** A point of a course, local metres, and the direction there as a step east and north whose length is 1; [0, 0] on a link without extent. */
export interface OnCourse {
  readonly at: Local
  readonly towards: Local
}

/**
 * The point `alongM` metres from the link's start and `rightM` to the right of its course, which is measured so that its end is at the
 * link's length; before the start and beyond the end it is the start and the end.
 */
export function onCourse(
  { links, shape }: Pick<RoadNetwork, 'links' | 'shape'>,
  link: number,
  alongM: number,
  rightM = 0,
): OnCourse {
  const first = links.shapeStart[link]
  const last = first + links.shapeCount[link] - 1
  let drawnM = 0
  for (let i = first; i < last; i++) drawnM += stepM(shape, i)
  let leftM = drawnM * Math.min(1, Math.max(0, alongM / Math.max(links.lengthM[link], 0.01)))
  for (let i = first; i < last; i++) {
    const m = stepM(shape, i)
    if (leftM <= m || i === last - 1) {
      const share = m > 0 ? Math.min(1, leftM / m) : 0
      const eastM = shape.xM[i + 1] - shape.xM[i]
      const northM = shape.yM[i + 1] - shape.yM[i]
      const right = m > 0 ? rightM / m : 0
      return {
        at: [shape.xM[i] + eastM * share + northM * right, shape.yM[i] + northM * share - eastM * right],
        towards: m > 0 ? [eastM / m, northM / m] : [0, 0],
      }
    }
    leftM -= m
  }
  return { at: [shape.xM[first], shape.yM[first]], towards: [0, 0] }
}

function stepM(shape: RoadNetwork['shape'], i: number): number {
  return hypot(shape.xM[i + 1] - shape.xM[i], shape.yM[i + 1] - shape.yM[i])
}
