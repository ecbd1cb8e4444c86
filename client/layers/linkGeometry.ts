/** Points along the course of a link, and in its lanes, in local metres. */
import type { Local } from '../../twin/geo/projection.ts'
import { onCourse } from '../../twin/traffic/linkCourse.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { kerbOffsetM, LANE_WIDTH_M } from './lanes.ts'

/** The point `alongM` metres from the link's start; its course is measured so that its end is at the link's length. */
export function pointAlong(network: RoadNetwork, link: number, alongM: number): Local {
  return onCourse(network, link, alongM).at
}

/** The point in the middle of a lane, counted from the kerb. */
export function laneAlong(network: RoadNetwork, link: number, lane: number, alongM: number): Local {
  const fromKerbM = (Math.min(lane, network.links.lanes[link] - 1) + 0.5) * LANE_WIDTH_M
  return onCourse(network, link, alongM, kerbOffsetM(network, link) - fromKerbM).at
}

/** The middle of a link. */
export function middleOf(network: RoadNetwork, link: number): Local {
  return pointAlong(network, link, network.links.lengthM[link] / 2)
}
