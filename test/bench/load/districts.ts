/** What phones are sent that look at one district each: every tile of a city has a phone in its middle. */
import { areaOf } from '../../../client/state/looking.ts'
import { makeCutter } from '../../../server/hub/cutter.ts'
import { framedFrom, headBytes } from '../../../server/hub/line.ts'
import { Views } from '../../../server/hub/views.ts'
import type { Entry, Feed } from '../../../server/hub/feed.ts'
import type { City } from '../../../twin/city.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { makeTable, type Table } from '../../../twin/kernel/table.ts'
import { ENVELOPE_BYTES } from '../../../twin/protocol/envelope.ts'
import { FrameDecoder, FrameEncoder } from '../../../twin/protocol/frame.ts'
import type { Block } from '../../../twin/protocol/parts.ts'
import { makeTiling, TILE_M } from '../../../twin/tiles.ts'

const PHONE_PX = [390, 844] as const
const ZOOM = 15
// Below are the parts that are of no tile; a tile has two, side by side.
const FIRST_TILE_PART = 2

export class Districts {
  private readonly encoder: FrameEncoder
  private readonly whole = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  private readonly views: Views
  private readonly feeds: Feed[]
  private readonly bytes: Float64Array
  private readonly keyBytes: number[]
  private seq = 0
  private takeMs = 0
  /** What each tile's last frame came to, streets and vehicles together. */
  private readonly tileBytes = new Map<number, Uint8Array>()

  constructor(city: City, tables: readonly Table[]) {
    this.encoder = new FrameEncoder(tables)
    this.whole.apply(this.encoder.delta(0))
    const cutter = makeCutter(city, this.whole)
    const kept = { ...cutter, take: (wanted: ReadonlySet<number>) => this.keep(cutter.take(wanted)) }
    this.views = new Views(kept, 0, (_kind, seq, _baseSeq, payload): Entry => {
      const message = new Uint8Array(
        headBytes(payload.length + ENVELOPE_BYTES) + ENVELOPE_BYTES + payload.length,
      )
      return { seq, atMs: 0, ...framedFrom(message, headBytes(payload.length + ENVELOPE_BYTES)) }
    })
    const { westM, southM, columns, tileOfLink } = makeTiling(city.network)
    this.feeds = [...new Set(tileOfLink)].map((tile) => {
      const middle = [
        westM + (0.5 + (tile % columns)) * TILE_M,
        southM + (0.5 + Math.floor(tile / columns)) * TILE_M,
      ] as const
      const [lng, lat] = lngLatFromLocal(city.projection, middle)
      const area = areaOf({ lng, lat, zoom: ZOOM, bearing: 0, pitch: 0 }, ...PHONE_PX)
      const opened = this.views.open({ area })
      if (opened === undefined) throw new Error('districts: a phone is sent the whole city')
      return opened.feed
    })
    this.bytes = new Float64Array(this.feeds.length)
    this.keyBytes = this.feeds.map((feed) => feed.begin()?.framed.length ?? 0)
  }

  next(tick: number): void {
    this.whole.apply(this.encoder.delta(tick))
    const fromMs = performance.now()
    this.views.take(++this.seq, false)
    this.takeMs += performance.now() - fromMs
    this.feeds.forEach((feed, i) => (this.bytes[i] += feed.step(this.seq)?.framed.length ?? 0))
  }

  /** The longest of the tiles' last frames, for loads of other kinds. */
  busiestTiles(count: number): Uint8Array[] {
    return [...this.tileBytes.values()].sort((a, b) => b.length - a.length).slice(0, count)
  }

  private keep(blocks: ReadonlyMap<number, Block>): ReadonlyMap<number, Block> {
    this.tileBytes.clear()
    for (const [part, { bytes }] of blocks) {
      if (part < FIRST_TILE_PART) continue
      const tile = part >> 1
      this.tileBytes.set(tile, Buffer.concat([this.tileBytes.get(tile) ?? new Uint8Array(0), bytes]))
    }
    return blocks
  }

  cost(seconds: number): object {
    const rates = [...this.bytes].map((bytes) => Math.round(bytes / seconds)).sort((a, b) => a - b)
    const keys = [...this.keyBytes].sort((a, b) => a - b)
    const middle = rates.length >> 1
    return {
      districts: rates.length,
      medianBytesPerS: rates[middle],
      worstBytesPerS: rates.at(-1),
      medianBeginBytes: keys[middle],
      worstBeginBytes: keys.at(-1),
      cutMsPerFrame: Number((this.takeMs / seconds).toFixed(2)),
    }
  }
}
