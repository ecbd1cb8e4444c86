/**
 * The city's file format: named tables of typed columns in one byte array. The host gzips it on disk and on the wire.
 *
 *   'CTC1' | u32 header length | header: JSON {meta, tables} | columns, each at a multiple of 8
 *
 * A schema declares what a file holds; recipes write by it, the twin reads by it.
 */
import { columnTypeOf, makeColumn, type ColumnOf, type ColumnType, type TypedArray } from './columns.ts'
import { textFromUtf8, utf8FromText } from './utf8.ts'

/** A stored quantum gives a Float32Array on either side, stored as whole multiples of the quantum, each as the difference from the one before. */
export type Stored = ColumnType | 'text' | { readonly quantum: number }
export type TableSchema = Readonly<Record<string, Stored>>
export type FileSchema = Readonly<Record<string, TableSchema>>

export type StoredColumn<S extends Stored> = S extends 'text'
  ? string[]
  : S extends ColumnType
    ? ColumnOf<S>
    : Float32Array
export type FileTables<S extends FileSchema> = {
  readonly [T in keyof S]: { readonly [C in keyof S[T]]: StoredColumn<S[T][C]> }
}

/** Local positions and lengths: metres kept to the centimetre. */
export const metres = { quantum: 0.01 } as const

interface ColumnHeader {
  name: string
  type: ColumnType | 'text'
  quantum?: number
  rows: number
  offset: number
  byteLength: number
}
interface Header {
  meta: unknown
  tables: Record<string, ColumnHeader[]>
}

const MAGIC = [0x43, 0x54, 0x43, 0x31] // 'CTC1'

/** The bytes of `tables`, which must have every column of `schema`; `meta` is any JSON value kept with them. */
export function writeColumnsFile<S extends FileSchema>(
  schema: S,
  tables: FileTables<S>,
  meta: unknown = null,
): Uint8Array {
  const header: Header = { meta, tables: {} }
  const bodies: { offset: number; bytes: Uint8Array }[] = []
  let offset = 0
  for (const [tableName, columns] of Object.entries(schema)) {
    header.tables[tableName] = Object.entries(columns).map(([name, stored]) => {
      const column = tables[tableName]?.[name]
      if (column === undefined) throw new Error(`columns file: table ${tableName} lacks column ${name}`)
      const { bytes, ...kind } = encodeColumn(column, stored)
      bodies.push({ offset, bytes })
      const entry = { name, ...kind, rows: column.length, offset, byteLength: bytes.length }
      offset = align(offset + bytes.length)
      return entry
    })
  }
  const head = utf8FromText(JSON.stringify(header))
  const start = align(8 + head.length)
  const file = new Uint8Array(start + offset)
  file.set(MAGIC)
  new DataView(file.buffer).setUint32(4, head.length, true)
  file.set(head, 8)
  for (const body of bodies) file.set(body.bytes, start + body.offset)
  return file
}

/** The tables of a file and its `meta`. Throws, naming table and column, when the file is cut short or is not of `schema`. */
export function readColumnsFile<S extends FileSchema>(
  schema: S,
  file: Uint8Array,
): { tables: FileTables<S>; meta: unknown } {
  if (file.length < 8 || MAGIC.some((byte, i) => file[i] !== byte))
    throw new Error('columns file: does not begin with CTC1')
  const headLength = new DataView(file.buffer, file.byteOffset).getUint32(4, true)
  if (8 + headLength > file.length)
    throw new Error(`columns file: ends at byte ${file.length}, inside its header`)
  const header = JSON.parse(textFromUtf8(file.subarray(8, 8 + headLength))) as Header
  const start = align(8 + headLength)
  const tables: Record<string, Record<string, TypedArray | string[]>> = {}
  for (const [tableName, columns] of Object.entries(schema)) {
    const table: Record<string, TypedArray | string[]> = {}
    for (const [name, stored] of Object.entries(columns)) {
      const entry = header.tables[tableName]?.find((column) => column.name === name)
      const due = typeof stored === 'string' ? stored : 'i32'
      if (entry === undefined || entry.type !== due) {
        throw new Error(`columns file: ${tableName}.${name} is ${entry?.type ?? 'missing'}, expected ${due}`)
      }
      const from = start + entry.offset
      if (from + entry.byteLength > file.length)
        throw new Error(`columns file: cut short inside ${tableName}.${name}`)
      table[name] = decodeColumn(file.subarray(from, from + entry.byteLength), entry)
    }
    tables[tableName] = table
  }
  return { tables: tables as FileTables<S>, meta: header.meta }
}

function encodeColumn(column: TypedArray | string[], stored: Stored) {
  if (stored === 'text') {
    const lines = column as string[]
    const dirty = lines.find((line) => line.includes('\n'))
    if (dirty !== undefined)
      throw new Error(`columns file: a text holds a line break: ${JSON.stringify(dirty)}`)
    return { type: 'text' as const, bytes: utf8FromText(lines.join('\n')) }
  }
  if (typeof stored === 'string') {
    const typed = column as TypedArray
    if (columnTypeOf(typed) !== stored)
      throw new Error(`columns file: got ${columnTypeOf(typed)}, expected ${stored}`)
    return { type: stored, bytes: new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength).slice() }
  }
  const differences = new Int32Array(column.length)
  let last = 0
  for (let i = 0; i < column.length; i++) {
    const value = Math.round((column[i] as number) / stored.quantum)
    differences[i] = value - last
    last = value
  }
  return { type: 'i32' as const, quantum: stored.quantum, bytes: new Uint8Array(differences.buffer) }
}

function decodeColumn(bytes: Uint8Array, entry: ColumnHeader): TypedArray | string[] {
  if (entry.type === 'text') return entry.rows === 0 ? [] : textFromUtf8(bytes).split('\n')
  const typed = makeColumn(entry.type, entry.rows)
  new Uint8Array(typed.buffer).set(bytes)
  if (entry.quantum === undefined) return typed
  const values = new Float32Array(entry.rows)
  let value = 0
  for (let i = 0; i < values.length; i++) {
    value += typed[i]
    values[i] = value * entry.quantum
  }
  return values
}

function align(offset: number): number {
  return (offset + 7) & ~7
}
