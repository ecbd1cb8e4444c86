/** What earlier releases kept is read as today's, what today's keeps as it is, and nothing else is read at all. */
import { expect, test } from 'vitest'
import { editsOfKept } from '../../../twin/scenario/earlierEdits.ts'

test('edits of an earlier release are said in today’s words', () => {
  const kept: unknown[] = [
    { kind: 'setLinkClosed', link: 3, isClosed: true },
    { kind: 'setBreakerOpen', breaker: 1, isOpen: true },
    { kind: 'setSubstationInService', substation: 2, isInService: false },
    { kind: 'closeStreet', id: 'x', links: [4, 5] },
  ]
  expect(editsOfKept(kept)).toEqual([
    { kind: 'closeStreet', id: 'e1', links: [3] },
    { kind: 'openBreaker', id: 'e2', breaker: 1 },
    { kind: 'substationOut', id: 'e3', substation: 2 },
    { kind: 'closeStreet', id: 'x', links: [4, 5] },
  ])
})

test('what undid nothing, and what was never an edit, is left out', () => {
  expect(
    editsOfKept([{ kind: 'setLinkClosed', link: 3, isClosed: false }, null, 7, { kind: 'flood' }]),
  ).toEqual([])
})
