/**
 * Houses where only their numbers are known: addresses lined up along their side of the street, a front for each from half-way to
 * its neighbours, and behind it as much depth as the block has room for. They are synthesised and marked so.
 */
import { foldText } from '../../twin/geo/foldText.ts'
import { randomUnit } from '../../twin/kernel/random.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Address } from './addresses.ts'
import { boxAround, CellGrid } from './cellGrid.ts'
import { boxOf, isInside, overlap, type Position, type Ring } from './polygons.ts'

/** An address farther than this from any street has no front on it. Assumed. */
const REACH_M = 45
/** Doors nearer than this to each other open into one house. Assumed. */
const SAME_HOUSE_M = 3.5
/** Half a front at most; a wider gap is a garden or a gate. Assumed: lots of up to 16 m. */
const MOST_HALF_FRONT_M = 8
const LEAST_FRONT_M = 4
/** Half a front where there is no neighbour to share the gap with. Assumed. */
const LONE_HALF_FRONT_M = 5
/** How deep houses reach into the block, least and most. Assumed. */
const LEAST_DEPTH_M = 9
const MOST_DEPTH_M = 17
/** Lane and pavement widths, from which a house keeps away. Assumed. */
const LANE_M = 3
const PAVEMENT_M = 2
/** Shares of the wanted depth that are tried until the house fits. */
const DEPTH_TRIES = [1, 0.75, 0.5]

export interface FrontHouse {
  /** Closed ring, local metres, front edge first. */
  readonly ring: Ring
  readonly addresses: number
}

interface Front {
  alongM: number
  offsetM: number
  segment: Segment
  addresses: number
  order: number
}

interface Segment {
  readonly link: number
  readonly ax: number
  readonly ay: number
  /** Unit direction. */
  readonly ux: number
  readonly uy: number
  readonly lengthM: number
  /** From the link's start to the segment's. */
  readonly startM: number
  readonly halfWidthM: number
}

/** One house a front; those that find no room between streets, `obstacles` (real footprints) and earlier houses are left out. */
export function layFronts(
  addresses: readonly Address[],
  network: RoadNetwork,
  obstacles: readonly Ring[],
  seed: number,
): FrontHouse[] {
  const segments = segmentsOf(network)
  const streets = new CellGrid(60)
  segments.forEach((segment, i) => streets.add(i, segmentBox(segment)))
  const names = network.names.text.map(foldText)

  const sides = new Map<number, Front[]>()
  addresses.forEach((address, order) => {
    const front = frontOf(address, order, segments, streets, (link) => names[network.links.name[link]])
    if (front === undefined) return
    const side = front.segment.link * 2 + (front.offsetM > 0 ? 1 : 0)
    const fronts = sides.get(side)
    if (fronts === undefined) sides.set(side, [front])
    else fronts.push(front)
  })

  const taken = new CellGrid(40)
  const rings: Ring[] = []
  obstacles.forEach((ring) => {
    taken.add(rings.length, boxOf(ring))
    rings.push(ring)
  })
  const houses: FrontHouse[] = []
  for (const [side, fronts] of [...sides].sort((a, b) => a[0] - b[0])) {
    const lengthM = network.links.lengthM[side >> 1]
    const lined = oneDoorEach(fronts)
    lined.forEach((front, i) => {
      const depthM = LEAST_DEPTH_M + (MOST_DEPTH_M - LEAST_DEPTH_M) * randomUnit(seed, front.order)
      const [fromM, toM] = spanOf(lined, i, lengthM)
      for (const share of DEPTH_TRIES) {
        const ring = houseRing(front, fromM, toM, depthM * share)
        if (!fits(ring)) continue
        taken.add(rings.length, boxOf(ring))
        rings.push(ring)
        houses.push({ ring, addresses: front.addresses })
        return
      }
    })
  }
  return houses

  function fits(ring: Ring): boolean {
    const box = boxOf(ring)
    for (const i of streets.near(box)) if (overlap(ring, roadbed(segments[i]))) return false
    for (const i of taken.near(box)) {
      if (i >= obstacles.length ? overlap(ring, rings[i]) : entangled(ring, rings[i])) return false
    }
    return true
  }
}

function segmentsOf({ links, shape }: RoadNetwork): Segment[] {
  const segments: Segment[] = []
  for (let link = 0; link < links.fromNode.length; link++) {
    const reverse = links.reverseLink[link]
    if (reverse >= 0 && reverse < link) continue
    const lanes = links.lanes[link] + (reverse >= 0 ? links.lanes[reverse] : 0)
    const halfWidthM = (lanes * LANE_M) / 2
    let startM = 0
    const last = links.shapeStart[link] + links.shapeCount[link] - 1
    for (let i = links.shapeStart[link]; i < last; i++) {
      const [ax, ay] = [shape.xM[i], shape.yM[i]]
      const [dx, dy] = [shape.xM[i + 1] - ax, shape.yM[i + 1] - ay]
      const lengthM = Math.sqrt(dx * dx + dy * dy)
      if (lengthM > 0)
        segments.push({ link, ax, ay, ux: dx / lengthM, uy: dy / lengthM, lengthM, startM, halfWidthM })
      startM += lengthM
    }
  }
  return segments
}

/** Where the address meets its street: the one of its name if it is near, else the nearest. */
function frontOf(
  address: Address,
  order: number,
  segments: readonly Segment[],
  streets: CellGrid,
  nameOf: (link: number) => string,
): Front | undefined {
  const [x, y] = address.at
  const name = foldText(address.street)
  let best: Front | undefined
  let bestM = Infinity
  for (const i of streets.near(boxAround(x, y, REACH_M))) {
    const segment = segments[i]
    const [dx, dy] = [x - segment.ax, y - segment.ay]
    const along = Math.max(0, Math.min(segment.lengthM, dx * segment.ux + dy * segment.uy))
    const [ox, oy] = [dx - along * segment.ux, dy - along * segment.uy]
    const awayM = Math.sqrt(ox * ox + oy * oy)
    if (awayM > REACH_M) continue
    const rankM = nameOf(segment.link) === name ? awayM - REACH_M : awayM
    if (rankM >= bestM) continue
    bestM = rankM
    const isLeft = segment.ux * dy - segment.uy * dx > 0
    best = { alongM: segment.startM + along, offsetM: isLeft ? awayM : -awayM, segment, addresses: 1, order }
  }
  return best
}

/** Fronts in the order of the street, doors of one house as one. */
function oneDoorEach(fronts: readonly Front[]): Front[] {
  const lined: Front[] = []
  for (const front of [...fronts].sort((a, b) => a.alongM - b.alongM || a.order - b.order)) {
    const last = lined[lined.length - 1]
    if (last !== undefined && front.alongM - last.alongM < SAME_HOUSE_M) last.addresses++
    else lined.push({ ...front })
  }
  return lined
}

/** From where to where along the street the front reaches. */
function spanOf(lined: readonly Front[], i: number, lengthM: number): [number, number] {
  const { alongM } = lined[i]
  const before = i > 0 ? (alongM - lined[i - 1].alongM) / 2 : undefined
  const after = i < lined.length - 1 ? (lined[i + 1].alongM - alongM) / 2 : undefined
  const half = (gap: number | undefined, other: number | undefined) =>
    Math.min(MOST_HALF_FRONT_M, gap ?? Math.min(other ?? LONE_HALF_FRONT_M, LONE_HALF_FRONT_M))
  let fromM = Math.max(0, alongM - half(before, after))
  let toM = Math.min(lengthM, alongM + half(after, before))
  if (toM - fromM < LEAST_FRONT_M) {
    const lackM = (LEAST_FRONT_M - (toM - fromM)) / 2
    fromM -= lackM
    toM += lackM
  }
  return [fromM, toM]
}

/** A rectangle square to the street, its front where the address stands, clear of lanes and pavement. */
function houseRing({ segment, offsetM }: Front, fromM: number, toM: number, depthM: number): Ring {
  const side = offsetM > 0 ? 1 : -1
  const frontM = side * Math.max(Math.abs(offsetM), segment.halfWidthM + PAVEMENT_M)
  const backM = frontM + side * depthM
  const corner = (alongM: number, awayM: number): Position => {
    const along = alongM - segment.startM
    return [
      segment.ax + along * segment.ux - awayM * segment.uy,
      segment.ay + along * segment.uy + awayM * segment.ux,
    ]
  }
  const ring = [corner(fromM, frontM), corner(toM, frontM), corner(toM, backM), corner(fromM, backM)]
  if (side < 0) ring.reverse()
  return [...ring, ring[0]]
}

function segmentBox(segment: Segment) {
  return boxOf(roadbed(segment))
}

/** The ground of a segment as a thin rectangle. */
function roadbed({ ax, ay, ux, uy, lengthM, halfWidthM }: Segment): Ring {
  const [bx, by] = [ax + ux * lengthM, ay + uy * lengthM]
  const [nx, ny] = [-uy * halfWidthM, ux * halfWidthM]
  return [
    [ax - nx, ay - ny],
    [bx - nx, by - ny],
    [bx + nx, by + ny],
    [ax + nx, ay + ny],
    [ax - nx, ay - ny],
  ]
}

/** Whether a house and a real footprint of any shape reach into each other, judged by their corners and middles. */
function entangled(house: Ring, footprint: Ring): boolean {
  const middle: Position = [(house[0][0] + house[2][0]) / 2, (house[0][1] + house[2][1]) / 2]
  return (
    isInside(middle, [footprint]) ||
    house.some((corner) => isInside(corner, [footprint])) ||
    footprint.some((corner) => isInside(corner, [house]))
  )
}
