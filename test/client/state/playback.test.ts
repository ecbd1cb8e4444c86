/** How the past is played: within what is recorded, over gaps, to a stop at incidents, and back to the present. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PastSource, PastSpan, Show } from '../../../client/source/pastSource.ts'
import { SmoothClock } from '../../../client/state/drawClock.ts'
import type { Live } from '../../../client/state/live.ts'
import { groupStops, nextRecorded, Playback, slowed } from '../../../client/state/playback.ts'
import { Store, type PageState } from '../../../client/state/store.ts'

const HOUR_MS = 3_600_000
const NOW_MS = 30 * HOUR_MS
const span: PastSpan = {
  parts: [
    { fromMs: NOW_MS - 20 * HOUR_MS, toMs: NOW_MS - 10 * HOUR_MS },
    { fromMs: NOW_MS - 9 * HOUR_MS, toMs: NOW_MS },
  ],
  lost: [],
}

/** A page whose pictures come at once until the line is cut; `shown` are those that were asked for. */
function page(parts = span) {
  const shown: Show[] = []
  const recorded = (timeMs: number) =>
    Math.min(timeMs, parts.parts.findLast(({ fromMs }) => fromMs <= timeMs)?.toMs ?? timeMs)
  let stuck: Promise<void> | undefined
  let fail: (error: Error) => void = () => undefined
  const line = {
    cut: () => (stuck = new Promise((_, failed) => (fail = failed))),
    fail: (why: string) => fail(new Error(why)),
    heal: () => (stuck = undefined),
  }
  const store = new Store({
    stream: 'live',
    replay: undefined,
    aheadMs: undefined,
    info: { id: 'small' },
  } as unknown as PageState)
  const past = {
    show: async (show: Show) => {
      shown.push(show)
      await stuck
      return { timeMs: recorded(show.timeMs) }
    },
    open: () => Promise.resolve({ parts: [{ fromMs: 0, toMs: 300_000 }], lost: [] }),
    close() {},
  } as unknown as PastSource
  const live = {
    store,
    clock: new SmoothClock(),
    watch: (stream: string) => store.set({ stream, ...(stream === 'live' && { replay: undefined }) }),
  } as unknown as Live
  const playback = new Playback(live, past)
  playback.setSpan(parts)
  return { playback, shown, store, line, at: () => store.get().replay?.timeMs }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a moment that is sought is shown paused, and one outside what is recorded at its nearest end', async () => {
  const { playback, shown, store, at } = page()
  playback.seek(NOW_MS - HOUR_MS)
  await vi.advanceTimersByTimeAsync(0)
  expect(store.get()).toMatchObject({ stream: 'replay', replay: { isPlaying: false, isSeeking: false } })
  expect(shown).toEqual([{ timeMs: NOW_MS - HOUR_MS, isJump: true, isCoarse: false }])
  playback.seek(0)
  expect(at()).toBe(NOW_MS - 20 * HOUR_MS)
  playback.seek(NOW_MS * 2)
  expect(at()).toBe(NOW_MS)
})

test('while one picture is on its way, of all further wishes only the newest is asked for', async () => {
  const { playback, shown } = page()
  for (let s = 1; s <= 50; s++) playback.seek(NOW_MS - s * 1000)
  await vi.advanceTimersByTimeAsync(0)
  expect(shown.map(({ timeMs }) => NOW_MS - timeMs)).toEqual([1000, 50_000])
})

test.each([1, 10, 60, 600])('at %i× time passes %i times as fast', async (speed) => {
  const { playback, at } = page()
  playback.seek(NOW_MS - 5 * HOUR_MS)
  playback.play(speed)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(at()).toBe(NOW_MS - 5 * HOUR_MS + speed * 10_000)
  playback.pause()
  await vi.advanceTimersByTimeAsync(5000)
  expect(at()).toBe(NOW_MS - 5 * HOUR_MS + speed * 10_000)
})

test('an hour that was not recorded takes no time', async () => {
  const { playback, at } = page()
  playback.seek(NOW_MS - 10 * HOUR_MS - 1000)
  playback.play(10)
  await vi.advanceTimersByTimeAsync(1000)
  expect(at()).toBeGreaterThanOrEqual(NOW_MS - 9 * HOUR_MS)
  expect(at()).toBeLessThan(NOW_MS - 9 * HOUR_MS + 20_000)
})

test.each([
  ['before all that is recorded', 0, NOW_MS - 20 * HOUR_MS],
  ['in a part', NOW_MS - 12 * HOUR_MS, NOW_MS - 12 * HOUR_MS],
  ['in a gap', NOW_MS - 9.5 * HOUR_MS, NOW_MS - 9 * HOUR_MS],
  ['after all of it', NOW_MS + 1, NOW_MS + 1],
])('a moment %s has its next recorded one', (_, timeMs, next) => {
  expect(nextRecorded(span, timeMs)).toBe(next)
})

test('what is played faster than it happens ends in the present', async () => {
  const { playback, store } = page()
  playback.seek(NOW_MS - 60_000)
  playback.play(60)
  await vi.advanceTimersByTimeAsync(2000)
  expect(store.get()).toMatchObject({ stream: 'live', replay: undefined })
})

test('a chosen range is played to its end, and then from its beginning again', async () => {
  const { playback, store, at } = page()
  playback.seek(NOW_MS - HOUR_MS)
  playback.setRange([NOW_MS - HOUR_MS, NOW_MS - HOUR_MS + 30_000])
  playback.play(10)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(at()).toBe(NOW_MS - HOUR_MS + 30_000)
  expect(store.get().replay?.isPlaying).toBe(false)
  playback.play(10)
  expect(at()).toBe(NOW_MS - HOUR_MS)
})

test('a shift passes in a minute, stops at each incident, and goes on when told', async () => {
  const { playback, store, at } = page()
  const incidents = [6, 5.99, 2].map((hours) => ({ timeMs: NOW_MS - hours * HOUR_MS }))
  playback.shift(incidents)
  expect(at()).toBe(NOW_MS - 8 * HOUR_MS)
  await vi.advanceTimersByTimeAsync(25_000)
  expect(at()).toBe(NOW_MS - 6 * HOUR_MS)
  expect(store.get().replay?.isPlaying).toBe(false)
  playback.shift(incidents)
  await vi.advanceTimersByTimeAsync(45_000)
  expect(at()).toBe(NOW_MS - 2 * HOUR_MS)
  playback.shift(incidents)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(store.get().stream).toBe('live')
})

test('a shift of other hours passes in a minute too, and stays within them', async () => {
  const { playback, store, at } = page()
  const span = [NOW_MS - 4 * HOUR_MS, NOW_MS - HOUR_MS] as const
  const incidents = [{ timeMs: NOW_MS - 2 * HOUR_MS }]
  playback.shift(incidents, span)
  expect(at()).toBe(span[0])
  expect(store.get().replay?.speed).toBe(180)
  await vi.advanceTimersByTimeAsync(45_000)
  expect(at()).toBe(NOW_MS - 2 * HOUR_MS)
  playback.shift(incidents)
  await vi.advanceTimersByTimeAsync(30_000)
  expect([at(), store.get().replay?.isPlaying]).toEqual([span[1], false])
})

test('who shows another stream ends the replay', async () => {
  const { playback, shown, store } = page()
  playback.seek(NOW_MS - HOUR_MS)
  playback.play(10)
  await vi.advanceTimersByTimeAsync(1000)
  store.set({ stream: 'scenario', replay: undefined })
  const before = shown.length
  await vi.advanceTimersByTimeAsync(5000)
  expect(shown.length).toBe(before)
})

test('a file is shown from its beginning, and pauses at its end', async () => {
  const { playback, store, at } = page()
  await playback.open('shift.citytwin', new Uint8Array(0))
  expect(store.get().replay).toMatchObject({ timeMs: 0, file: 'shift.citytwin' })
  playback.play(60)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(at()).toBe(300_000)
  expect(store.get().replay?.isPlaying).toBe(false)
})

test('incidents within five minutes of each other are one stop', () => {
  const at = (minutes: number) => ({ timeMs: minutes * 60_000 })
  expect(groupStops([at(0), at(3), at(7), at(20)])).toEqual([at(0), at(20)])
})

test('a shift slows down on its way to a stop, and never speeds up', () => {
  let before = Infinity
  for (let leftMs = 2_000_000; leftMs >= 0; leftMs -= 1000) {
    const speed = slowed(480, leftMs)
    expect(speed).toBeLessThanOrEqual(before)
    expect(speed).toBeGreaterThanOrEqual(30)
    before = speed
  }
  expect([slowed(480, 2_000_000), slowed(480, 0)]).toEqual([480, 30])
  // a shift of a few minutes is not hurried before what it stops at
  expect([slowed(4, 60_000), slowed(4, 2000), slowed(4, 0)]).toEqual([4, 4, 4])
})

test('a picture that does not come holds the clock, says so, and nothing after it is left out', async () => {
  const { playback, store, at, shown, line } = page()
  const fromMs = NOW_MS - 5 * HOUR_MS
  playback.seek(fromMs)
  playback.play(60)
  await vi.advanceTimersByTimeAsync(1000)
  const heldMs = at()!
  line.cut()
  await vi.advanceTimersByTimeAsync(900)
  expect(store.get().replay).toMatchObject({ isWaiting: false, timeMs: heldMs + 15_000 })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(store.get().replay).toMatchObject({ isWaiting: true, timeMs: heldMs + 15_000, error: undefined })
  line.fail('The server did not answer in time.')
  await vi.advanceTimersByTimeAsync(0)
  expect(store.get().replay).toMatchObject({ isWaiting: true, timeMs: heldMs })
  expect(store.get().replay?.error).toContain('did not answer')
  line.heal()
  shown.length = 0
  await vi.advanceTimersByTimeAsync(1000)
  expect(store.get().replay).toMatchObject({ isWaiting: false, error: undefined })
  // no step between two pictures is longer than two of the page's seconds
  const times = [heldMs, ...shown.map(({ timeMs }) => timeMs)]
  const steps = times.slice(1).map((timeMs, i) => timeMs - times[i])
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...steps)).toBeLessThanOrEqual(120_000)
})

test('a time of which nothing is recorded is told from one whose picture is on its way', async () => {
  const { playback, store, line } = page()
  playback.seek(NOW_MS - 10 * HOUR_MS + 60_000)
  await vi.advanceTimersByTimeAsync(0)
  expect(store.get().replay).toMatchObject({ gapMs: 60_000, isWaiting: false })
  playback.seek(NOW_MS - 5 * HOUR_MS)
  await vi.advanceTimersByTimeAsync(0)
  line.cut()
  playback.play(60)
  await vi.advanceTimersByTimeAsync(5000)
  expect(store.get().replay).toMatchObject({ gapMs: 0, isWaiting: true })
})
