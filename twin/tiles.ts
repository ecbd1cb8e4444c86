/**
 * The city cut into square tiles, so that who looks at one district is sent that district: streets belong to the tile of their
 * middle, vehicles to that of the street they are on. All else is little and goes to everyone. See `protocol/parts.ts`.
 */
import { publishedTables } from './domains.ts'
import type { Local } from './geo/projection.ts'
import type { TableSpec } from './kernel/table.ts'
import { mainLinkCount } from './objectives/measure.ts'
import { type AbsentValues } from './protocol/partDecoder.ts'
import { CORE, NOWHERE, type TableCut } from './protocol/parts.ts'
import type { RoadNetwork } from './traffic/network.ts'
import { linkTable, NO_LINK, vehicleTable } from './traffic/tables.ts'

/** Side of a tile, metres: a phone at a street's level sees three to nine. */
export const TILE_M = 1000
/** The main streets of the whole city, for who sees all of it from afar. Never seen together with streets by tile. */
const MAIN_STREETS = 1
const FIRST_TILE = 2

export type Detail = 'overview' | 'streets' | 'vehicles'

export interface Tiling {
  readonly westM: number
  readonly southM: number
  readonly columns: number
  readonly rows: number
  /** By link. */
  readonly tileOfLink: Uint16Array
  readonly mainLinks: number
}

/** The tiles over all links of a network. */
export function makeTiling(network: RoadNetwork): Tiling {
  const { xM, yM } = network.nodes
  const { fromNode, toNode } = network.links
  let [westM, southM, eastM, northM] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let node = 0; node < xM.length; node++) {
    westM = Math.min(westM, xM[node])
    southM = Math.min(southM, yM[node])
    eastM = Math.max(eastM, xM[node])
    northM = Math.max(northM, yM[node])
  }
  const columns = Math.max(1, Math.ceil((eastM - westM) / TILE_M))
  const rows = Math.max(1, Math.ceil((northM - southM) / TILE_M))
  const tileOfLink = Uint16Array.from(fromNode, (from, link) => {
    const to = toNode[link]
    const column = clamp(Math.floor(((xM[from] + xM[to]) / 2 - westM) / TILE_M), columns - 1)
    const row = clamp(Math.floor(((yM[from] + yM[to]) / 2 - southM) / TILE_M), rows - 1)
    return row * columns + column
  })
  return { westM, southM, columns, rows, tileOfLink, mainLinks: mainLinkCount(network) }
}

/** The tiles that a box touches, ascending; its corners in local metres. */
export function tilesIn({ westM, southM, columns, rows }: Tiling, from: Local, to: Local): number[] {
  const tiles: number[] = []
  const index = (m: number, startM: number) => Math.floor((m - startM) / TILE_M)
  const [firstColumn, lastColumn] = [
    Math.max(0, index(from[0], westM)),
    Math.min(columns - 1, index(to[0], westM)),
  ]
  const [firstRow, lastRow] = [Math.max(0, index(from[1], southM)), Math.min(rows - 1, index(to[1], southM))]
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++) tiles.push(row * columns + column)
  return tiles
}

/** The parts that show so much of `tiles`, ascending. */
export function partsOf(detail: Detail, tiles: readonly number[]): number[] {
  if (detail === 'overview') return [CORE, MAIN_STREETS]
  if (detail === 'streets') return [CORE, ...tiles.map(streetsOf)]
  return [CORE, ...tiles.flatMap((tile) => [streetsOf(tile), streetsOf(tile) + 1])]
}

/** How the published tables are cut. */
export function tableCuts({ tileOfLink, mainLinks }: Tiling): TableCut[] {
  const linkColumn = Object.keys(vehicleTable.columns).indexOf('link')
  return [
    { table: indexOf(linkTable), partOf: (row) => streetsOf(tileOfLink[row]) },
    { table: indexOf(linkTable), partOf: (row) => (row < mainLinks ? MAIN_STREETS : NOWHERE) },
    {
      table: indexOf(vehicleTable),
      partOf: (row, sent) => {
        const link = sent[linkColumn][row] >>> 0
        return link < tileOfLink.length ? streetsOf(tileOfLink[link]) + 1 : NOWHERE
      },
    },
  ]
}

/** What stands in rows that a viewer is not told of: no speed is known of a street, and no vehicle is there. */
export const absentValues: AbsentValues = new Map<number, Record<string, number>>([
  [indexOf(linkTable), { speedMps: NaN }],
  [indexOf(vehicleTable), { link: NO_LINK }],
])

function streetsOf(tile: number): number {
  return FIRST_TILE + 2 * tile
}

function indexOf({ name }: TableSpec): number {
  return publishedTables.findIndex((table) => table.name === name)
}

function clamp(value: number, high: number): number {
  return Math.min(high, Math.max(0, value))
}
