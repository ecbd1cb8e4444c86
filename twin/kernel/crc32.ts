/** The checksum of Ethernet and zip files (ISO 3309, polynomial 0xEDB88320), four bytes at a step. */

const TABLES = makeTables()

/** CRC-32 of `bytes`, an unsigned 32-bit number; equal to zlib's. `before` is that of what they follow. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3] = TABLES
  let crc = ~before
  let at = 0
  const whole = bytes.length - (bytes.length % 4)
  while (at < whole) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    crc = t3[crc & 255] ^ t2[(crc >>> 8) & 255] ^ t1[(crc >>> 16) & 255] ^ t0[crc >>> 24]
    at += 4
  }
  while (at < bytes.length) crc = t0[(crc ^ bytes[at++]) & 255] ^ (crc >>> 8)
  return ~crc >>> 0
}

/** Table k gives what a byte does to the remainder k bytes further on. */
function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const tables = [0, 1, 2, 3].map(() => new Int32Array(256))
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    tables[0][byte] = crc
  }
  for (let k = 1; k < 4; k++) {
    for (let byte = 0; byte < 256; byte++) {
      const crc = tables[k - 1][byte]
      tables[k][byte] = tables[0][crc & 255] ^ (crc >>> 8)
    }
  }
  return [tables[0], tables[1], tables[2], tables[3]]
}
