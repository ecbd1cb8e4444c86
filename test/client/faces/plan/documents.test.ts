/** What a planner has at hand and its document are the same; drafts survive anything; versions part where they parted. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginOf, fromOf, type Begin } from '../../../../client/faces/plan/begin.ts'
import {
  dropDraft,
  keepDraft,
  otherDrafts,
  readDraft,
} from '../../../../client/faces/plan/documents/draft.ts'
import { commonAncestor, placeVersions } from '../../../../client/faces/plan/documents/history.ts'
import { documentOf, isSameWork, workOf, type Work } from '../../../../client/faces/plan/documents/work.ts'
import type { VersionFacts } from '../../../../client/source/keptScenarios.ts'
import { parseScenario, writeScenario } from '../../../../twin/scenario/document.ts'
import { editLists } from '../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'
import { memoryKeep } from '../../shell/memoryKeep.ts'

const words = fc.string({ unit: 'grapheme-ascii', maxLength: 100 })
const begins: fc.Arbitrary<Begin> = fc.oneof(
  fc.record({
    kind: fc.constant('hour' as const),
    atS: fc.nat(1439).map((minutes) => minutes * 60),
    date: fc.constantFrom('2026-11-27', '2024-02-29'),
  }),
  fc.constant({
    kind: 'moment' as const,
    at: '2026-11-27T18:04:12-03:00',
    state: '0123456789abcdef',
  }),
)
const works: fc.Arbitrary<Work> = fc.record({
  head: fc.record({
    title: words.filter((text) => /\S/.test(text)),
    question: words,
    author: words,
    notes: words,
  }),
  edits: editLists(smallCity(), 3600),
  horizonS: fc.integer({ min: 60, max: 14_400 }),
  begin: begins,
})

describe('what is at hand', () => {
  test('comes back from its document, and its beginning with it', () => {
    fc.assert(
      fc.property(works, (work) => {
        const from = fromOf(work.begin, '2000-01-01')!
        expect(beginOf(from)).toEqual(work.begin)
        const base = { city: 'small', data: '0123456789ab', model: '1', seed: 1, from }
        const back = workOf(parseScenario(writeScenario(documentOf(work, base))))
        expect(isSameWork(back, work)).toBe(true)
      }),
    )
  })

  test('that has not been saved is kept, each tab on its own, whatever else is there', () => {
    fc.assert(
      fc.property(works, fc.string(), (work, nonsense) => {
        const keep = memoryKeep()
        const draft = { cityId: 'small', keptMs: 7, savedId: 'abc', work }
        keep.setItem('citytwin.draft.broken', nonsense)
        expect(keepDraft(keep, 'one', draft)).toBe(true)
        expect(readDraft(keep, 'one', 'small')?.work).toEqual(JSON.parse(JSON.stringify(work)))
        expect(readDraft(keep, 'one', 'other')).toBeUndefined()
        expect(otherDrafts(keep, 'two', 'small').map(({ tab }) => tab)).toEqual(['one'])
        dropDraft(keep, 'one')
        expect(otherDrafts(keep, 'two', 'small')).toEqual([])
      }),
    )
  })
})

describe('versions', () => {
  const version = (id: string, parent?: string, branch = 'a', other?: string): VersionFacts => ({
    id,
    tree: 'a',
    branch,
    step: 0,
    ...(parent !== undefined && { parent }),
    ...(other !== undefined && { other }),
    hash: '',
    title: '',
    edits: 0,
    savedMs: 0,
  })
  const tree = [
    version('a'),
    version('b', 'a'),
    version('c', 'b'),
    version('x', 'b', 'x'),
    version('y', 'x', 'x', 'c'),
    version('d', 'c'),
  ]

  test('part at the last that both come from, merges counted', () => {
    expect(commonAncestor(tree, 'c', 'x')?.id).toBe('b')
    expect(commonAncestor(tree, 'd', 'y')?.id).toBe('c')
    expect(commonAncestor(tree, 'd', 'd')?.id).toBe('d')
    expect(commonAncestor(tree, 'd', 'nowhere')).toBeUndefined()
  })

  test('stand a column a branch, their parents below them', () => {
    const placed = placeVersions(tree)
    expect(placed.map(({ version: { id } }) => id).join('')).toBe('dyxcba')
    expect(placed.map(({ column }) => column)).toEqual([0, 1, 1, 0, 0, 0])
    for (const [row, { parents }] of placed.entries())
      for (const parent of parents) expect(parent).toBeGreaterThan(row)
  })
})
