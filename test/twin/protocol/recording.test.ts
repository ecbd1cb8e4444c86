/** Recordings as bytes: what is written is read back, and nothing else is ever taken for one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readMoment,
  readRecording,
  RecordingError,
  writeMoment,
  writeRecording,
  type Moment,
} from '../../../twin/protocol/recording.ts'

const header = {
  cityId: 'small',
  schemaHash: 7,
  epoch: 'e1',
  runs: [{ run: 1, startMs: 5, utcOffsetS: -10_800 }],
}
const momentOf = (tick: number, frame: readonly number[]): Moment => ({
  isKeyframe: tick === 0,
  run: 1,
  tick,
  cityMs: tick * 20,
  wallMs: 1e12 + tick,
  frame: Uint8Array.from(frame),
})
const file = writeRecording(
  header,
  [momentOf(0, [1, 2, 3]), momentOf(50, []), momentOf(100, [9])].map(writeMoment),
)

describe('a recording', () => {
  it('is read back as it was written', () => {
    const moments = fc.array(fc.record({ tick: fc.nat(1e9), frame: fc.array(fc.nat(255)) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(moments, (given) => {
        const written = given.map(({ tick, frame }) => momentOf(tick, frame))
        const read = readRecording(writeRecording(header, written.map(writeMoment)))
        expect(read.header).toEqual(header)
        expect(read.moments).toEqual(written)
      }),
      { seed: 3 },
    )
  })

  it('of another version is refused with a sentence that names it', () => {
    const newer = file.slice()
    newer[4] = 2
    expect(() => readRecording(newer)).toThrow(/version 2; this page opens version 1/)
    expect(() => readMoment(Uint8Array.from({ length: 40 }, () => 9))).toThrow(/moment of version 9/)
  })

  it('that was cut short says so, wherever it was cut', () => {
    let wholeAt = 0
    for (let length = 0; length < file.length; length++) {
      try {
        readRecording(file.subarray(0, length))
        // cut between two moments it is a shorter recording
        wholeAt++
      } catch (error) {
        expect(error).toBeInstanceOf(RecordingError)
      }
    }
    expect(wholeAt).toBe(3)
  })

  it('with one bit changed is refused, or differs in nothing that is shown', () => {
    const before = readRecording(file)
    for (let bit = 0; bit < file.length * 8; bit++) {
      const broken = file.slice()
      broken[bit >> 3] ^= 1 << (bit & 7)
      try {
        expect(readRecording(broken).moments).toEqual(before.moments)
      } catch (error) {
        if (!(error instanceof RecordingError)) throw error
      }
    }
  })

  it('is never made of bytes that are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(file.length), (bytes, keep) => {
        const mixed = new Uint8Array([...file.subarray(0, keep), ...bytes])
        try {
          readRecording(mixed)
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingError)
        }
      }),
      { numRuns: 2000, seed: 11 },
    )
  })
})
