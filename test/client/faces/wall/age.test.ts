/** A value on the wall is as old as its frame, or as the moment that is shown, however long that has stood there. */
import { expect, test } from 'vitest'
import { ageWords } from '../../../../client/faces/wall/age.ts'
import type { PageState } from '../../../../client/state/store.ts'

const NOW_MS = 1_800_000_000_000

function pageOf(ageS: number | undefined, replay?: Partial<NonNullable<PageState['replay']>>) {
  return {
    connection: { state: 'live', ageS },
    clock: { timeMs: NOW_MS - 1_200_000 },
    replay: replay && { presentMs: NOW_MS, timeMs: NOW_MS, ...replay },
  } as unknown as PageState
}

test.each([
  ['before the first frame', pageOf(undefined), undefined],
  ['live', pageOf(1.9), '1 s old'],
  ['past', pageOf(1.9, {}), '20 min ago'],
  ['past, and shown for long', pageOf(3600, {}), '20 min ago'],
  ['forecast', pageOf(1.9, { forecast: { madeMs: NOW_MS, members: 4 } as never }), undefined],
])('%s', (_, page, words) => {
  expect(ageWords(page)).toBe(words)
})
