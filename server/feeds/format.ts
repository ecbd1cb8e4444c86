/**
 * What every format of a feed gives: how its bytes are known, and what they say. Formats are tolerant: a record that cannot be read is
 * noted and left out, and the rest is read. Bytes come from strangers: nothing they hold may throw anything but a `FeedError`, take
 * longer than their size makes plain, or reach out of them.
 */
import type { FeedContent } from './content.ts'
import type { Deviations } from './deviations.ts'

export interface FeedFile {
  /** As it was called: a path or URL. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ReadOptions {
  /** The time now, Unix ms; against which ages are judged. */
  readonly nowMs: number
  /** Of times that name no zone, seconds east of Greenwich. */
  readonly utcOffsetS: number
  /** What the owner of the feed wrote for this format, e.g. columns of a CSV; the format checks it. */
  readonly settings?: unknown
}

export interface FeedFormat {
  /** In the field's words, and as one word for files. */
  readonly title: string
  readonly id: string
  /** Whether the bytes look like it, at a glance. */
  isLike(file: FeedFile): boolean
  /** Throws FeedError when nothing of it can be read. */
  read(file: FeedFile, options: ReadOptions, deviations: Deviations): FeedContent
}

/** Nothing can be read: says where, what came and what was due. */
export class FeedError extends Error {}

const head = new TextDecoder()
/** The first characters, without the mark of byte order and white space. */
export function headOf({ bytes }: FeedFile, characters = 2000): string {
  return head.decode(bytes.subarray(0, characters)).replace(/^\ufeff?\s*/, '')
}
