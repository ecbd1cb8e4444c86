/** A road both ways through the stations of a feed, from north to south. */
import { csvParse } from 'd3'
import {
  localFromLngLat,
  makeProjection,
  type LngLat,
  type Projection,
} from '../../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../../twin/traffic/network.ts'

export function chainNetwork(stopsText: string): { network: RoadNetwork; projection: Projection } {
  const rows = csvParse(stopsText).filter((row) => row.location_type !== '1')
  const at = rows.map((row): LngLat => [Number(row.stop_lon), Number(row.stop_lat)])
  at.sort((a, b) => b[1] - a[1])
  const projection = makeProjection(at[at.length >> 1])
  // The two platforms of a station stand closer together than this, metres.
  const local = at.map((lngLat) => localFromLngLat(projection, lngLat))
  const nodes = local.filter(
    (here, i) => i === 0 || Math.hypot(here[0] - local[i - 1][0], here[1] - local[i - 1][1]) > 150,
  )
  const count = 2 * (nodes.length - 1)
  const rowsOf = Array.from({ length: count }, (_, link) => link)
  const from = (link: number) => (link >> 1) + (link & 1)
  const to = (link: number) => (link >> 1) + 1 - (link & 1)
  const lengthOf = (link: number) =>
    Math.hypot(nodes[to(link)][0] - nodes[from(link)][0], nodes[to(link)][1] - nodes[from(link)][1])
  const links = {
    fromNode: Uint32Array.from(rowsOf, from),
    toNode: Uint32Array.from(rowsOf, to),
    lengthM: Float32Array.from(rowsOf, lengthOf),
    lanes: new Uint8Array(count).fill(1),
    freeSpeedMps: new Float32Array(count).fill(14),
    roadClass: new Uint8Array(count).fill(2),
    name: new Uint16Array(count),
    reverseLink: Int32Array.from(rowsOf, (link) => link ^ 1),
    control: new Uint8Array(count),
    signal: new Int32Array(count).fill(-1),
    isTagged: new Uint8Array(count),
    osmWayId: new Float64Array(count),
    shapeStart: Uint32Array.from(rowsOf, (link) => 2 * link),
    shapeCount: new Uint16Array(count).fill(2),
  }
  const ends = rowsOf.flatMap((link) => [nodes[from(link)], nodes[to(link)]])
  const network = {
    nodes: { xM: Float32Array.from(nodes, ([x]) => x), yM: Float32Array.from(nodes, ([, y]) => y) },
    links,
    shape: { xM: Float32Array.from(ends, ([x]) => x), yM: Float32Array.from(ends, ([, y]) => y) },
    names: { text: [''] },
    signals: { xM: new Float32Array(0), yM: new Float32Array(0) },
  }
  return { network, projection }
}
