/** One spelling for each row, so that equal rows have equal hashes on every engine. */
import { createHash } from 'node:crypto'
import type { Row } from './schema.ts'

/** JSON of a flat row, keys in order, without white space. */
export function canonicalJson(row: Row): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Text as every engine gives it back: no NUL, which PostgreSQL refuses, and no half of a surrogate pair, which UTF-8 has not. */
export function keepable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
