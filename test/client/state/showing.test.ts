/** Whether the page shows the present, the past or a run of its own. */
import { expect, it } from 'vitest'
import { agoSOf, showingOf } from '../../../client/state/showing.ts'

const replay = {
  timeMs: 1000,
  forecast: undefined,
  presentMs: 61_000,
  isPlaying: false,
  speed: 1,
  isSeeking: false,
  range: undefined,
  file: undefined,
  error: undefined,
  isWaiting: false,
  gapMs: 0,
}
const clock = { timeMs: 31_000, utcOffsetS: 0, tick: 0, speed: 1 }

it('the live stream is the present, any other a run', () => {
  expect(showingOf('live', undefined)).toEqual({ kind: 'live' })
  expect(showingOf('abc.base', undefined)).toEqual({ kind: 'run', run: 'abc.base' })
})

it('the past is as far away as its picture, not as the moment asked for', () => {
  expect(agoSOf({ replay, clock })).toBe(30)
  expect(agoSOf({ replay, clock: undefined })).toBe(60)
  expect(agoSOf({ replay: { ...replay, presentMs: 0 }, clock })).toBe(0)
  expect(agoSOf({ replay: undefined, clock })).toBeUndefined()
  expect(showingOf('replay', 30)).toEqual({ kind: 'replayed', agoS: 30 })
})
