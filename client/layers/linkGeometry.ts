/** Points along the course of a link, in local metres. */
import type { Local } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { kerbOffsetM, LANE_WIDTH_M } from './lanes.ts'

/** The point `alongM` metres from the link's start; its course is measured so that its end is at the link's length. */
export function pointAlong(network: RoadNetwork, link: number, alongM: number): Local {
  return beside(network, link, alongM, 0)
}

/** The point in the middle of a lane, counted from the kerb. */
export function laneAlong(network: RoadNetwork, link: number, lane: number, alongM: number): Local {
  const fromKerbM = (Math.min(lane, network.links.lanes[link] - 1) + 0.5) * LANE_WIDTH_M
  return beside(network, link, alongM, kerbOffsetM(network, link) - fromKerbM)
}

/** The point `rightM` metres to the right of the course. */
function beside(network: RoadNetwork, link: number, alongM: number, rightM: number): Local {
  const { links, shape } = network
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
      return [shape.xM[i] + eastM * share + northM * right, shape.yM[i] + northM * share - eastM * right]
    }
    leftM -= m
  }
  return [shape.xM[first], shape.yM[first]]
}

/** The middle of a link. */
export function middleOf(network: RoadNetwork, link: number): Local {
  return pointAlong(network, link, network.links.lengthM[link] / 2)
}

function stepM(shape: RoadNetwork['shape'], i: number): number {
  return Math.hypot(shape.xM[i + 1] - shape.xM[i], shape.yM[i + 1] - shape.yM[i])
}
