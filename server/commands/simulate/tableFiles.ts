/** Tables of runs as files: CSV for reading, Parquet for working with; one file a table, all members in it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetWriteBuffer, type BasicType } from 'hyparquet-writer'
import type { RunTable, RunTables } from '../../../twin/scenario/runTables.ts'

/** Writes every table of `runs` into `folder`, with the number of the member as the first column. */
export async function writeTables(folder: string, runs: readonly RunTables[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of Object.keys(runs[0]) as (keyof RunTables)[]) {
    const table = stacked(runs.map((run) => run[name]))
    await writeFile(join(folder, `${name}.csv`), csvOf(table))
    await writeFile(join(folder, `${name}.parquet`), Buffer.from(parquetOf(table)))
  }
}

type Stacked = Readonly<Record<string, readonly (number | string)[]>>

/** The tables of all members below one another. */
function stacked(tables: readonly RunTable[]): Stacked {
  const names = Object.keys(tables[0])
  const rows = tables.map((table) => table[names[0]].length)
  const member = rows.flatMap((count, i) => Array.from({ length: count }, () => i))
  const columns = names.map((name) => [
    name,
    tables.flatMap((table) => Array.from<number | string>(table[name])),
  ])
  return { member, ...(Object.fromEntries(columns) as Stacked) }
}

/** RFC 4180. A number that is none is an empty field; others have seven digits, as they are kept. */
export function csvOf(table: Stacked): string {
  const names = Object.keys(table)
  const lines = [names.map(field).join(',')]
  const count = table[names[0]].length
  for (let row = 0; row < count; row++) lines.push(names.map((name) => field(table[name][row])).join(','))
  return `${lines.join('\r\n')}\r\n`
}

function field(value: number | string): string {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return ''
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)))
  }
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

export function parquetOf(table: Stacked): ArrayBuffer {
  const columnData = Object.entries(table).map(([name, data]) => ({
    name,
    data: [...data],
    type: typeOf(data),
  }))
  return parquetWriteBuffer({ columnData })
}

function typeOf(data: readonly (number | string)[]): BasicType {
  if (typeof data[0] === 'string') return 'STRING'
  const isWhole = data.every((value) => Number.isInteger(value) && Math.abs(value as number) < 0x7fff_ffff)
  return isWhole ? 'INT32' : 'DOUBLE'
}
