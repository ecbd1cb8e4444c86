/**
 * The backup's file, the same for either engine: JSON lines. First what it is, then a row a line as `{"<table>": {…}}`, and last
 * how many rows there are of each table, the audit's head, and the SHA-256 of all lines before.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { FIRST_HASH, type AuditHead } from './audit.ts'
import { RecordsError } from './recordsError.ts'
import {
  columnsOf,
  madeInVersion,
  recordTableNames,
  recordTables,
  type Cell,
  type RecordTable,
  type Row,
} from './schema.ts'

const FORMAT = 'citytwin records'

export type Counts = Readonly<Record<RecordTable, number>>

export interface BackupStart {
  /** Of the tables; see `migrations.ts`. */
  readonly version: number
  readonly madeMs: number
}

export interface BackupEnd {
  readonly counts: Counts
  readonly head: AuditHead
}

/** Written beside `file` and moved to its name when all of it is on the disk; never over another file. */
export class BackupWriter {
  private readonly file: string
  private readonly partial: string
  private readonly handle: Awaited<ReturnType<typeof open>>
  private readonly hash = createHash('sha256')

  private constructor(file: string, partial: string, handle: Awaited<ReturnType<typeof open>>) {
    this.file = file
    this.partial = partial
    this.handle = handle
  }

  static async open(file: string, start: BackupStart): Promise<BackupWriter> {
    if (existsSync(file)) throw new RecordsError(`${file} is there already, and a backup never overwrites`)
    const partial = `${file}.partial`
    // what people wrote is for the owner's eyes only
    const writer = new BackupWriter(file, partial, await open(partial, 'w', 0o600))
    await writer.write([JSON.stringify({ format: FORMAT, ...start })])
    return writer
  }

  rows(table: RecordTable, rows: readonly Row[]): Promise<void> {
    return this.write(rows.map((row) => JSON.stringify({ [table]: row })))
  }

  async finish(end: BackupEnd): Promise<void> {
    const sha256 = this.hash.copy().digest('hex')
    await this.write([JSON.stringify({ ...end, sha256 })])
    await this.handle.sync()
    await this.handle.close()
    await rename(this.partial, this.file)
  }

  async abandon(): Promise<void> {
    await this.handle.close()
    await rm(this.partial, { force: true })
  }

  private async write(lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('')
    this.hash.update(text)
    await this.handle.appendFile(text)
  }
}

export type BackupPart =
  | { readonly kind: 'start'; readonly start: BackupStart }
  | { readonly kind: 'row'; readonly table: RecordTable; readonly row: Row }
  | { readonly kind: 'end'; readonly end: BackupEnd }

/** Reads a backup part by part; throws a sentence with the line when it is not one, is cut short or is not as it was written. */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const hash = createHash('sha256')
  let line = 0
  let hasEnded = false
  for await (const bytes of linesOf(file)) {
    line++
    const fail = (what: string) => new RecordsError(`${file} line ${line}: ${what}`)
    if (hasEnded) throw fail('there is more after the end')
    const value = objectOf(bytes)
    if (value === undefined) throw fail(line === 1 ? 'this is no backup of Citytwin' : 'is no JSON object')
    if (line === 1) yield { kind: 'start', start: startOf(value, fail) }
    else if ('sha256' in value) {
      if (value['sha256'] !== hash.digest('hex'))
        throw fail('the rows before are not those that were written')
      yield { kind: 'end', end: endOf(value, fail) }
      hasEnded = true
    } else yield { kind: 'row', ...rowOf(value, fail) }
    if (!hasEnded) hash.update(bytes).update('\n')
  }
  if (!hasEnded) throw new RecordsError(`${file} is cut short after line ${line}`)
}

type Fail = (what: string) => RecordsError

function startOf({ format, version, madeMs }: Record<string, unknown>, fail: Fail): BackupStart {
  if (format !== FORMAT || !isCount(version) || !isCount(madeMs)) throw fail('this is no backup of Citytwin')
  return { version, madeMs }
}

function rowOf(value: Record<string, unknown>, fail: Fail): { table: RecordTable; row: Row } {
  const [name, ...others] = Object.keys(value)
  const table = recordTableNames.find((known) => known === name)
  const row = table && value[table]
  if (table === undefined || others.length > 0 || typeof row !== 'object' || row === null)
    throw fail(`expected a row of one of ${recordTableNames.join(', ')}`)
  const columns: Readonly<Record<string, string>> = recordTables[table]
  const cells = Object.entries(row)
  const isRight =
    cells.length === columnsOf(table).length && cells.every(([column, cell]) => isCell(columns[column], cell))
  if (!isRight) throw fail(`expected ${columnsOf(table).join(', ')} of ${table}`)
  // every cell has just been checked
  return { table, row: row as Row }
}

function isCell(kind: string | undefined, cell: unknown): cell is Cell {
  if (kind === 'integer') return Number.isSafeInteger(cell)
  if (kind === 'real') return Number.isFinite(cell)
  return typeof cell === 'string' ? kind !== undefined : cell === null && kind === 'text?'
}

function endOf({ counts, head }: Record<string, unknown>, fail: Fail): BackupEnd {
  const { seq, hash } = (head ?? {}) as Partial<AuditHead>
  // a table that is younger than the backup has no rows in it
  const younger = Object.fromEntries(Object.keys(madeInVersion).map((table) => [table, 0]))
  const named: Partial<Counts> = { ...younger, ...(counts as Partial<Counts> | undefined) }
  const isRight =
    isCount(seq) &&
    typeof hash === 'string' &&
    hash.length === FIRST_HASH.length &&
    recordTableNames.every((table) => isCount(named[table]))
  if (!isRight) throw fail('the end names no counts or no head of the audit')
  // every member has just been checked
  return { counts: named as Counts, head: { seq, hash } }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function objectOf(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** By line feeds only: `node:readline` would also cut at two other characters, which JSON may hold. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, at)])
      rest = Buffer.alloc(0)
      from = at + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(from)])
  }
  if (rest.length > 0) throw new RecordsError(`${file} is cut short: its last line has no end`)
}
