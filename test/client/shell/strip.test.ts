/** One line of time: left of now what is recorded, right of it what is expected. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { windowOf } from '../../../client/shell/past/PastPanel.tsx'
import { goTo, keys, type PastStripProps } from '../../../client/shell/past/PastStrip.tsx'

const FIRST_MS = 0
const NOW_MS = 7_200_000
const END_MS = NOW_MS + 3_000_000

function strip(shown: { aheadMs?: number; isPast?: boolean; hasForecast?: boolean } = {}) {
  const { aheadMs, isPast = false, hasForecast = true } = shown
  const playback = { seek: vi.fn(), step: vi.fn(), goLive: vi.fn(), play: vi.fn(), pause: vi.fn() }
  const show = vi.fn()
  const props = {
    playback,
    span: { parts: [{ fromMs: FIRST_MS, toMs: NOW_MS }], lost: [] },
    replay: isPast ? { timeMs: 1000, isPlaying: false } : undefined,
    ahead: hasForecast ? { fan: undefined, fromMs: NOW_MS, endMs: END_MS, timeMs: aheadMs, show } : undefined,
  } as unknown as PastStripProps
  const press = (key: string, isWide = false) => keys(props.playback, props)[key](isWide)
  return { playback, show, props, press }
}

test('dragging left of now seeks the recorded moment, and right of it reads the forecast', () => {
  const { playback, show, props } = strip()
  goTo(props, NOW_MS - 5000)
  expect(playback.seek).toHaveBeenCalledWith(NOW_MS - 5000)
  expect(show).toHaveBeenLastCalledWith(undefined)
  goTo(props, NOW_MS + 600_000)
  expect(show).toHaveBeenLastCalledWith(NOW_MS + 600_000)
  expect(playback.goLive).not.toHaveBeenCalled()
})

test('no moment is read beyond the end of the forecast', () => {
  fc.assert(
    fc.property(fc.integer({ min: NOW_MS + 1, max: NOW_MS * 3 }), (timeMs) => {
      const { show, props } = strip()
      goTo(props, timeMs)
      const [[shown]] = show.mock.calls as [[number]]
      expect(shown).toBe(Math.min(timeMs, END_MS))
    }),
  )
})

test('from the past into the forecast the map returns to the present', () => {
  const { playback, show, props } = strip({ isPast: true })
  goTo(props, NOW_MS + 60_000)
  expect(playback.goLive).toHaveBeenCalledOnce()
  expect(show).toHaveBeenCalledWith(NOW_MS + 60_000)
})

test('the right arrow goes from now into the forecast by whole minutes, the left one back to now', () => {
  const live = strip()
  live.press('ArrowRight')
  expect(live.show).toHaveBeenCalledWith(NOW_MS + 60_000)
  const ahead = strip({ aheadMs: NOW_MS + 60_000 })
  ahead.press('ArrowRight', true)
  expect(ahead.show).toHaveBeenLastCalledWith(NOW_MS + 120_000)
  ahead.press('ArrowLeft')
  expect(ahead.show).toHaveBeenLastCalledWith(undefined)
  expect(ahead.playback.step).not.toHaveBeenCalled()
})

test('in the past, and where nothing is forecast, the arrows step through what is recorded', () => {
  for (const { press, playback, show } of [strip({ isPast: true }), strip({ hasForecast: false })]) {
    press('ArrowRight')
    expect(playback.step).toHaveBeenCalledWith(1000)
    expect(show).not.toHaveBeenCalled()
  }
})

test('End is the present, out of the forecast too', () => {
  const { press, playback, show } = strip({ aheadMs: NOW_MS + 60_000 })
  press('End')
  expect(show).toHaveBeenCalledWith(undefined)
  expect(playback.goLive).toHaveBeenCalledOnce()
})

test('a day on the strip ends with the forecast, and closer windows hold the shown moment', () => {
  const day = windowOf('day', FIRST_MS, NOW_MS, END_MS, NOW_MS)
  expect(day).toEqual([FIRST_MS, END_MS])
  fc.assert(
    fc.property(fc.integer({ min: FIRST_MS, max: END_MS }), (atMs) => {
      for (const name of ['hours', 'minutes'] as const) {
        const [fromMs, toMs] = windowOf(name, FIRST_MS, NOW_MS, END_MS, atMs)
        expect(fromMs).toBeLessThanOrEqual(atMs)
        expect(toMs).toBeGreaterThanOrEqual(atMs)
        expect(toMs).toBeLessThanOrEqual(END_MS)
      }
    }),
  )
})

test('without a forecast the strip ends at the present', () => {
  expect(windowOf('day', FIRST_MS, NOW_MS, undefined, NOW_MS)).toEqual([FIRST_MS, NOW_MS])
  expect(windowOf('minutes', FIRST_MS, NOW_MS, undefined, NOW_MS)[1]).toBe(NOW_MS)
})
