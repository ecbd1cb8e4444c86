/** Our PMTiles writer against the reference reader. */
import { gzipSync } from 'fflate'
import { PMTiles, zxyToTileId } from 'pmtiles'
import { describe, expect, it } from 'vitest'
import { randomIndex } from '../../../twin/kernel/random.ts'
import { tileId, writePmtiles } from '../../../data/recipes/pmtiles.ts'

const about = {
  maxZoom: 8,
  bounds: [-1, -2, 3, 4],
  name: 'Town',
  attribution: 'Us',
  layers: ['earth'],
} as const

function open(bytes: Uint8Array): PMTiles {
  const source = {
    getKey: () => 'town',
    getBytes: (offset: number, length: number) =>
      Promise.resolve({ data: bytes.slice(offset, offset + length).buffer }),
  }
  return new PMTiles(source as never)
}

const content = (text: string) => gzipSync(new TextEncoder().encode(text), { mtime: 0 })

describe('a PMTiles archive', () => {
  it('numbers tiles as the reference does', () => {
    for (let zoom = 0; zoom <= 15; zoom++) {
      for (let i = 0; i < 40; i++) {
        const [x, y] = [(i * 7919) % 2 ** zoom, (i * 104729) % 2 ** zoom]
        expect(tileId(zoom, x, y)).toBe(zxyToTileId(zoom, x, y))
      }
    }
  })

  it('gives back each tile, and its header', async () => {
    const tiles = [[0, 0, 0], [1, 1, 0], [8, 200, 100]] as const // prettier-ignore
    const archive = open(writePmtiles(tiles.map(([z, x, y]) => ({ id: tileId(z, x, y), bytes: content(`${z}/${x}/${y}`) })), about)) // prettier-ignore
    for (const [z, x, y] of tiles) {
      const tile = await archive.getZxy(z, x, y)
      expect(new TextDecoder().decode(tile!.data)).toBe(`${z}/${x}/${y}`)
    }
    expect(await archive.getZxy(3, 1, 1)).toBeUndefined()
    expect(await archive.getHeader()).toMatchObject({
      specVersion: 3,
      minZoom: 0,
      maxZoom: 8,
      minLon: -1,
      maxLat: 4,
      tileType: 1,
    })
    expect(await archive.getMetadata()).toMatchObject({ name: 'Town', attribution: 'Us' })
  })

  it('stores equal tiles once, and needs leaves when it is large', async () => {
    const contents = Array.from({ length: 500 }, (_, i) => content(`tile ${i}`))
    const tiles = Array.from({ length: 20_000 }, (_, i) => ({
      id: i * 300 + randomIndex(299, 1, i),
      bytes: contents[i < 500 ? i : randomIndex(500, 2, i)],
    }))
    const archive = open(writePmtiles(tiles, about))
    const header = await archive.getHeader()
    expect(header).toMatchObject({ numTileContents: 500, numAddressedTiles: 20_000 })
    expect(header.leafDirectoryLength).toBeGreaterThan(0)
    expect(header.rootDirectoryLength).toBeLessThan(16_384 - 127)
  })
})
