/** Finds out what a source of a city is, a folder of OSM-QA tiles or one file, and reads it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { OsmExtract } from '../../data/recipes/osm.ts'
import { looksLikeOsmPbf, readOsmPbf } from '../../data/recipes/osmPbf.ts'
import { readOsmQaTiles } from '../../data/recipes/osmQaTiles.ts'

/** Of the tile folders in @mapbox/mvt-fixtures 4.0.0: SHA-256 over the names and bytes of their tiles, in order of name. */
const fixtureDigests: Readonly<Record<string, string>> = {
  'osm-qa-montevideo': 'd7f1e9c7137b074c1606d789708aeb301246e8a4a80e25b298356f5251b79e04',
  'osm-qa-astana': '64e2e1bf07f58be6587d067c8e21d8253a18350a20666f81d994d69d6c2ae25e',
}

const TILE_NAME = /^(\d+)-(\d+)-(\d+)\.mvt$/

/** Throws, with one sentence, when there is nothing to read or it cannot be read. */
export function readSource(path: string): OsmExtract {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new Error(`${path} does not exist`)
  if (found.isDirectory()) return readTileFolder(path)
  const bytes = new Uint8Array(readFileSync(path))
  if (!looksLikeOsmPbf(bytes)) {
    throw new Error(`${basename(path)} is neither an .osm.pbf file nor a folder of OSM-QA tiles`)
  }
  return readOsmPbf(bytes)
}

function readTileFolder(path: string): OsmExtract {
  const names = readdirSync(path)
    .filter((name) => TILE_NAME.test(name))
    .sort()
  if (names.length === 0) throw new Error(`${path} holds no OSM-QA tiles (files named z-x-y.mvt)`)
  const digest = createHash('sha256')
  const tiles = names.map((name) => {
    const bytes = new Uint8Array(readFileSync(join(path, name)))
    digest.update(name).update(bytes)
    const [z, x, y] = TILE_NAME.exec(name)!.slice(1).map(Number)
    return { z, x, y, bytes }
  })
  const due = path.includes('mvt-fixtures') ? fixtureDigests[basename(path)] : undefined
  const came = digest.digest('hex')
  if (due !== undefined && came !== due) {
    throw new Error(
      `the tiles of ${basename(path)} are not those of @mapbox/mvt-fixtures 4.0.0 (digest ${came}, expected ${due})`,
    )
  }
  return readOsmQaTiles(tiles)
}
