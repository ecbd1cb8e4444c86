/** The basemap's vector tiles, one by one out of the city's PMTiles file, in the compression they are stored in. */
import { existsSync, openSync, read } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { Router as makeRouter, type Router } from 'express'
import { Compression, PMTiles, SharedPromiseCache, type RangeResponse, type Source } from 'pmtiles'
import { stillStarting, type ApiContext } from './context.ts'

// A level beyond what any archive here has; also keeps x and y within 32 bits.
const MAX_ZOOM = 22

/** Stays open as long as the process: the file is part of the city. */
class FileSource implements Source {
  private readonly path: string
  private readonly file: number

  constructor(path: string) {
    this.path = path
    this.file = openSync(path, 'r')
  }

  getKey(): string {
    return this.path
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await promisify(read)(this.file, bytes, 0, length, offset)
    return { data: bytes.buffer.slice(0, bytesRead) }
  }
}

/** An archive whose directories are unpacked and whose tiles are not. */
function openTiles(path: string): PMTiles {
  return new PMTiles(new FileSource(path), new SharedPromiseCache(), async (bytes) => bytes)
}

export function tileRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let tiles: PMTiles | undefined

  router.get('/tiles/:z/:x/:y.mvt', async (request, response) => {
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const path = join(folder.folder, 'basemap.pmtiles')
    const [z, x, y] = [request.params.z, request.params.x, request.params.y].map((text) =>
      /^\d{1,8}$/.test(text) ? Number(text) : Infinity,
    )
    if (z > MAX_ZOOM || x >= 2 ** z || y >= 2 ** z || (tiles === undefined && !existsSync(path))) {
      response.status(404).json({ error: 'there is no such tile' })
      return
    }
    tiles ??= openTiles(path)
    const tile = await tiles.getZxy(z, x, y)
    response.set({ 'Cache-Control': 'public, max-age=86400', Vary: 'Accept-Encoding' })
    if (tile === undefined) {
      response.status(204).end()
      return
    }
    const bytes = Buffer.from(tile.data)
    const isGzip = (await tiles.getHeader()).tileCompression === Compression.Gzip
    response.type('application/vnd.mapbox-vector-tile')
    if (!isGzip) response.end(bytes)
    else if (request.acceptsEncodings('gzip') === 'gzip') response.set('Content-Encoding', 'gzip').end(bytes)
    else response.end(gunzipSync(bytes))
  })

  return router
}
