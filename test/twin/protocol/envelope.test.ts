/** Envelopes come back as they were written, and a damaged one is never believed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEnvelope, writeEnvelope, type Envelope } from '../../../twin/protocol/envelope.ts'

const word = fc.integer({ min: 0, max: 0xffffffff })
const envelopes: fc.Arbitrary<Envelope> = fc.record({
  kind: fc.constantFrom('keyframe', 'delta', 'beat'),
  isDeflated: fc.boolean(),
  stream: fc.integer({ min: 0, max: 0xffff }),
  nextMs: fc.integer({ min: 0, max: 0xffff }),
  epoch: word,
  seq: word,
  baseSeq: word,
  stateHash: fc.option(word, { nil: undefined }),
  cutMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
  payload: fc.uint8Array({ maxLength: 100 }),
})

test('what was written is read, with room left before it or not', () => {
  fc.assert(
    fc.property(envelopes, fc.integer({ min: 0, max: 14 }), (envelope, before) => {
      const bytes = writeEnvelope(envelope, before)
      expect(readEnvelope(bytes.subarray(before))).toEqual(envelope)
    }),
  )
})

test('one changed byte is noticed, of the head as of the payload', () => {
  fc.assert(
    fc.property(envelopes, fc.nat(), fc.integer({ min: 1, max: 255 }), (envelope, at, change) => {
      const bytes = writeEnvelope(envelope)
      bytes[at % bytes.length] ^= change
      expect(() => readEnvelope(bytes)).toThrow(/^envelope: (was damaged|begins with)/)
    }),
  )
})

test('any other bytes are refused with a sentence', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(() => readEnvelope(bytes)).toThrow(/^envelope: /)
    }),
  )
})
