/** An order of the plane that keeps neighbours near each other, so that files pack well and walks stay in cache. */
import type { Local } from '../../twin/geo/projection.ts'

const CELL_M = 16
const OFFSET = 1 << 15

/** The bits of both coordinates (in 16 m cells, ±524 km) interleaved; a whole number below 2³². */
export function mortonCode(at: Local): number {
  return (spread(cell(at[0])) | (spread(cell(at[1])) << 1)) >>> 0
}

function cell(m: number): number {
  return Math.max(0, Math.min(0xffff, Math.floor(m / CELL_M) + OFFSET))
}

function spread(value: number): number {
  let v = value
  v = (v | (v << 8)) & 0x00ff00ff
  v = (v | (v << 4)) & 0x0f0f0f0f
  v = (v | (v << 2)) & 0x33333333
  return (v | (v << 1)) & 0x55555555
}
