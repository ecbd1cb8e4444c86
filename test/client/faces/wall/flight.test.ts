/** The camera of a wall is a function of what was told and of the host's time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cameraAt, flownTo, isThere } from '../../../../client/faces/wall/steer/flight.ts'
import type { WallCamera, WallMove } from '../../../../twin/protocol/wallMessages.ts'

const cameras: fc.Arbitrary<WallCamera> = fc.record({
  lng: fc.double({ min: -57, max: -55, noNaN: true }),
  lat: fc.double({ min: -35, max: -34, noNaN: true }),
  zoom: fc.double({ min: 10, max: 18, noNaN: true }),
  bearing: fc.double({ min: -180, max: 180, noNaN: true }),
  pitch: fc.constant(0),
})
const moveLists: fc.Arbitrary<WallMove[]> = fc
  .array(fc.record({ to: cameras, afterMs: fc.integer({ min: 100, max: 6000 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => {
    let atMs = 1000
    return list.map(({ to, afterMs }) => ({ to, atMs: (atMs += afterMs), forMs: 3500 }))
  })

test('a flight begins where it begins, ends where it ends, and looks somewhere on its way', () => {
  fc.assert(
    fc.property(cameras, cameras, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
      expect(flownTo(from, to, 0)).toEqual(from)
      expect(flownTo(from, to, 1)).toEqual(to)
      const { lng, lat, zoom, bearing } = flownTo(from, to, share)
      for (const value of [lng, lat, zoom, bearing]) expect(Number.isFinite(value)).toBe(true)
      expect(zoom).toBeLessThanOrEqual(Math.max(from.zoom, to.zoom) + 1e-6)
    }),
  )
})

test('a screen that comes late, and knows but the last move, is in the end where the others are', () => {
  fc.assert(
    fc.property(cameras, cameras, moveLists, (home, otherHome, moves) => {
      const endMs = moves.at(-1)!.atMs + 3500
      expect(isThere(moves, endMs)).toBe(true)
      expect(cameraAt(home, moves, endMs)).toEqual(cameraAt(otherHome, moves.slice(-1), endMs))
    }),
  )
})

test('does not jump where one move gives way to the next', () => {
  fc.assert(
    fc.property(cameras, moveLists, (home, moves) => {
      for (const { atMs } of moves) {
        const before = cameraAt(home, moves, atMs - 0.01)
        const after = cameraAt(home, moves, atMs + 0.01)
        expect(after.lng).toBeCloseTo(before.lng, 3)
        expect(after.lat).toBeCloseTo(before.lat, 3)
        expect(after.zoom).toBeCloseTo(before.zoom, 2)
      }
    }),
  )
})

test('is at once there where motion is unwanted', () => {
  fc.assert(
    fc.property(cameras, moveLists, (home, moves) => {
      expect(cameraAt(home, moves, moves[0].atMs - 1, true)).toEqual(home)
      expect(cameraAt(home, moves.slice(0, 1), moves[0].atMs, true)).toEqual(moves[0].to)
    }),
  )
})
