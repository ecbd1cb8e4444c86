/** Streets become pieces, and pieces keep to their street. */
import { expect, it } from 'vitest'
import { packLinks } from '../../../../client/layers/linkTexture.ts'
import { makePlane } from '../../../../client/layers/plane.ts'
import { SEGMENT_WORDS } from '../../../../client/layers/segmentLayer.ts'
import { makeLinkLines } from '../../../../client/layers/traffic/linkLines.ts'
import { makeProjection } from '../../../../twin/geo/projection.ts'

/** A bent street of two directions and one one-way side street. */
const network = {
  links: {
    lengthM: Float32Array.of(300, 300, 100),
    lanes: Uint8Array.of(2, 2, 1),
    freeSpeedMps: Float32Array.of(14, 14, 8),
    roadClass: Uint8Array.of(2, 2, 5),
    reverseLink: Int32Array.of(1, 0, -1),
    shapeStart: Uint32Array.of(0, 3, 6),
    shapeCount: Uint16Array.of(3, 3, 2),
  },
  shape: {
    xM: Float32Array.of(0, 200, 200, 200, 200, 0, 0, 0),
    yM: Float32Array.of(0, 0, 100, 100, 0, 0, 0, -100),
  },
} as never
const plane = makePlane(makeProjection([-56.18, -34.9]))

it('each straight part is a piece, in the order of classes', () => {
  const lines = makeLinkLines({ network }, plane)
  expect(lines.count).toBe(5)
  expect(lines.endOfClass).toEqual([0, 0, 4, 4, 4, 5, 5, 5])
})

it('the pieces of a street cover it from 0 to 1 without a gap', () => {
  const { words, count } = makeLinkLines({ network }, plane)
  for (let i = 0; i < count; i++) {
    const at = i * SEGMENT_WORDS
    const isFirst = i === 0 || words[at + 4] !== words[at - SEGMENT_WORDS + 4]
    const isLast = i === count - 1 || words[at + 4] !== words[at + SEGMENT_WORDS + 4]
    if (isFirst) expect(words[at + 5]).toBe(0)
    else expect(words[at + 5]).toBeCloseTo(words[at - SEGMENT_WORDS + 6], 6)
    if (isLast) expect(words[at + 6]).toBeCloseTo(1, 6)
  }
})

it('a one-way street is drawn along its middle, one of two directions beside it', () => {
  const { words } = makeLinkLines({ network }, plane)
  expect(words[9]).toBeGreaterThan(0)
  expect(words[4 * SEGMENT_WORDS + 9]).toBe(0)
})

it('the texture ends each course at the length of its link', () => {
  const { data } = packLinks(network, plane)
  for (let link = 0; link < 3; link++) {
    const [first, count, lengthM] = data.slice(link * 8, link * 8 + 3)
    expect(data[(first + count - 1) * 4 + 2]).toBeCloseTo(lengthM, 3)
    expect(data[first * 4 + 2]).toBe(0)
  }
})
