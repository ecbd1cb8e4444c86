/** Edits of a scenario: one a thing, its reverse takes it back, and every change can be undone and redone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cleared,
  noEdits,
  redone,
  thingOf,
  undone,
  withEdit,
  withoutEdit,
} from '../../../client/shell/edits.ts'
import type { Edit } from '../../../twin/commands.ts'

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
  expect(withoutEdit(state, close(1)).edits).toEqual([close(2)])
  expect(undone(cleared(state)).edits).toEqual(state.edits)
  expect(cleared(noEdits)).toBe(noEdits)
})
