/** The live twin's frames in parts: which there are, which a viewer needs for what it looks at, and their deflated bytes. */
import { constants, deflateRawSync } from 'node:zlib'
import type { City } from '../../twin/city.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import type { FrameDecoder } from '../../twin/protocol/frame.ts'
import type { View } from '../../twin/protocol/messages.ts'
import { PartEncoder } from '../../twin/protocol/partEncoder.ts'
import { CORE, type Block } from '../../twin/protocol/parts.ts'
import { makeTiling, partsOf, tableCuts, tilesIn, type Detail } from '../../twin/tiles.ts'
import type { PartSource } from './views.ts'

// As the whole frames; see `framer.ts`.
const DEFLATE_LEVEL = 3
// Fewer bytes than this do not become fewer by it.
const WORTH_DEFLATING = 48
// Beyond so many tiles the whole city costs less than its parts.
const MOST_TILES = 60
// Of a part's share in a bundle, and of a row's change once deflated, bytes (measured at Montevideo's evening peak).
const ENTRY_BYTES = 4
const ROW_BYTES = 4

// From the most to the least that can be seen of an area.
const details: readonly Detail[] = ['vehicles', 'streets', 'overview']
// Domains whose rows are cut by place.
const placedLayers = ['traffic', 'transit']

/** `decoder` takes in the whole frames, each before `take` is called. */
export function makeCutter(city: Pick<City, 'network' | 'projection'>, decoder: FrameDecoder): PartSource {
  const tiling = makeTiling(city.network)
  const encoder = new PartEncoder(decoder, tableCuts(tiling))

  const tilesOf = ([west, south, east, north]: View['area']) =>
    tilesIn(
      tiling,
      localFromLngLat(city.projection, [west, south]),
      localFromLngLat(city.projection, [east, north]),
    )
  const bytesPerFrame = (parts: readonly number[]) =>
    parts.reduce((sum, part) => sum + ENTRY_BYTES + ROW_BYTES * encoder.rowsPerFrame(part), 0)

  return {
    schema: encoder.schema,
    get tick() {
      return decoder.tick
    },
    restart: () => encoder.restart(),
    take: (wanted) =>
      new Map([...encoder.take(wanted)].map(([part, bytes]) => [part, blockOf(bytes)] as const)),
    whole: (part) => blockOf(encoder.whole(part)),
    hashOf: (part) => encoder.hashOf(part),
    choose({ area, detail = 'vehicles', layers, budgetBps = Infinity }) {
      if (layers?.some((layer) => placedLayers.includes(layer)) === false)
        return { detail: 'noStreets', parts: [CORE] }
      const tiles = tilesOf(area)
      const isWide = tiles.length > MOST_TILES
      const isWhole = detail === 'vehicles' && isWide
      if (isWhole && ROW_BYTES * encoder.rowsPerFrame() <= budgetBps) return undefined
      const offered = isWhole ? ['overview' as const] : details.slice(details.indexOf(detail))
      for (const offer of offered) {
        const parts = partsOf(offer, tiles)
        if (offer === 'overview' || bytesPerFrame(parts) <= budgetBps) return { detail: offer, parts }
      }
      return undefined
    },
  }
}

function blockOf(bytes: Uint8Array): Block {
  if (bytes.length < WORTH_DEFLATING) return { bytes, isDeflated: false }
  const deflated = deflateRawSync(bytes, { level: DEFLATE_LEVEL, strategy: constants.Z_DEFAULT_STRATEGY })
  return deflated.length < bytes.length ? { bytes: deflated, isDeflated: true } : { bytes, isDeflated: false }
}
