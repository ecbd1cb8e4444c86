/** A 32-bit fingerprint of bytes, for «same seed, same bytes» and for stale pages; not for secrets. */
import type { TypedArray } from './columns.ts'

/** FNV-1a over the bytes of `array`, going on from `hash`. */
export function hashBytes(array: TypedArray, hash = 0x811c9dc5): number {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  let h = hash
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193)
  return h >>> 0
}

/** FNV-1a over the UTF-16 code units of `text`. */
export function hashText(text: string, hash = 0x811c9dc5): number {
  let h = hash
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
