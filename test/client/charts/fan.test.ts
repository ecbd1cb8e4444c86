/** What a fan says at a time, and what is left of it as time goes on. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedAt, fanFrom, valuesOf, type Fan } from '../../../client/charts/fan.ts'

const fan: Fan = {
  timesMs: [0, 300, 600],
  median: [10, 20, 40],
  low: [10, 10, 20],
  high: [10, 30, 60],
  paths: [
    [10, 12, 22],
    [10, 28, 58],
  ],
}

test('at its own times a fan says its own values, between them it goes straight', () => {
  expect(expectedAt(fan, 300)).toEqual({ median: 20, low: 10, high: 30 })
  expect(expectedAt(fan, 450)).toEqual({ median: 30, low: 15, high: 45 })
})

test.each([-1, 601])('at %d it says nothing', (timeMs) => expect(expectedAt(fan, timeMs)).toBeUndefined())

test('what is left of a fan begins where it was cut, and says the same as before from there on', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 600, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (fromMs, share) => {
        const left = fanFrom(fan, fromMs)!
        expect(left.timesMs[0]).toBe(fromMs)
        const timeMs = fromMs + share * (600 - fromMs)
        const [before, after] = [expectedAt(fan, timeMs)!, expectedAt(left, timeMs)!]
        for (const key of ['median', 'low', 'high'] as const) expect(after[key]).toBeCloseTo(before[key], 6)
        for (const path of left.paths) expect(path).toHaveLength(left.timesMs.length)
      },
    ),
  )
})

test('a fan that begins later is whole, and one that has passed is none', () => {
  expect(fanFrom(fan, -100)).toEqual(fan)
  expect(fanFrom(fan, 601)).toBeUndefined()
  expect(fanFrom({ timesMs: [], median: [], low: [], high: [], paths: [] }, 0)).toBeUndefined()
})

test('an axis is given all that is drawn', () => {
  expect(Math.max(...valuesOf(fan))).toBe(60)
  expect(valuesOf(fan)).toContain(58)
})
