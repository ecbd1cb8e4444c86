/** Where the lanes of a link lie beside its course; traffic keeps to the right. */
import type { RoadNetwork } from '../../twin/traffic/network.ts'

/** Width a lane is drawn with; urban lanes are 2.8 to 3.5 m wide. */
export const LANE_WIDTH_M = 3.2

/** Metres from the course of a link to its right kerb: all its lanes for one of two directions, half of them for a one-way street. */
export function kerbOffsetM(network: RoadNetwork, link: number): number {
  const { lanes, reverseLink } = network.links
  const widthM = lanes[link] * LANE_WIDTH_M
  return reverseLink[link] >= 0 ? widthM : widthM / 2
}
