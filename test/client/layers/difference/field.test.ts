/** A difference is in five classes about zero, of which the middle is what cannot be told from chance; shares only of what is enough. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countSteps,
  fieldOfFlows,
  measures,
  most,
  shareOf,
  shownOf,
  stepOf,
  type Field,
} from '../../../../client/layers/difference/field.ts'
import { UNCLEAR } from '../../../../client/state/lens.ts'

const [SOME, MUCH] = measures.flow.edges

function fieldOf(differences: readonly number[], reaches: readonly number[] = [], base = 500): Field {
  return {
    id: 'flow',
    pairs: 5,
    rows: Uint32Array.from(differences.keys()),
    base: new Float32Array(differences.length).fill(base),
    difference: Float32Array.from(differences),
    reach: Float32Array.from(differences, (_, at) => reaches[at] ?? 0),
  }
}
const anyField = fc
  .array(fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 200 })), { maxLength: 40 })
  .map((places) =>
    fieldOf(
      places.map(([difference]) => difference),
      places.map(([, reach]) => reach),
    ),
  )

describe('the class of a difference', () => {
  test.each([
    [-MUCH, 0],
    [-SOME, 1],
    [-SOME + 1, UNCLEAR],
    [0, UNCLEAR],
    [SOME - 1, UNCLEAR],
    [SOME, 3],
    [MUCH, 4],
  ])('of %i vehicles/h is %i', (difference, step) => {
    expect(stepOf(fieldOf([difference]), 0)).toBe(step)
  })

  test('is the middle wherever the interval holds zero, however large the difference', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        for (const at of field.rows.keys())
          if (field.reach[at] >= Math.abs(field.difference[at])) expect(stepOf(field, at)).toBe(UNCLEAR)
      }),
    )
  })

  test('is mirrored by its sign', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        const mirrored = { ...field, difference: field.difference.map((value) => -value) }
        for (const at of field.rows.keys())
          expect(stepOf(mirrored, at) - UNCLEAR).toBe(UNCLEAR - stepOf(field, at))
      }),
    )
  })

  test('without an interval goes by its size alone', () => {
    expect(stepOf(fieldOf([MUCH], [NaN]), 0)).toBe(4)
  })

  test('counts every listed place once', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        expect(countSteps(field).reduce((sum, count) => sum + count, 0)).toBe(field.rows.length)
      }),
    )
  })
})

describe('on the map', () => {
  test('what is clear lies above what is not, and the larger on top and wider', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        const { rows, steps, widths } = shownOf(field)
        expect([...rows].sort((a, b) => a - b)).toEqual([...field.rows])
        for (let i = 1; i < rows.length; i++) {
          const [below, above] = [i - 1, i]
          if (steps[below] !== UNCLEAR) {
            expect(steps[above]).not.toBe(UNCLEAR)
            expect(widths[above]).toBeGreaterThanOrEqual(widths[below])
          }
        }
        for (const width of widths) expect(width).toBeLessThanOrEqual(7)
      }),
    )
  })
})

test('a share is told of a base that is large enough, and of what is a share itself never', () => {
  expect(shareOf(fieldOf([100], [], 500), 0)).toBeCloseTo(0.2)
  expect(shareOf(fieldOf([100], [], 20), 0)).toBeUndefined()
  expect(shareOf({ ...fieldOf([5], [], 60), id: 'loading' }, 0)).toBeUndefined()
})

test('what changes most is clear, of each name the most, the most first', () => {
  const field = fieldOf([300, -200, 150, 120, 10], [0, 0, 400, 0, 0])
  const street = (row: number) => (row < 2 ? 'Rambla' : `street ${row}`)
  expect(most(field, street, 9)).toEqual([0, 3])
  expect(most(field, String, 2)).toEqual([0, 1])
})

test('flows found at once are a field without an interval, of the streets that change', () => {
  const field = fieldOfFlows({ link: [4, 7, 9], before: [100, 200, 300], after: [104, 350, 100] }, 5)
  expect([...field.rows]).toEqual([7, 9])
  expect([...field.difference]).toEqual([150, -200])
  expect([...field.rows.keys()].map((at) => stepOf(field, at))).toEqual([4, 0])
  expect(field.pairs).toBe(0)
})
