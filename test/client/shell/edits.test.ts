/** Edits of a scenario: one a thing, and every change can be undone and redone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cleared,
  noEdits,
  redone,
  undone,
  withChanged,
  withEdit,
  withMoved,
  withoutEdit,
} from '../../../client/shell/edits.ts'
import { thingOf, type NewEdit } from '../../../twin/scenario/thing.ts'

const close = (...links: number[]): NewEdit => ({ kind: 'closeStreet', links })
const edits: fc.Arbitrary<NewEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('closeStreet' as const),
    links: fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('openBreaker' as const), breaker: fc.nat(5) }),
  fc.record({ kind: fc.constant('substationOut' as const), substation: fc.nat(5) }),
  fc.record({ kind: fc.constant('changeDemand' as const), factor: fc.constantFrom(0.5, 1.5) }),
)

test('an edit of the same thing takes the place of the one before', () => {
  const state = [close(7), close(7), close(7, 8)].reduce(withEdit, noEdits)
  expect(state.edits.map(({ id }) => id)).toEqual(['e2', 'e3'])
  const more: NewEdit = { kind: 'changeDemand', factor: 1.2 }
  const changed = [more, { ...more, factor: 0.8 }].reduce(withEdit, noEdits)
  expect(changed.edits).toEqual([{ kind: 'changeDemand', id: 'e2', factor: 0.8 }])
})

test('undoing all gives nothing, redoing all gives everything, no thing is edited twice and no name is given twice', () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 30 }), (many) => {
      const full = many.reduce(withEdit, noEdits)
      expect(new Set(full.edits.map(thingOf)).size).toBe(full.edits.length)
      expect(new Set(full.edits.map(({ id }) => id)).size).toBe(full.edits.length)
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
  expect(state.edits).toMatchObject([close(2)])
})

test('an edit can be taken out, switched off and moved, each one step to undo', () => {
  const two = withEdit(withEdit(noEdits, close(1)), close(2))
  const [first, second] = two.edits
  expect(withoutEdit(two, first.id).edits).toEqual([second])
  expect(withChanged(two, { ...first, isOff: true }).edits).toEqual([{ ...first, isOff: true }, second])
  expect(withMoved(two, second.id, -1).edits).toEqual([second, first])
  expect(withMoved(two, second.id, 1)).toBe(two)
  expect(withChanged(two, { ...first })).toBe(two)
  for (const next of [withoutEdit(two, first.id), withMoved(two, first.id, 1), cleared(two)])
    expect(undone(next).edits).toEqual(two.edits)
  expect(cleared(noEdits)).toBe(noEdits)
})
