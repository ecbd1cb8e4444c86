/**
 * One file of GTFS as columns, checked row by row: MissingRequiredFile, MissingRequiredColumn, MissingRequiredField, InvalidRowLength,
 * DuplicateKey, ForeignKeyViolation and what a field may be. A row that lacks what it must have is left out; of another the wrong field.
 */
import { csvParseRows } from 'd3'
import type { Deviations } from '../../deviations.ts'
import { fieldValue } from './fieldValue.ts'
import { gtfsFiles, type FieldSpec, type FileName } from './schema.ts'

/** Rows by the id they are known by; undefined when its file could not be read, and nothing can be said of what refers to it. */
export type RowsOf = (file: FileName | 'services') => ReadonlyMap<string, number> | undefined

/** In place of the row of an id whose row could not be used. */
const LEFT_OUT = -1

/** More rows of a file are not read: a country has fewer. */
const MOST_ROWS = 10_000_000

interface Field {
  readonly name: string
  readonly spec: FieldSpec
  /** Column of the file, -1 where it has none, and those that may stand for it. */
  readonly column: number
  readonly instead: readonly number[]
  readonly texts: string[]
  readonly numbers: number[]
}

export class Table {
  /** As an editor counts them, by row. */
  readonly lines: number[] = []
  /** Rows by their id, -1 of one that was left out, or groups by theirs; empty when the key is of several fields. */
  readonly rowOf = new Map<string, number>()
  /** Whether it is there and has the columns it must have. */
  isRead = false
  readonly file: FileName
  private fields: readonly Field[] = []
  private readonly deviations: Deviations

  constructor(file: FileName, deviations: Deviations) {
    this.file = file
    this.deviations = deviations
  }

  get size(): number {
    return this.lines.length
  }

  /** A column of texts, '' where there is none. */
  texts(field: string): readonly string[] {
    return this.fields.find(({ name }) => name === field)?.texts ?? []
  }

  /** A column of numbers, NaN where there is none; of references rows, -1 where there is none. */
  numbers(field: string): number[] {
    return this.fields.find(({ name }) => name === field)?.numbers ?? []
  }

  where(row: number): string {
    return `${this.file} line ${this.lines[row]}`
  }

  /** Reads it all; `text` is undefined when the feed has no such file. */
  read(text: string | undefined, rowsOf: RowsOf): void {
    const spec = gtfsFiles[this.file]
    if (text === undefined) {
      if (spec.isRequired)
        this.deviations.add('MissingRequiredFile', 'error', this.file, undefined, 'the file')
      return
    }
    let header: readonly string[] = []
    const keys = new Set<string>()
    csvParseRows(text.startsWith('\ufeff') ? text.slice(1) : text, (values, i) => {
      if (i === 0) {
        header = values.map((name) => name.trim())
        this.isRead = this.takeHeader(header)
      } else if (this.isRead && !(values.length === 1 && values[0].trim() === ''))
        this.takeRow(values, i + 1, header.length, keys, rowsOf)
      return undefined
    })
    if (header.length === 0) this.deviations.add('EmptyFile', 'error', this.file, '', 'a header and rows')
  }

  private takeHeader(header: readonly string[]): boolean {
    this.fields = Object.entries(gtfsFiles[this.file].fields).map(([name, spec]) => ({
      name,
      spec,
      column: header.indexOf(name),
      instead: (spec.unless ?? []).map((other) => header.indexOf(other)),
      texts: [],
      numbers: [],
    }))
    const missing = this.fields.filter(({ spec, column }) => spec.isRequired && column < 0)
    for (const { name } of missing)
      this.deviations.add('MissingRequiredColumn', 'error', this.file, undefined, `a column ${name}`)
    return missing.length === 0
  }

  private takeRow(
    values: readonly string[],
    line: number,
    length: number,
    keys: Set<string>,
    rowsOf: RowsOf,
  ): void {
    const where = `${this.file} line ${line}`
    if (this.size === MOST_ROWS) {
      this.deviations.add('tooManyRows', 'error', where, 'more', `${MOST_ROWS} rows`)
      return
    }
    if (values.length !== length) {
      this.deviations.add('InvalidRowLength', 'error', where, `${values.length} fields`, `${length} fields`)
      return
    }
    const row: (string | number)[] = []
    for (const field of this.fields) {
      const value = this.takeField(field, values, where, rowsOf)
      if (value === undefined) {
        this.knowLeftOut(values)
        return
      }
      row.push(value)
    }
    if (!this.takeKey(values, where, keys)) return
    this.fields.forEach(({ texts, numbers }, i) => {
      const value = row[i]
      if (typeof value === 'string') texts.push(value)
      else numbers.push(value)
    })
    this.lines.push(line)
  }

  /** Undefined when the row cannot do without it. */
  private takeField(
    { name, spec, column, instead }: Field,
    values: readonly string[],
    where: string,
    rowsOf: RowsOf,
  ): string | number | undefined {
    const text = column < 0 ? '' : values[column].trim()
    const nothing = isText(spec) ? '' : spec.kind === 'reference' ? -1 : NaN
    if (text === '') {
      if (!spec.isRequired) return nothing
      if (!instead.some((other) => other >= 0 && values[other].trim() !== ''))
        this.deviations.add('MissingRequiredField', 'error', where, undefined, name)
      return undefined
    }
    const otherwise = spec.isRequired ? undefined : nothing
    if (spec.kind === 'group') return this.groupOf(text)
    if (spec.kind === 'reference') {
      const rows = rowsOf(spec.of!)
      if (rows === undefined) return -1
      const row = rows.get(text)
      if (row === LEFT_OUT) return otherwise
      if (row !== undefined) return row
      this.deviations.add('ForeignKeyViolation', 'error', where, `${name} ${text}`, `one of ${spec.of}`)
      return otherwise
    }
    const value = fieldValue(text, spec)
    if (typeof value !== 'object') return value
    this.deviations.add(value.rule, value.severity, where, `${name} ${text}`, value.due)
    return otherwise
  }

  /** That what refers to a row that is left out is not told of again. */
  private knowLeftOut(values: readonly string[]): void {
    const { key } = gtfsFiles[this.file]
    const id = key.length === 1 ? this.keyOf(key[0], values) : ''
    if (id !== '' && !this.rowOf.has(id)) this.rowOf.set(id, LEFT_OUT)
  }

  private keyOf(name: string, values: readonly string[]): string {
    const { column } = this.fields.find((field) => field.name === name)!
    return column < 0 ? '' : values[column].trim()
  }

  private groupOf(id: string): number {
    const known = this.rowOf.get(id)
    if (known !== undefined) return known
    this.rowOf.set(id, this.rowOf.size)
    return this.rowOf.size - 1
  }

  private takeKey(values: readonly string[], where: string, keys: Set<string>): boolean {
    const { key } = gtfsFiles[this.file]
    if (key.length === 0) return true
    const parts = key.map((name) => this.keyOf(name, values))
    const whole = parts.join('\u001f')
    if (key.length === 1 ? (this.rowOf.get(whole) ?? LEFT_OUT) !== LEFT_OUT : keys.has(whole)) {
      this.deviations.add('DuplicateKey', 'error', where, parts.join(', '), `a ${key.join(', ')} of its own`)
      return false
    }
    if (key.length === 1) this.rowOf.set(whole, this.size)
    else keys.add(whole)
    return true
  }
}

function isText({ kind }: FieldSpec): boolean {
  return kind === 'text' || kind === 'url' || kind === 'zone' || kind === 'date'
}
