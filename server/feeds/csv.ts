/** Tables as text: rows of cells under a head, and what an owner may say of how its times and numbers are written. */
import { dsvFormat } from 'd3'
import * as v from 'valibot'
import { clockOf, momentOf } from './clock.ts'
import type { Deviations } from './deviations.ts'
import { FeedError, headOf, type FeedFile, type ReadOptions } from './format.ts'
import { numberOf } from './plausible.ts'

const MOST_ROWS = 2_000_000
const MOST_COLUMNS = 1000
const MOST_KNOWN_TIMES = 10_000
const DELIMITERS = [',', ';', '\t', '|'] as const
/** How tables write that there is nothing. */
const NOTHING = new Set(['', '-', 'na', 'n/a', 'nan', 'null', 'none'])

export interface Csv {
  /** Of each name its place in a row. */
  readonly columns: ReadonlyMap<string, number>
  readonly rows: readonly CsvRow[]
}

export interface CsvRow {
  readonly where: string
  readonly cells: readonly string[]
}

/** What settings of every CSV may hold; defaults are what our own tables are. */
export const csvEntries = {
  delimiter: v.optional(v.picklist(DELIMITERS)),
  decimal: v.optional(v.picklist(['.', ',']), '.'),
  timeUnit: v.optional(v.picklist(['iso', 'unixS', 'unixMs']), 'iso'),
  /** In which order dates name year, month and day. */
  dateOrder: v.optional(v.picklist(['ymd', 'dmy', 'mdy']), 'ymd'),
  /** IANA name, of times that name no zone. */
  timeZone: v.optional(v.string()),
  /** Whether a time is that of the begin or the end of what was measured. */
  timeMeans: v.optional(v.picklist(['begin', 'end']), 'begin'),
}
export const columnName = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

export type CsvSettings = v.InferOutput<v.ObjectSchema<typeof csvEntries, undefined>>

/** Throws FeedError when there is no head. A row with more or fewer cells than the head is noted and left out. */
export function parseCsv(file: FeedFile, delimiter: string | undefined, deviations: Deviations): Csv {
  const text = new TextDecoder().decode(file.bytes).replace(/^\ufeff/, '')
  const columns = new Map<string, number>()
  let width = 0
  const rows = dsvFormat(delimiter ?? delimiterOf(file)).parseRows(
    text,
    (cells, line): CsvRow | undefined => {
      const where = `row ${line + 1}`
      if (line === 0) {
        width = cells.length
        readHead(cells, columns, deviations)
      } else if (line > MOST_ROWS) deviations.add('tooMany', 'error', where, '', `${MOST_ROWS} rows at most`)
      else if (cells.length === width) return { where, cells }
      else if (cells.length !== 1 || cells[0].trim() !== '')
        deviations.add('InvalidRowLength', 'error', where, `${cells.length} cells`, `${width} cells`)
      return undefined
    },
  )
  if (columns.size === 0)
    throw new FeedError(`${file.name}: nothing came, a head with the names of columns is due`)
  return { columns, rows }
}

/** The names in the first line, in lower case. */
export function headNames(file: FeedFile): readonly string[] {
  return firstLine(file)
    .split(/[,;\t|]/)
    .map((name) => name.replaceAll('"', '').trim().toLowerCase())
}

/** A number as the table writes it: NaN when the cell is empty, undefined when it holds something else. */
export function numberIn(cell: string, decimal: '.' | ','): number | undefined {
  const came = cell.trim()
  if (NOTHING.has(came.toLowerCase())) return NaN
  const number = numberOf(decimal === ',' ? came.replaceAll('.', '').replace(',', '.') : came)
  return Number.isNaN(number) ? undefined : number
}

/** Looks into the cells of a row; a column that is not mapped gives NaN and ''. */
export function cellsOf(csv: Csv, { decimal }: CsvSettings, deviations: Deviations) {
  const textAt = ({ cells }: CsvRow, column: string | undefined) =>
    column === undefined ? '' : cells[csv.columns.get(column)!].trim()
  const numberAt = (row: CsvRow, column: string | undefined) => {
    const text = textAt(row, column)
    const number = numberIn(text, decimal)
    if (number === undefined)
      deviations.add('numberInvalid', 'error', `${row.where}, ${column}`, text, 'a number')
    return number ?? NaN
  }
  return { textAt, numberAt }
}

/** How the times of a table are read: Unix ms, NaN when a cell holds none. */
export function timeReader(settings: CsvSettings, options: ReadOptions): (cell: string) => number {
  const { timeUnit, dateOrder, timeZone } = settings
  if (timeUnit !== 'iso') return (cell) => numberOf(cell) * (timeUnit === 'unixS' ? 1000 : 1)
  const clock = clockOf(timeZone, options)
  // every site and meter of a table has the same times
  const known = new Map<string, number>()
  return (cell) => {
    let timeMs = known.get(cell)
    if (timeMs !== undefined) return timeMs
    timeMs = momentOf(inOrder(cell.trim(), dateOrder), clock)
    if (known.size < MOST_KNOWN_TIMES) known.set(cell, timeMs)
    return timeMs
  }
}

/** Day and month with year as ISO 8601 has them. */
function inOrder(text: string, order: CsvSettings['dateOrder']): string {
  if (order === 'ymd') return text.replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/, dateFrom)
  return text.replace(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/, (_, first, second, year) =>
    order === 'dmy' ? dateFrom('', year, second, first) : dateFrom('', year, first, second),
  )
}

function dateFrom(_: string, year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function readHead(cells: readonly string[], columns: Map<string, number>, deviations: Deviations): void {
  if (cells.length > MOST_COLUMNS)
    throw new FeedError(`csv: ${cells.length} columns came, ${MOST_COLUMNS} at most are due`)
  for (const [i, cell] of cells.entries()) {
    const name = cell.trim()
    if (name === '') continue
    if (columns.has(name)) deviations.add('columnTwice', 'warning', 'row 1', name, 'each name once')
    else columns.set(name, i)
  }
}

function delimiterOf(file: FeedFile): string {
  const line = firstLine(file)
  const count = (delimiter: string) => line.split(delimiter).length
  return [...DELIMITERS].sort((a, b) => count(b) - count(a))[0]
}

function firstLine(file: FeedFile): string {
  return headOf(file).split(/\r?\n/, 1)[0]
}
