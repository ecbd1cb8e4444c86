/** Fields of protocol buffers as careful readers take them: one of another wire type than is due is passed over. */
import type { GuardedReader } from '../../../../data/recipes/guardedReader.ts'

const decoder = new TextDecoder()
/** Ids are short, and a decoder is slow to start. */
const LONGEST_LETTER_BY_LETTER = 24
const ASCII = 0x7f

const [VARINT, LENGTH_DELIMITED, FIXED32] = [0, 2, 5]

export type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Gives each field to `read`. Throws when the fields do not end where the bytes do. */
export function readAll<T>(
  reader: GuardedReader,
  into: T,
  read: (tag: number, into: T, reader: GuardedReader) => void,
): T {
  reader.fields(read, into)
  if (reader.pos !== reader.length) throw new Error('a field does not end where its message does')
  return into
}

/** The same of an embedded message; undefined when the field is none. */
export function messageAt<T>(
  reader: GuardedReader,
  into: T,
  read: (tag: number, into: T, reader: GuardedReader) => void,
): T | undefined {
  return isMessage(reader) ? inMessage(reader, () => readAll(reader, into, read)) : undefined
}

export function isMessage(reader: GuardedReader): boolean {
  return reader.type === LENGTH_DELIMITED
}

/** Lets the reader end where an embedded message does, as a feed has a million of them, and stand after it whatever is thrown in it. */
export function inMessage<T>(reader: GuardedReader, read: () => T): T {
  const end = endAt(reader)
  const outerEnd = reader.length
  reader.length = end
  try {
    return read()
  } finally {
    reader.length = outerEnd
    reader.pos = end
    // nothing is left unread
    reader._valueStart = -1
  }
}

export function textAt(reader: GuardedReader): string {
  if (reader.type !== LENGTH_DELIMITED) return ''
  const end = endAt(reader)
  const { buf, pos } = reader
  reader.pos = end
  let text = ''
  for (let i = pos; i < end; i++) {
    if (end - pos > LONGEST_LETTER_BY_LETTER || buf[i] > ASCII) return decoder.decode(buf.subarray(pos, end))
    text += String.fromCharCode(buf[i])
  }
  return text
}

function endAt(reader: GuardedReader): number {
  const end = reader.readVarint() + reader.pos
  if (end > reader.length) throw new Error('a field reaches beyond the end')
  return end
}

/** int32 and int64, which may be negative. */
export function signedAt(reader: GuardedReader): number {
  return reader.type === VARINT ? reader.readVarint(true) : NaN
}

/** uint32 and uint64. */
export function unsignedAt(reader: GuardedReader): number {
  return reader.type === VARINT ? reader.readVarint() : NaN
}

export function floatAt(reader: GuardedReader): number {
  return reader.type === FIXED32 ? reader.readFloat() : NaN
}

/** The name in a list of the standard; '' for a number that it has not. */
export function nameAt<Name extends string>(reader: GuardedReader, names: readonly Name[]): Name | '' {
  return names[unsignedAt(reader)] ?? ''
}
