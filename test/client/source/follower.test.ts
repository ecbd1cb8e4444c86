/** However frames are lost, doubled or wrapped anew, what a viewer takes in is an unbroken run. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Follower } from '../../../client/source/follower.ts'
import type { Envelope } from '../../../twin/protocol/envelope.ts'

const frame = (kind: 'keyframe' | 'delta', epoch: number, seq: number): Envelope => ({
  kind,
  isDeflated: true,
  stream: 1,
  nextMs: 250,
  epoch,
  seq,
  baseSeq: seq - 1,
  stateHash: undefined,
  cutMs: 0,
  payload: new Uint8Array(),
})
const frames = fc
  .tuple(fc.constantFrom('keyframe' as const, 'delta' as const), fc.integer({ min: 1, max: 2 }), fc.nat(12))
  .map(([kind, epoch, seq]) => frame(kind, epoch, seq))

test('a delta is taken only right after what is had, a keyframe never backwards', () => {
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 60 }), (came) => {
      const follower = new Follower()
      for (const envelope of came) {
        const before = follower.position
        if (!follower.continues(envelope)) continue
        follower.took(envelope)
        if (envelope.kind === 'delta')
          expect(before).toEqual({ epoch: envelope.epoch, seq: envelope.seq - 1 })
        else if (before?.epoch === envelope.epoch) expect(envelope.seq).toBeGreaterThan(before.seq)
      }
    }),
  )
})

test('what was had already is past, not missing', () => {
  const follower = new Follower()
  follower.took(frame('keyframe', 1, 5))
  expect(follower.isPast(frame('delta', 1, 5))).toBe(true)
  expect(follower.isPast(frame('delta', 1, 6))).toBe(false)
  expect(follower.isPast(frame('delta', 2, 1))).toBe(false)
})
