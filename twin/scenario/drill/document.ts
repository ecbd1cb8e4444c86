/** A game as a small text file: where and when, what was lost, what was done at which second, and the score that is claimed. Anyone replays it. */
import * as v from 'valibot'
import { editSchema } from '../edits.ts'
import { lineOf } from '../lineOf.ts'
import { ACT_S, crewOf, MOST_ACTS, type DrillAct } from './rules.ts'

export const DRILL_VERSION = 1
/** A file of more letters than this is none of ours. */
export const MOST_LETTERS = 60_000

const atS = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(ACT_S - 1))
const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12))
const pair = v.strictObject({ base: amount, played: amount })
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))

const editOfDrill = v.pipe(
  editSchema,
  v.check(({ kind }) => crewOf[kind] !== undefined, 'an edit that a crew of the drill does'),
  v.check(
    ({ fromS, untilS, isOff }) => fromS === undefined && untilS === undefined && isOff === undefined,
    'an edit without times of its own',
  ),
)

export const drillSchema = v.strictObject({
  citytwin: v.literal('drill'),
  version: v.literal(DRILL_VERSION),
  /** Of whoever played. */
  name: v.optional(v.pipe(v.string(), v.maxLength(80), v.regex(/\S/))),
  base: v.strictObject({
    city: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    /** Of the files that the city is made of. */
    data: v.pipe(v.string(), v.regex(/^[0-9a-f]{8,64}$/)),
    model: v.pipe(v.string(), v.maxLength(40)),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
    /** ISO 8601 with the city's offset. */
    begin: v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00[+-]\d{2}:\d{2}$/),
      v.check((text) => !Number.isNaN(Date.parse(text)), 'a moment'),
    ),
  }),
  lost: v.strictObject({
    kind: v.literal('substationOut'),
    substation: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xfffffffe)),
  }),
  acts: v.pipe(
    v.array(v.union([v.strictObject({ atS, edit: editOfDrill }), v.strictObject({ atS, undo: id })])),
    v.maxLength(MOST_ACTS),
    v.check((acts) => acts.every((act, i) => i === 0 || acts[i - 1].atS <= act.atS), 'in order of time'),
  ),
  score: v.strictObject({ customerMinutes: pair, vehicleHours: pair }),
})

export type Drill = Omit<v.InferOutput<typeof drillSchema>, 'acts'> & { acts: readonly DrillAct[] }
export type DrillBase = Drill['base']

/** A game from the text of a file; throws an Error that says where, what came and what was due. */
export function parseDrill(text: string): Drill {
  if (text.length > MOST_LETTERS)
    throw new Error(`drill: is ${text.length} letters long, expected ${MOST_LETTERS} at most`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`drill: is no JSON: ${(error as Error).message}`, { cause: error })
  }
  const result = v.safeParse(drillSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  const keys = issue.path?.map(({ key }) => key as string | number) ?? []
  throw new Error(
    `drill: line ${lineOf(text, keys)}: ${v.getDotPath(issue) ?? 'the file'} is ${issue.received}, expected ${issue.expected ?? issue.message}`,
  )
}

/** The text of a game, an act a line. */
export function writeDrill({ acts, ...head }: Drill): string {
  const lines = Object.entries(head)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const rows = acts.map((act) => `    ${JSON.stringify(act)}`)
  const list = rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n  ]`
  return `{\n${[...lines, `  "acts": ${list}`].join(',\n')}\n}\n`
}

/** Unix milliseconds and what the city's clocks add to UTC, of the moment at which a game begins. */
export function beginOf({ begin }: DrillBase): { readonly startMs: number; readonly utcOffsetS: number } {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(begin)!
  const offsetS = Number(hours) * 3600 + Number(minutes) * 60
  return { startMs: Date.parse(begin), utcOffsetS: sign === '-' ? -offsetS : offsetS }
}

/** The same as text. */
export function beginText(date: string, atS: number, utcOffsetS: number): string {
  const two = (value: number) => `${Math.floor(value)}`.padStart(2, '0')
  const clock = `${two(atS / 3600)}:${two((atS % 3600) / 60)}:00`
  const size = Math.abs(utcOffsetS)
  return `${date}T${clock}${utcOffsetS < 0 ? '-' : '+'}${two(size / 3600)}:${two((size % 3600) / 60)}`
}
