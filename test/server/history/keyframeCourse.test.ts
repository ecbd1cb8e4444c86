/** What a recording knows of its frames: numbers in buffers, and where the keyframes of a run lie. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyframeCourse } from '../../../server/history/keyframeCourse.ts'
import { Numbers } from '../../../server/history/log/numbers.ts'

describe('numbers in a buffer', () => {
  it('are as a list of them, whatever is added, dropped and asked', () => {
    const rising = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 300 })
    fc.assert(
      fc.property(rising, fc.nat(320), fc.integer({ min: -320, max: 900 }), (steps, dropped, asked) => {
        let sum = 0
        const list = steps.map((step) => (sum += step))
        const numbers = new Numbers(list)
        const gone = Math.min(dropped, list.length)
        numbers.drop(gone)
        const left = list.slice(gone)
        expect([...numbers]).toEqual(left)
        expect(numbers.at(asked)).toBe(left.at(asked))
        expect(numbers.rankOf(asked)).toBe(left.filter((value) => value <= asked).length)
        numbers.push(sum + 1)
        expect([...numbers]).toEqual([...left, sum + 1])
      }),
    )
  })
})

describe('a run’s keyframes', () => {
  const course = new KeyframeCourse()
  for (const [seq, cityMs] of [
    [3, 1000],
    [18, 16_000],
    [19, 16_000],
    [34, 31_000],
  ])
    course.push({ seq, cityMs })

  it('give the last at or before a moment, and the first before all', () => {
    expect(course.before(999)?.seq).toBe(3)
    expect(course.before(1000)?.seq).toBe(3)
    expect(course.before(16_000)?.seq).toBe(19)
    expect(course.before(1e9)?.seq).toBe(34)
    expect(new KeyframeCourse().before(0)).toBeUndefined()
  })

  it('count what follows one up to a moment', () => {
    expect(course.countAfter({ seq: 3, cityMs: 1000 }, 30_999)).toBe(2)
    expect(course.countAfter({ seq: 19, cityMs: 16_000 }, 31_000)).toBe(1)
    expect(course.countAfter({ seq: 34, cityMs: 31_000 }, 500)).toBe(0)
  })

  it('go with the frames they lie in', () => {
    course.forget(19)
    expect([course.length, course.at(0)?.seq, course.before(0)?.cityMs]).toEqual([2, 19, 16_000])
  })
})
