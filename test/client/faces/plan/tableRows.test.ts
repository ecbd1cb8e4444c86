/** Scenarios in one table: every measure that some have, in one order, and a gap where one has none. */
import { expect, test } from 'vitest'
import { rowsOf } from '../../../../client/faces/plan/compare/tableRows.ts'

test('a row a measure, in the order asked for, with a gap where a scenario has none', () => {
  const first = [{ id: 'b', base: 10, edited: 12 }]
  const second = [
    { id: 'a', base: 1, edited: 4, difference: 3, isClear: true },
    { id: 'b', base: 10, edited: 9 },
  ]
  const rows = rowsOf(['a', 'b', 'c'], [first, second])
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(rows[0]).toMatchObject({ base: 1, cells: [undefined, { difference: 3, isClear: true }] })
  expect(rows[1].cells.map((cell) => cell?.difference)).toEqual([2, -1])
})
