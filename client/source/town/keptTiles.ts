/** The basemap of a kept town, a tile at a time out of its archive. */
import { PMTiles, type RangeResponse, type Source } from 'pmtiles'

/** An archive that is held whole. */
class HeldArchive implements Source {
  private readonly bytes: Uint8Array<ArrayBuffer>

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes
  }

  getKey(): string {
    return 'town'
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: this.bytes.slice(offset, offset + length).buffer }
  }
}

/** Gives each tile unpacked, and an empty one where the map has none. */
export function readTiles(archive: Uint8Array<ArrayBuffer>) {
  const tiles = new PMTiles(new HeldArchive(archive))
  return async (z: number, x: number, y: number): Promise<ArrayBuffer> =>
    (await tiles.getZxy(z, x, y))?.data ?? new ArrayBuffer(0)
}
