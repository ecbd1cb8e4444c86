/**
 * Differences by place as bytes, and back. Little-endian, whole numbers in steps that nobody can see: one byte of version, one of
 * nothing, pairs (u16), links (u32), feeders (u32); the links' rows (u32 each); then of every measure base (u16), difference (i16)
 * and reach (u16, 65,535 of a single pair), column by column, so that they deflate well.
 */
import type { Changes, PlaceDifferences } from './placeDifferences.ts'

const VERSION = 1
const HEAD_BYTES = 12
const LINK_BYTES = 4
const CHANGE_BYTES = 6
const MEASURES_OF_EACH = 2
const NO_REACH = 0xffff
const MOST_REACH = 0xfffe

/** Size of one step of each measure, in the order of the bytes. */
const steps = { flowVph: 1, speedMps: 0.01, loadingRatio: 0.0002, voltagePu: 0.00005 } as const

export function bytesOfPlaces(places: PlaceDifferences): Uint8Array {
  const { pairs, link, loadingRatio } = places
  const feeders = loadingRatio.base.length
  const bytes = new Uint8Array(sizeOf(link.length, feeders))
  const view = new DataView(bytes.buffer)
  view.setUint8(0, VERSION)
  view.setUint16(2, pairs, true)
  view.setUint32(4, link.length, true)
  view.setUint32(8, feeders, true)
  link.forEach((row, i) => view.setUint32(HEAD_BYTES + i * LINK_BYTES, row, true))
  let at = HEAD_BYTES + link.length * LINK_BYTES
  for (const [name, step] of Object.entries(steps)) {
    const { base, difference, reach } = places[name as keyof typeof steps]
    for (const value of base) at = put16(view, at, within(value / step, 0, 0xffff))
    for (const value of difference) at = put16(view, at, within(value / step, -0x8000, 0x7fff))
    for (const value of reach)
      at = put16(view, at, Number.isNaN(value) ? NO_REACH : within(value / step, 0, MOST_REACH))
  }
  return bytes
}

/** Of a city with so many links; throws with what is wrong when the bytes are none. */
export function placesOfBytes(bytes: Uint8Array, linksOfCity: number): PlaceDifferences {
  if (bytes.length < HEAD_BYTES)
    throw new Error(`places: ${bytes.length} bytes, expected ${HEAD_BYTES} at least`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(0) !== VERSION)
    throw new Error(`places: version ${view.getUint8(0)}, expected ${VERSION}`)
  const links = view.getUint32(4, true)
  const feeders = view.getUint32(8, true)
  const size = sizeOf(links, feeders)
  if (bytes.length !== size)
    throw new Error(
      `places: ${bytes.length} bytes of ${links} links and ${feeders} feeders, expected ${size}`,
    )
  const link = new Uint32Array(links)
  for (let i = 0; i < links; i++) {
    link[i] = view.getUint32(HEAD_BYTES + i * LINK_BYTES, true)
    if (link[i] >= linksOfCity || (i > 0 && link[i] <= link[i - 1]))
      throw new Error(`places: link ${link[i]} at ${i}, expected rising rows below ${linksOfCity}`)
  }
  let at = HEAD_BYTES + links * LINK_BYTES
  const read = (name: keyof typeof steps, rows: number): Changes => {
    const step = steps[name]
    const column = (one: (at: number) => number) => {
      const values = new Float32Array(rows)
      for (let i = 0; i < rows; i++, at += 2) values[i] = one(at) * step
      return values
    }
    return {
      base: column((of) => view.getUint16(of, true)),
      difference: column((of) => view.getInt16(of, true)),
      reach: column((of) => (view.getUint16(of, true) === NO_REACH ? NaN : view.getUint16(of, true))),
    }
  }
  return {
    pairs: view.getUint16(2, true),
    link,
    flowVph: read('flowVph', links),
    speedMps: read('speedMps', links),
    loadingRatio: read('loadingRatio', feeders),
    voltagePu: read('voltagePu', feeders),
  }
}

function sizeOf(links: number, feeders: number): number {
  const each = MEASURES_OF_EACH * CHANGE_BYTES
  return HEAD_BYTES + links * (LINK_BYTES + each) + feeders * each
}

/** Writes the lower 16 bits; gives back where the next go. */
function put16(view: DataView, at: number, value: number): number {
  view.setUint16(at, value & 0xffff, true)
  return at + 2
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)))
}
