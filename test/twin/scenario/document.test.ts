/** Scenario files: written and read back the same, one text for equal scenarios, and every fault named by its place. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScenario, writeScenario, type Scenario } from '../../../twin/scenario/document.ts'
import { editLists } from '../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const scenario: Scenario = {
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
  edits: [{ kind: 'closeStreet', id: 'shut', links: [3, 4], untilS: 3600 }],
}

describe('a scenario file', () => {
  test('is read as it was written, whatever its edits', () => {
    fc.assert(
      fc.property(editLists(smallCity(), 3600), (edits) => {
        const written = writeScenario({ ...scenario, edits })
        expect(parseScenario(written)).toEqual({ ...scenario, edits })
        expect(writeScenario(parseScenario(written))).toBe(written)
      }),
    )
  })

  test('has one text, whatever order its keys were said in', () => {
    const { edits, base, ...rest } = scenario
    const mixed = {
      edits: edits.map((edit) => Object.fromEntries(Object.entries(edit).reverse())),
      base,
      ...rest,
    }
    expect(writeScenario(mixed as unknown as Scenario)).toBe(writeScenario(scenario))
  })

  test('puts each edit on a line of its own', () => {
    const [shut] = scenario.edits
    const lines = writeScenario({ ...scenario, edits: [shut, { ...shut, id: 'other' }] }).split('\n')
    expect(lines.filter((line) => line.includes('closeStreet'))).toHaveLength(2)
  })

  test.each([
    [{ title: ' ' }, /title is " ", expected/],
    [{ horizonS: 5 }, /horizonS is 5, expected >=60/],
    [{ version: 2 }, /version is 2, expected 1/],
    [{ edits: [{ kind: 'flood', id: 'a' }] }, /edits\.0\.kind is "flood", expected/],
    [{ edits: [{ kind: 'closeStreet', id: 'a', links: [-1] }] }, /edits\.0\.links\.0 is -1, expected >=0/],
    [{ edits: [...scenario.edits, ...scenario.edits] }, /edits is .*, expected every id once/],
    [{ secret: 1 }, /secret/],
  ])('names what is wrong with %j', (wrong, message) => {
    expect(() => parseScenario(JSON.stringify({ ...scenario, ...wrong }))).toThrow(message)
  })

  test('is faulted by the line that the fault is on', () => {
    const lines = writeScenario(scenario).replace('"links": [3, 4]', '"links": [3, -4]').split('\n')
    const line = lines.findIndex((each) => each.includes('-4')) + 1
    expect(() => parseScenario(lines.join('\n'))).toThrow(`scenario: line ${line}: edits.0.links.1 is -4`)
  })

  test('of outside bytes is read or refused in words, never by a crash', () => {
    const text = writeScenario(scenario)
    const cut = fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.string()).map(([a, b, put]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      return text.slice(0, from) + put + text.slice(to)
    })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), cut), (input) => {
        try {
          parseScenario(input)
        } catch (error) {
          expect((error as Error).message).toMatch(/^scenario: /)
        }
      }),
      { numRuns: 500 },
    )
  })
})
