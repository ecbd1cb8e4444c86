/** Fields of protocol buffers as careful readers take them: one of another wire type than is due is passed over. */
import { GuardedReader } from '../../../../data/recipes/guardedReader.ts'

const [VARINT, LENGTH_DELIMITED, FIXED32] = [0, 2, 5]

export type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Gives each field of a message to `read`. Throws when the message does not end where its bytes do. */
export function readAll<T>(
  reader: GuardedReader,
  into: T,
  read: (tag: number, into: T, reader: GuardedReader) => void,
): T {
  reader.fields(read, into)
  if (reader.pos !== reader.length) throw new Error('a field of number 0 came')
  return into
}

/** Of an embedded message; undefined when the field is none. */
export function messageAt(reader: GuardedReader): GuardedReader | undefined {
  return reader.type === LENGTH_DELIMITED ? reader.message() : undefined
}

export function textAt(reader: GuardedReader): string {
  return reader.type === LENGTH_DELIMITED ? reader.readString() : ''
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
