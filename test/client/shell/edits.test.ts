/** Edits of a scenario: one a thing, its reverse takes it back, and every change can be undone and redone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cleared,
  grouped,
  noEdits,
  redone,
  thingOf,
  undone,
  withEdits,
  withoutEdits,
  type EditHistory,
} from '../../../client/shell/edits.ts'
import type { Edit } from '../../../twin/commands.ts'

const withEdit = (history: EditHistory, edit: Edit) => withEdits(history, [edit])
const close = (link: number, isClosed = true): Edit => ({ kind: 'setLinkClosed', link, isClosed })

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('setLinkClosed' as const),
    link: fc.nat(5),
    isClosed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('setBreakerOpen' as const), breaker: fc.nat(5), isOpen: fc.boolean() }),
  fc.record({
    kind: fc.constant('setSubstationInService' as const),
    substation: fc.nat(5),
    isInService: fc.boolean(),
  }),
)

test('closing and opening a street again leaves nothing to run', () => {
  expect(withEdit(withEdit(noEdits, close(7)), close(7, false)).edits).toEqual([])
  expect(withEdit(withEdit(noEdits, close(7)), close(7)).edits).toEqual([close(7)])
})

test('undoing all gives nothing, redoing all gives everything, and no thing is edited twice', () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 30 }), (many) => {
      const full = many.reduce(withEdit, noEdits)
      expect(new Set(full.edits.map(thingOf)).size).toBe(full.edits.length)
      let back = full
      for (const _ of many) back = undone(back)
      expect(back.edits).toEqual([])
      expect(undone(back)).toBe(back)
      let forth = back
      for (const _ of many) forth = redone(forth)
      expect(forth.edits).toEqual(full.edits)
    }),
  )
})

test('a new edit forgets what was undone', () => {
  const state = withEdit(undone(withEdit(noEdits, close(1))), close(2))
  expect(redone(state)).toBe(state)
  expect(state.edits).toEqual([close(2)])
})

test('an edit can be taken out, and clearing can be undone', () => {
  const state = withEdit(withEdit(noEdits, close(1)), close(2))
  expect(withoutEdits(state, [close(1)]).edits).toEqual([close(2)])
  expect(undone(cleared(state)).edits).toEqual(state.edits)
  expect(cleared(noEdits)).toBe(noEdits)
})

test('both directions of a street are one step to undo, and one entry of the list', () => {
  const state = withEdits(withEdit(noEdits, close(4)), [close(1), close(2)])
  const reverseLink = [-1, 2, 1, -1, 5, 4]
  expect(grouped(state.edits, reverseLink)).toEqual([[close(4)], [close(1), close(2)]])
  expect(undone(state).edits).toEqual([close(4)])
  expect(withoutEdits(state, [close(1), close(2)]).edits).toEqual([close(4)])
})

test('grouping loses no edit and makes none', () => {
  const reverseLink = [1, 0, 3, 2, -1, -1]
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 12 }), (many) => {
      const { edits: all } = many.reduce(withEdit, noEdits)
      const flat = grouped(all, reverseLink).flat()
      expect(new Set(flat)).toEqual(new Set(all))
      expect(flat.length).toBe(all.length)
    }),
  )
})
