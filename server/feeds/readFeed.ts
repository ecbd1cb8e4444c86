/** Bytes of a feed read by the format they are of. */
import { gunzipSync } from 'node:zlib'
import type { FeedContent } from './content.ts'
import { Deviations } from './deviations.ts'
import { FeedError, type FeedFile, type FeedFormat, type ReadOptions } from './format.ts'
import { formats } from './formats.ts'

export interface FeedReading {
  readonly format: FeedFormat
  readonly content: FeedContent
  readonly deviations: Deviations
}

/** No file is unpacked to more. */
const MOST_BYTES = 400_000_000

/** Reads a file by the format of that id, or by the first that it looks like. Throws FeedError when nothing of it can be read. */
export function readFeed(packed: FeedFile, options: ReadOptions, formatId?: string): FeedReading {
  const file = unpacked(packed)
  const format =
    formatId === undefined
      ? formats.find((each) => each.isLike(file))
      : formats.find(({ id }) => id === formatId)
  if (format === undefined) {
    const known = formats.map(({ id, title }) => `${title} (${id})`).join(', ')
    throw new FeedError(
      `${formatId === undefined ? 'nothing that is known' : formatId} came, expected one of ${known}`,
    )
  }
  const deviations = new Deviations()
  return { format, content: format.read(file, options, deviations), deviations }
}

function unpacked(file: FeedFile): FeedFile {
  const { name, bytes } = file
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return file
  try {
    return { name: name.replace(/\.gz$/, ''), bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) }
  } catch (error) {
    throw new FeedError(`gzip: ${(error as Error).message}`)
  }
}
