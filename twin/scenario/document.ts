/**
 * A scenario as a small text file: where it begins, what is edited, what is asked. Whoever runs the same file on the same data and
 * model gets the same numbers. The published form is `public/docs/scenario.schema.json`.
 */
import * as v from 'valibot'
import { canonicalText } from './canonicalText.ts'
import { editSchema, type ScenarioEdit } from './edits.ts'
import { lineOf } from './lineOf.ts'

export const SCENARIO_VERSION = 1
/** Of the engine: counts what changes the numbers of a run. */
export const MODEL_VERSION = '1'
const MOST_EDITS = 500
/** A file of more letters than this is none of ours. */
export const MOST_LETTERS = 2_000_000

const words = (most: number) => v.pipe(v.string(), v.maxLength(most))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{8,64}$/))
const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** A typical day and hour begins in that hour's normal life; a live moment goes on from a saved state, named by its hash. */
const fromSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('typical'),
    /** The date whose weekday and season are lived; ISO 8601, of the city's calendar. */
    date: v.pipe(v.string(), v.isoDate()),
    at: clockTime,
  }),
  v.strictObject({
    kind: v.literal('moment'),
    /** ISO 8601 with the city's offset. */
    at: v.pipe(v.string(), v.isoTimestamp()),
    state: hash,
  }),
])

export const scenarioSchema = v.strictObject({
  citytwin: v.literal('scenario'),
  version: v.literal(SCENARIO_VERSION),
  title: v.pipe(words(120), v.regex(/\S/)),
  question: v.optional(words(500)),
  author: v.optional(words(120)),
  notes: v.optional(words(5000)),
  base: v.strictObject({
    city: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    /** Of the files that the city is made of. */
    data: hash,
    /** Of the engine. */
    model: v.pipe(v.string(), v.maxLength(40)),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
    from: fromSchema,
  }),
  /** How long it runs, seconds. */
  horizonS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400)),
  /** The scenario that it was branched from, by its hash. */
  parent: v.optional(hash),
  edits: v.pipe(
    v.array(editSchema),
    v.maxLength(MOST_EDITS),
    v.check((edits) => new Set(edits.map(({ id }) => id)).size === edits.length, 'every id once'),
  ),
})

export type ScenarioFrom = v.InferOutput<typeof fromSchema>
export type Scenario = Omit<v.InferOutput<typeof scenarioSchema>, 'edits'> & {
  edits: readonly ScenarioEdit[]
}

/** A scenario from the text of a file; throws an Error that says where, what came and what was due. */
export function parseScenario(text: string): Scenario {
  if (text.length > MOST_LETTERS)
    throw new Error(`scenario: is ${text.length} letters long, expected ${MOST_LETTERS} at most`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`scenario: is no JSON: ${(error as Error).message}`, { cause: error })
  }
  const result = v.safeParse(scenarioSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  const keys = issue.path?.map(({ key }) => key as string | number) ?? []
  throw new Error(
    `scenario: line ${lineOf(text, keys)}: ${v.getDotPath(issue) ?? 'the file'} is ${issue.received}, expected ${issue.expected ?? issue.message}`,
  )
}

/** The text of a scenario: the same for equal scenarios, keys in a fixed order, an edit a line, so that a change is a line too. */
export function writeScenario(scenario: Scenario): string {
  const { edits, ...head } = scenario
  const order = Object.keys(scenarioSchema.entries)
  const lines = order
    .filter((key) => key !== 'edits' && head[key as keyof typeof head] !== undefined)
    .map((key) => `  ${JSON.stringify(key)}: ${canonicalText(head[key as keyof typeof head])}`)
  const rows = edits.map((edit) => `    ${canonicalText(edit)}`)
  const list = rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n  ]`
  return `{\n${[...lines, `  "edits": ${list}`].join(',\n')}\n}\n`
}
