/** The published JSON Schema of scenario files says what the reader does, over documents and what befalls them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScenario, writeScenario, type Scenario } from '../../../twin/scenario/document.ts'
import { scenarioJsonSchema } from '../../../twin/scenario/jsonSchema.ts'
import { meets } from '../../fixtures/jsonSchemaCheck.ts'
import { editLists } from '../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const words = fc.string({ unit: 'grapheme-ascii', maxLength: 60 })
const froms = fc.oneof(
  fc.record({
    kind: fc.constant('typical' as const),
    date: fc.constantFrom('2024-03-12', '2024-12-31', '2024-13-12'),
    at: fc.constantFrom('18:00', '08:30', '24:00'),
  }),
  fc.record({
    kind: fc.constant('moment' as const),
    at: fc.constantFrom('2026-11-27T18:00:00-03:00', '2026-11-27', '2026-11-27T18:00:00.000Z'),
    state: fc.constantFrom('0123456789abcdef', 'abcdef01', 'nothing'),
  }),
)
const documents = fc
  .tuple(
    fc.record({ title: words, question: words, author: words, notes: words }, { requiredKeys: ['title'] }),
    froms,
    fc.constantFrom(60, 3600, 7200, 86_400, 59, 90.5),
    editLists(smallCity(), 3600),
  )
  .map(([head, from, horizonS, edits]) => {
    const base = { city: 'montevideo', data: '0123456789ab', model: '1', seed: 7, from }
    return JSON.parse(
      writeScenario({ citytwin: 'scenario', version: 1, ...head, base, horizonS, edits } as Scenario),
    ) as object
  })

/** Something in a document is another thing, or gone. */
const mutated = fc
  .tuple(documents, fc.array(fc.nat(30), { maxLength: 5 }), fc.option(fc.jsonValue()), fc.boolean())
  .map(([document, steps, put, isGone]) => {
    const copy = structuredClone(document) as Record<string, unknown>
    let at = copy
    for (const [i, step] of steps.entries()) {
      const keys = Object.keys(at)
      if (keys.length === 0) break
      const key = keys[step % keys.length]
      const next = at[key]
      if (typeof next === 'object' && next !== null && i < steps.length - 1) {
        at = next as Record<string, unknown>
        continue
      }
      if (isGone && !Array.isArray(at)) delete at[key]
      else at[key] = put
      break
    }
    return copy
  })

/** What the reader says against it; undefined when it takes it. */
function refusal(document: object): string | undefined {
  try {
    parseScenario(JSON.stringify(document))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

describe('the published schema', () => {
  const schema = scenarioJsonSchema()

  test('is that of the reader', async () => {
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
      '../../../public/docs/scenario.schema.json',
    )
  })

  test('takes and refuses what the reader takes and refuses', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.oneof(documents, mutated), (document) => {
        const why = refusal(document)
        // the one rule that a schema cannot say
        if (why?.includes('every id once')) return
        if (why === undefined) taken++
        expect(meets(schema, document), why).toBe(why === undefined)
      }),
      { numRuns: 300 },
    )
    expect(taken).toBeGreaterThan(30)
  })
})
