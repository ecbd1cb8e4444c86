/** The checksum is that of zip files. */
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32 } from '../../../twin/kernel/crc32.ts'

test('of "123456789" is the published check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})

test('equals zlib’s for any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)))
})

test('of two pieces is that of both together', () => {
  const bytes = fc.uint8Array({ maxLength: 50 })
  fc.assert(fc.property(bytes, bytes, (a, b) => crc32(b, crc32(a)) === crc32(new Uint8Array([...a, ...b]))))
})
