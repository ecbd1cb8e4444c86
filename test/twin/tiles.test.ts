/** Tiles cover the city once: every street and every vehicle on one is in exactly one, and a box finds all that it touches. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOWHERE } from '../../twin/protocol/parts.ts'
import { makeTiling, partsOf, tableCuts, TILE_M, tilesIn } from '../../twin/tiles.ts'
import { NO_LINK } from '../../twin/traffic/tables.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const { network } = smallCity({ side: 20 })
const tiling = makeTiling(network)
const { columns, rows, westM, southM, tileOfLink } = tiling
const allTiles = Array.from({ length: columns * rows }, (_, tile) => tile)

describe('tiles', () => {
  it('hold every street once, in the tile of its middle', () => {
    const { xM, yM } = network.nodes
    tileOfLink.forEach((tile, link) => {
      const [from, to] = [network.links.fromNode[link], network.links.toNode[link]]
      const at = [(xM[from] + xM[to]) / 2, (yM[from] + yM[to]) / 2] as const
      expect(tilesIn(tiling, at, at)).toContain(tile)
      const [column, row] = [tile % columns, Math.floor(tile / columns)]
      expect(Math.abs(at[0] - westM - (column + 0.5) * TILE_M)).toBeLessThanOrEqual(TILE_M / 2 + 0.01)
      expect(Math.abs(at[1] - southM - (row + 0.5) * TILE_M)).toBeLessThanOrEqual(TILE_M / 2 + 0.01)
    })
  })

  it('are found by a box: all that it touches, ascending', () => {
    const metres = fc.integer({ min: -1500, max: 6000 })
    fc.assert(
      fc.property(metres, metres, fc.nat(4000), fc.nat(4000), (x, y, width, height) => {
        const found = tilesIn(tiling, [westM + x, southM + y], [westM + x + width, southM + y + height])
        const touched = allTiles.filter((tile) => {
          const left = (tile % columns) * TILE_M
          const low = Math.floor(tile / columns) * TILE_M
          return left <= x + width && left + TILE_M > x && low <= y + height && low + TILE_M > y
        })
        expect(found).toEqual(touched)
      }),
    )
  })

  it('cut streets and vehicles so that all tiles together hold all of them, once', () => {
    const parts = new Set(partsOf('vehicles', allTiles))
    const [links, mains, vehicles] = tableCuts(tiling)
    tileOfLink.forEach((_, link) => {
      expect(parts.has(links.partOf(link, []))).toBe(true)
      const part = vehicles.partOf(0, [Int32Array.of(link)])
      expect(parts.has(part)).toBe(true)
      expect(part).not.toBe(links.partOf(link, []))
      expect(mains.partOf(link, []) === NOWHERE).toBe(link >= tiling.mainLinks)
      expect(parts.has(mains.partOf(link, []))).toBe(false)
    })
    expect(vehicles.partOf(0, [Int32Array.of(NO_LINK)])).toBe(NOWHERE)
  })
})
