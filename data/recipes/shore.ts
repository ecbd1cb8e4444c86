/**
 * The sea: open water is not mapped as an area, only by its shore, so the shore's lines are chained and closed along the map's
 * bounds. Beyond the bounds the sea is carried on straight for a little, for the small zooms whose tiles reach farther.
 */
import type { LngLat } from '../../twin/geo/projection.ts'
import { isClosed, keyOf } from './joinPieces.ts'
import type { OsmExtract } from './osm.ts'
import { isInside, type Box } from './polygons.ts'

/** How far beyond the bounds sea and land are carried on, degrees: the width of a tile of zoom 9. */
export const MARGIN_DEG = 0.7

/** Outer ring first, then islands. Empty when the map has no shore. `roads` are positions on land, which decide the side. */
export function seaPolygons(extract: OsmExtract, roads: readonly LngLat[]): LngLat[][][] {
  const shore = extract.ways.filter((way) => isShore(way.tags)).map((way) => way.course)
  const chains = chainUndirected(shore.filter((course) => !isClosed(course)))
  const pieces = chains
    .filter((chain) => !isClosed(chain))
    .flatMap((chain) => clipLine(chain, extract.bounds))
    .map((piece) => carryOut(piece, extract.bounds))
  if (pieces.length === 0) return []
  const one = closeAlong(pieces, padded(extract.bounds))
  const other = closeAlong(
    pieces.map((piece) => [...piece].reverse()),
    padded(extract.bounds),
  )
  const rings = wetRoads(one, roads) <= wetRoads(other, roads) ? one : other
  const islands = [
    ...extract.ways.filter((way) => isIsland(way.tags) && isClosed(way.course)).map((way) => way.course),
    ...chains.filter(isClosed),
  ]
  return rings.map((ring) => [
    ring,
    ...islands.filter((island) => isInside(island[0], [ring])).map((island) => [...island]),
  ])
}

/**
 * Coastline, and shores that are only members of a water relation, which an extract without relations has lost: their note asks
 * mappers not to call them coastline.
 */
function isShore(tags: Readonly<Record<string, string>>): boolean {
  return tags.natural === 'coastline' || /\bcoastline\b/i.test(tags.note ?? '')
}

function isIsland(tags: Readonly<Record<string, string>>): boolean {
  return tags.natural === 'coastline' || tags.place === 'island' || tags.place === 'islet'
}

function wetRoads(rings: readonly LngLat[][], roads: readonly LngLat[]): number {
  return roads.filter((at) => isInside(at, rings)).length
}

/** Lines joined end to end whatever way each runs, since members of a relation need not agree. */
export function chainUndirected(lines: readonly (readonly LngLat[])[]): LngLat[][] {
  const atEnd = new Map<string, number[]>()
  lines.forEach((line, i) => {
    for (const end of [line[0], line[line.length - 1]]) {
      const here = atEnd.get(keyOf(end))
      if (here === undefined) atEnd.set(keyOf(end), [i])
      else here.push(i)
    }
  })
  const used = new Set<number>()
  const grow = (chain: LngLat[]): LngLat[] => {
    for (;;) {
      const end = chain[chain.length - 1]
      const next = atEnd.get(keyOf(end))!.find((i) => !used.has(i))
      if (next === undefined) return chain
      used.add(next)
      const line = lines[next]
      const runsOn = keyOf(line[0]) === keyOf(end)
      chain.push(...(runsOn ? line.slice(1) : [...line].reverse().slice(1)))
    }
  }
  const chains: LngLat[][] = []
  lines.forEach((line, i) => {
    if (used.has(i)) return
    used.add(i)
    chains.push(grow(grow([...line]).reverse()).reverse())
  })
  return chains
}

/** The parts of a line inside a box. */
export function clipLine(line: readonly LngLat[], box: Box): LngLat[][] {
  const pieces: LngLat[][] = []
  let piece: LngLat[] = []
  for (let i = 0; i < line.length - 1; i++) {
    const part = clipSegment(line[i], line[i + 1], box)
    if (part === undefined) continue
    const last = piece[piece.length - 1]
    if (last === undefined || last[0] !== part[0][0] || last[1] !== part[0][1]) {
      if (piece.length > 1) pieces.push(piece)
      piece = [part[0]]
    }
    piece.push(part[1])
  }
  if (piece.length > 1) pieces.push(piece)
  return pieces
}

/** Liang and Barsky, 1984. */
function clipSegment(a: LngLat, b: LngLat, [minX, minY, maxX, maxY]: Box): [LngLat, LngLat] | undefined {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  let from = 0
  let to = 1
  for (const [p, q] of [
    [-dx, a[0] - minX],
    [dx, maxX - a[0]],
    [-dy, a[1] - minY],
    [dy, maxY - a[1]],
  ]) {
    if (p === 0) {
      if (q < 0) return undefined
    } else if (p < 0) from = Math.max(from, q / p)
    else to = Math.min(to, q / p)
  }
  if (from >= to) return undefined
  const at = (share: number): LngLat =>
    share === 0 ? a : share === 1 ? b : [a[0] + share * dx, a[1] + share * dy]
  return [at(from), at(to)]
}

export function padded([west, south, east, north]: Box): Box {
  return [west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG]
}

/** The line carried on at both ends, by the nearest side of the bounds, to the padded border. */
function carryOut(line: readonly LngLat[], bounds: Box): LngLat[] {
  return [outFrom(line[0], bounds), ...line, outFrom(line[line.length - 1], bounds)]
}

function outFrom([lng, lat]: LngLat, bounds: Box): LngLat {
  const [west, south, east, north] = bounds
  const [outWest, outSouth, outEast, outNorth] = padded(bounds)
  const away = [lng - west, lat - south, east - lng, north - lat]
  const side = away.indexOf(Math.min(...away))
  return ([[outWest, lat], [lng, outSouth], [outEast, lat], [lng, outNorth]] as const)[side] // prettier-ignore
}

/** Rings with the water on the right of the lines: from each line's end clockwise along the border to the next line's start. */
function closeAlong(lines: readonly (readonly LngLat[])[], border: Box): LngLat[][] {
  const corners = cornersOf(border)
  const starts = lines.map((line) => alongBorder(line[0], border))
  const left = new Set(lines.keys())
  const rings: LngLat[][] = []
  while (left.size > 0) {
    const [first] = left
    const ring: LngLat[] = []
    for (let line = first; left.has(line);) {
      left.delete(line)
      ring.push(...lines[line])
      const end = alongBorder(lines[line][lines[line].length - 1], border)
      const ahead = (at: number) => (at - end + 4) % 4
      line = [...lines.keys()].reduce(
        (best, each) => (ahead(starts[each]) < ahead(starts[best]) ? each : best),
        first,
      )
      const toGo = ahead(starts[line])
      corners
        .map((corner, i) => ({ corner, ahead: ahead(i) }))
        .filter((each) => each.ahead > 0 && each.ahead < toGo)
        .sort((a, b) => a.ahead - b.ahead)
        .forEach((each) => ring.push(each.corner))
    }
    ring.push(ring[0])
    rings.push(ring)
  }
  return rings
}

/** Clockwise from the north-west. */
function cornersOf([west, south, east, north]: Box): LngLat[] {
  return [[west, north], [east, north], [east, south], [west, south]] // prettier-ignore
}

/** Where on the border a position is: sides numbered clockwise from the north, the share along the side behind the point. */
function alongBorder([lng, lat]: LngLat, [west, south, east, north]: Box): number {
  if (lat === north) return (lng - west) / (east - west)
  if (lng === east) return 1 + (north - lat) / (north - south)
  if (lat === south) return 2 + (east - lng) / (east - west)
  return 3 + (lat - south) / (north - south)
}
