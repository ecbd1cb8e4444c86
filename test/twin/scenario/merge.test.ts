/** Merging scenarios three ways: laws over random lists of edits and what two planners make of them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText } from '../../../twin/scenario/canonicalText.ts'
import { changesBetween, isChanged } from '../../../twin/scenario/changes.ts'
import type { Scenario } from '../../../twin/scenario/document.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { mergeScenarios } from '../../../twin/scenario/merge.ts'
import { thingOf } from '../../../twin/scenario/thing.ts'

const head: Omit<Scenario, 'edits'> = {
  citytwin: 'scenario',
  version: 1,
  title: 'The Rambla closed',
  base: {
    city: 'montevideo',
    data: '0123456789ab',
    model: '1',
    seed: 7,
    from: { kind: 'typical', date: '2024-03-12', at: '18:00' },
  },
  horizonS: 7200,
}

// few streets and numbers, so that planners often mean the same one
const edit = fc.record(
  {
    kind: fc.constant('speedLimit' as const),
    id: fc.integer({ min: 1, max: 9 }).map((n) => `e${n}`),
    links: fc.integer({ min: 0, max: 6 }).map((link) => [link]),
    speedKmh: fc.constantFrom(20, 30, 40),
    untilS: fc.constantFrom(600, 900),
    note: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: ['kind', 'id', 'links', 'speedKmh'] },
)
// of one thing a list has one edit, as the page sees to
const lists = fc.uniqueArray(edit, {
  maxLength: 5,
  comparator: (a, b) => a.id === b.id || a.links[0] === b.links[0],
})

/** What a planner makes of a list: some out, some changed, some new, some moved. */
const workOn = (base: readonly ScenarioEdit[]): fc.Arbitrary<readonly ScenarioEdit[]> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('stay', 'out', 'change', 'last'), {
        minLength: base.length,
        maxLength: base.length,
      }),
      lists,
      fc.constantFrom(20, 30, 40),
    )
    .map(([acts, added, speedKmh]) => {
      const of = (wanted: string) => base.filter((_, i) => acts[i] === wanted)
      const kept = base.flatMap((one, i) =>
        acts[i] === 'stay' ? [one] : acts[i] === 'change' ? [{ ...one, speedKmh } as ScenarioEdit] : [],
      )
      const ids = new Set(base.map(({ id }) => id))
      const left = new Set([...kept, ...of('last')].map(thingOf))
      return [...kept, ...of('last'), ...added.filter((one) => !ids.has(one.id) && !left.has(thingOf(one)))]
    })

const titles = fc.constantFrom('The Rambla closed', 'Another', 'A third')
const planners = lists.chain((base) =>
  fc
    .tuple(fc.constant(base), workOn(base), workOn(base), titles, titles)
    .map(([was, ours, theirs, ourTitle, theirTitle]) => ({
      base: { ...head, edits: was } as Scenario,
      ours: { ...head, title: ourTitle, edits: ours } as Scenario,
      theirs: { ...head, title: theirTitle, edits: theirs } as Scenario,
    })),
)
const merged = (a: Scenario, b: Scenario, c: Scenario) => mergeScenarios(a, b, c).scenario
const textOf = (edits: readonly ScenarioEdit[]) => edits.map((one) => canonicalText({ ...one, id: '' }))

describe('a merge', () => {
  test('of the same is the same, and of one side only is that side', () => {
    fc.assert(
      fc.property(planners, ({ base, ours }) => {
        expect(merged(base, ours, ours)).toEqual(ours)
        expect(merged(base, ours, base)).toEqual(ours)
        expect(merged(base, base, ours)).toEqual(ours)
        expect(mergeScenarios(base, base, ours).conflicts).toEqual([])
      }),
    )
  })

  test('without a conflict is the same, whoever is called ours', () => {
    fc.assert(
      fc.property(planners, ({ base, ours, theirs }) => {
        const one = mergeScenarios(base, ours, theirs)
        const other = mergeScenarios(base, theirs, ours)
        expect(new Set(other.conflicts.map(({ key }) => key))).toEqual(
          new Set(one.conflicts.map(({ key }) => key)),
        )
        if (one.conflicts.length === 0) expect(other.scenario).toEqual(one.scenario)
      }),
      { numRuns: 400 },
    )
  })

  test('loses nothing: what either side added is in it, or in a conflict', () => {
    fc.assert(
      fc.property(planners, ({ base, ours, theirs }) => {
        const { scenario, conflicts } = mergeScenarios(base, ours, theirs)
        expect(new Set(scenario.edits.map(({ id }) => id)).size).toBe(scenario.edits.length)
        const asked = conflicts.flatMap((one) =>
          one.kind === 'edit' ? [one.base, one.ours, one.theirs] : [],
        )
        const known = new Set(
          textOf([...scenario.edits, ...asked.filter((one): one is ScenarioEdit => one !== undefined)]),
        )
        for (const side of [ours, theirs])
          for (const one of changesBetween(base, side).added) expect(known).toContain(textOf([one])[0])
        // what neither has touched is as it was
        const untouched = base.edits.filter((one) =>
          [ours, theirs].every(({ edits }) =>
            edits.some((each) => canonicalText(each) === canonicalText(one)),
          ),
        )
        for (const one of untouched) expect(known).toContain(textOf([one])[0])
      }),
      { numRuns: 400 },
    )
  })

  test('is as it was chosen: all for one side makes its words of each conflict', () => {
    fc.assert(
      fc.property(planners, ({ base, ours, theirs }) => {
        const { conflicts } = mergeScenarios(base, ours, theirs)
        const choices = Object.fromEntries(conflicts.map(({ key }) => [key, 'theirs' as const]))
        const { scenario } = mergeScenarios(base, ours, theirs, choices)
        const texts = textOf(scenario.edits)
        for (const conflict of conflicts) {
          if (conflict.kind === 'field') expect(scenario[conflict.field]).toEqual(theirs[conflict.field])
          if (conflict.kind === 'edit' && conflict.theirs)
            expect(texts).toContain(textOf([conflict.theirs])[0])
          if (conflict.kind === 'edit' && !conflict.theirs)
            expect(texts).not.toContain(textOf([conflict.ours!])[0])
        }
      }),
      { numRuns: 400 },
    )
  })

  test('joins two planners who changed other fields of one edit', () => {
    const shut = { kind: 'speedLimit' as const, id: 'e1', links: [3], speedKmh: 50 } satisfies ScenarioEdit
    const base = { ...head, edits: [shut] }
    const ours = { ...head, edits: [{ ...shut, speedKmh: 30 }] }
    const theirs = { ...head, edits: [{ ...shut, untilS: 600 }] }
    expect(mergeScenarios(base, ours, theirs)).toEqual({
      scenario: { ...head, edits: [{ ...shut, speedKmh: 30, untilS: 600 }] },
      conflicts: [],
    })
  })

  test('keeps two new edits of one name apart', () => {
    const base = { ...head, edits: [] }
    const ours = { ...head, edits: [{ kind: 'closeStreet' as const, id: 'e1', links: [3] }] }
    const theirs = { ...head, edits: [{ kind: 'closeStreet' as const, id: 'e1', links: [4] }] }
    const { edits } = merged(base, ours, theirs)
    expect(edits.map(thingOf).sort()).toEqual([...ours.edits, ...theirs.edits].map(thingOf).sort())
    expect(new Set(edits.map(({ id }) => id)).size).toBe(2)
  })
})

describe('the changes between two versions', () => {
  test('are none between a version and itself, and those of the way back turned round', () => {
    fc.assert(
      fc.property(planners, ({ base, ours }) => {
        expect(isChanged(changesBetween(base, base))).toBe(false)
        const [there, back] = [changesBetween(base, ours), changesBetween(ours, base)]
        expect(textOf(there.added).sort()).toEqual(textOf(back.removed).sort())
        expect(textOf(there.removed).sort()).toEqual(textOf(back.added).sort())
        expect(there.fields).toEqual(back.fields)
      }),
    )
  })
})
