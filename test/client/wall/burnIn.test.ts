/** W17: the picture of a wall wanders, so slowly and so little that nobody sees it, and is darker at night. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dimAt, nightFromText, shiftAt, textFromNight, USUAL_NIGHT } from '../../../client/theme/burnIn.ts'

const MINUTE_MS = 60_000
const DAY_S = 86_400

describe('W17: the shift', () => {
  const course = Array.from({ length: 24 * 60 }, (_, minute) => shiftAt(minute * MINUTE_MS))

  test('stays within eight pixels and reaches at least two to every side', () => {
    for (const way of ['xPx', 'yPx'] as const) {
      const values = course.map((at) => at[way])
      expect(Math.max(...values)).toBeGreaterThanOrEqual(2)
      expect(Math.max(...values)).toBeLessThanOrEqual(8)
      expect(Math.min(...values)).toBeLessThanOrEqual(-2)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-8)
    }
  })

  test('moves by few pixels at once, and no place is held for more than five minutes', () => {
    let heldMin = 0
    for (let i = 1; i < course.length; i++) {
      const [dx, dy] = [course[i].xPx - course[i - 1].xPx, course[i].yPx - course[i - 1].yPx]
      expect(Math.abs(dx)).toBeLessThanOrEqual(2)
      expect(Math.abs(dy)).toBeLessThanOrEqual(2)
      heldMin = dx === 0 && dy === 0 ? heldMin + 1 : 0
      expect(heldMin).toBeLessThan(5)
    }
  })

  test('is as long on one side as on the other', () => {
    const sum = (pick: 'xPx' | 'yPx') => course.reduce((total, at) => total + at[pick], 0)
    expect(Math.abs(sum('xPx')) / course.length).toBeLessThan(0.2)
    expect(Math.abs(sum('yPx')) / course.length).toBeLessThan(0.2)
  })

  test('is of whole pixels, and the same for every screen at one time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (timeMs) => {
        const at = shiftAt(timeMs)
        expect(Number.isInteger(at.xPx) && Number.isInteger(at.yPx)).toBe(true)
        expect(shiftAt(timeMs)).toEqual(at)
      }),
    )
  })
})

describe('W17: the dimming', () => {
  test('takes nothing by day, and the same share from half an hour after ten to half an hour before six', () => {
    for (const hour of [6, 9, 12, 18, 21.9]) expect(dimAt(hour * 3600, USUAL_NIGHT)).toBe(0)
    const deep = dimAt(2 * 3600, USUAL_NIGHT)
    expect(deep).toBeGreaterThan(0.2)
    for (const hour of [22.5, 0, 5.5]) expect(dimAt(hour * 3600, USUAL_NIGHT)).toBeCloseTo(deep, 9)
  })

  test('comes and goes without a step, whatever the hours', () => {
    const hour = fc.integer({ min: 0, max: 23 })
    fc.assert(
      fc.property(hour, hour, fc.integer({ min: 0, max: DAY_S - 1 }), (fromH, toH, second) => {
        fc.pre(fromH !== toH)
        const night = { fromH, toH }
        const [now, next] = [dimAt(second, night), dimAt((second + 1) % DAY_S, night)]
        expect(now).toBeGreaterThanOrEqual(0)
        expect(now).toBeLessThan(0.5)
        expect(Math.abs(next - now)).toBeLessThan(0.001)
      }),
    )
  })

  test('is told in the address, over midnight or not, or switched off; nonsense is the usual night', () => {
    expect(nightFromText('20-7')).toEqual({ fromH: 20, toH: 7 })
    expect(nightFromText('off')).toBeUndefined()
    expect(textFromNight(nightFromText('off'))).toBe('off')
    for (const text of [null, '', '5', '25-3', '7-7', 'x-y']) expect(nightFromText(text)).toEqual(USUAL_NIGHT)
  })
})
