/** Whether the page shows the present, the past or a run of its own. */
import { expect, it } from 'vitest'
import { showingOf } from '../../../client/state/showing.ts'

const replay = {
  timeMs: 1000,
  presentMs: 61_000,
  isPlaying: false,
  speed: 1,
  isSeeking: false,
  range: undefined,
  file: undefined,
  error: undefined,
}
const clock = { timeMs: 31_000, utcOffsetS: 0, tick: 0, speed: 1 }

it('the live stream is the present, any other a run', () => {
  expect(showingOf({ stream: 'live', replay: undefined, clock })).toEqual({ kind: 'live' })
  expect(showingOf({ stream: 'abc.base', replay: undefined, clock })).toEqual({
    kind: 'run',
    run: 'abc.base',
  })
})

it('the past is as far away as its picture, not as the moment asked for', () => {
  expect(showingOf({ stream: 'replay', replay, clock })).toEqual({ kind: 'replayed', agoS: 30 })
  expect(showingOf({ stream: 'replay', replay, clock: undefined })).toEqual({ kind: 'replayed', agoS: 60 })
  expect(showingOf({ stream: 'replay', replay: { ...replay, presentMs: 0 }, clock }).kind).toBe('replayed')
})
