/** What a city says of each feed it takes: where it is, how often it comes, what is promised of it and whose it is. */
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { formats } from './formats.ts'

const word = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected letters, digits, dots and dashes'))
const line = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
/** Seconds: from one to a day. */
const seconds = v.pipe(v.number(), v.minValue(1), v.maxValue(86_400))

const declarationSchema = v.strictObject({
  id: word,
  title: line,
  /** Of `formats.ts`. */
  format: v.picklist(formats.map(({ id }) => id)),
  /** http: or https:, or the path of a file that somebody writes. */
  from: line,
  /** How often it is looked at. */
  cadenceS: seconds,
  /** What its owner promises: nothing that is shown of it is older. */
  freshnessS: seconds,
  owner: v.strictObject({ name: line, role: v.picklist(['public', 'private']), contact: line }),
  licence: line,
  /** Of times that name no zone, seconds east of Greenwich; the city's own when left out. */
  utcOffsetS: v.optional(v.pipe(v.number(), v.minValue(-64_800), v.maxValue(64_800))),
  settings: v.optional(v.unknown()),
  /** Of residents' reports: by the feed's code of a service, the city's. */
  services: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), word)),
  /** Header by header, the name of the environment variable that holds its value: keys stand in no file. */
  headersFromEnv: v.optional(v.record(word, word)),
  /** Also from addresses of one's own network. */
  allowPrivate: v.optional(v.boolean()),
})

export type FeedDeclaration = Readonly<v.InferOutput<typeof declarationSchema>>

/** Throws an Error with a sentence: file, place, what came and what was due. */
export async function readDeclarations(file: string): Promise<FeedDeclaration[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Error(`feeds: ${error.message}`, { cause: error })
  })
  return parseDeclarations(text, file)
}

export function parseDeclarations(text: string, file: string): FeedDeclaration[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
  const parsed = v.safeParse(v.strictObject({ feeds: v.array(declarationSchema) }), json)
  if (!parsed.success) {
    const [{ message, path }] = parsed.issues
    const place = path?.map(({ key }) => String(key)).join('.') ?? 'the whole'
    throw new Error(`${file}: ${place}: ${message}`)
  }
  const { feeds } = parsed.output
  const twice = feeds.find(({ id }, at) => feeds.findIndex((other) => other.id === id) < at)
  if (twice !== undefined) throw new Error(`${file}: two feeds are called ${twice.id}`)
  return feeds
}
