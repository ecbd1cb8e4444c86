/** What the owner of a feed wrote for its format, checked by the format's schema. */
import * as v from 'valibot'
import { FeedError } from './format.ts'

/** As the schema has them; throws FeedError with the place of the first that is wrong. */
export function settingsOf<Schema extends v.GenericSchema>(
  schema: Schema,
  came: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, came ?? {})
  if (result.success) return result.output
  const [issue] = result.issues
  throw new FeedError(`settings: ${v.getDotPath(issue) ?? 'all of them'}: ${issue.message}`)
}
