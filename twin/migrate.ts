/**
 * Recorded frames of other tables as frames of today's. A column that both have is carried over by its name, a column or a table
 * that is new begins empty, and what is no longer published is let go. Provenance, whose rows stand for columns, finds its columns
 * again by their names.
 */
import { publishedTables } from './domains.ts'
import { makeTable, resizeTable, type Table, type TableSpec } from './kernel/table.ts'
import { columnNamed, describedColumns } from './provenance/columns.ts'
import { columnTable, exceptionTable } from './provenance/tables.ts'
import { earlierSchemas } from './protocol/earlierSchemas.ts'
import { FrameDecoder, FrameEncoder, schemaHash } from './protocol/frame.ts'
import { RecordingError, type RecordingHeader } from './protocol/recording.ts'
import { parseSchema } from './protocol/schemaText.ts'

/** The tables in a recording's frames. Throws `RecordingError` when it is not known how to read them. */
export function recordedTables({
  schemaHash: hash,
  schema,
}: Pick<RecordingHeader, 'schemaHash' | 'schema'>): TableSpec[] {
  const text = schema ?? earlierSchemas.get(hash)
  if (text === undefined)
    throw new RecordingError(
      'This recording is of another release of Citytwin and does not say how it is read. Open it with the release that saved it.',
    )
  const specs = parsed(text)
  if (schemaHash(specs) !== hash)
    throw new RecordingError('This recording is damaged: its tables are not those it names.')
  return specs
}

/** Takes the frames of one recording, in order, and gives them anew. */
export class Migration {
  private readonly from: FrameDecoder
  private readonly to: readonly Table[] = publishedTables.map((spec) => makeTable(spec, 0))
  private readonly encoder = new FrameEncoder(this.to)
  /** By own column of provenance, the recorded one; undefined where there was none. */
  private readonly recordedColumn: readonly (number | undefined)[]
  /** By recorded column of provenance, the own one. */
  private readonly ownColumn: readonly (number | undefined)[]

  constructor(recorded: readonly TableSpec[]) {
    this.from = new FrameDecoder(recorded.map((spec) => makeTable(spec, 0)))
    const described = recorded
      .filter(({ name }) => name !== columnTable.name && name !== exceptionTable.name)
      .flatMap(({ name, columns }) => Object.keys(columns).map((column) => [name, column] as const))
    this.ownColumn = described.map(([table, column]) => columnNamed(table, column))
    this.recordedColumn = describedColumns.map((_, own) => {
      const at = this.ownColumn.indexOf(own)
      return at < 0 ? undefined : at
    })
  }

  /** One inflated frame; undefined when a frame before it is missing. Throws when the bytes are none of the recorded tables'. */
  frame(bytes: Uint8Array, isKeyframe: boolean): Uint8Array | undefined {
    if (!this.from.apply(bytes)) return undefined
    for (const table of this.to) this.carry(table)
    const delta = this.encoder.delta(this.from.tick)
    return isKeyframe ? this.encoder.keyframe() : delta
  }

  private carry(table: Table): void {
    const recorded = this.from.tables.find(({ spec }) => spec.name === table.spec.name)
    if (recorded === undefined) return
    if (table.spec.name === columnTable.name) return this.carryColumns(table, recorded)
    resizeTable(table, recorded.rows)
    for (const [name, column] of Object.entries(table.columns)) {
      const values = recorded.columns[name]
      if (values === undefined) column.fill(0)
      else for (let row = 0; row < recorded.rows; row++) column[row] = values[row]
    }
    if (table.spec.name === exceptionTable.name) this.renameExceptions(table)
  }

  /** A row of a column that is new has no sources: its readers go by its declaration. */
  private carryColumns(table: Table, recorded: Table): void {
    resizeTable(table, describedColumns.length)
    this.recordedColumn.forEach((from, own) => {
      for (const [name, column] of Object.entries(table.columns))
        column[own] = from === undefined ? 0 : (recorded.columns[name]?.[from] ?? 0)
    })
  }

  private renameExceptions(table: Table): void {
    const { columns } = table
    let kept = 0
    for (let row = 0; row < table.rows; row++) {
      const own = this.ownColumn[columns['column'][row]]
      if (own === undefined) continue
      for (const column of Object.values(columns)) column[kept] = column[row]
      columns['column'][kept++] = own
    }
    table.rows = kept
  }
}

function parsed(text: string): TableSpec[] {
  try {
    return parseSchema(text)
  } catch (error) {
    throw new RecordingError('This recording is damaged: it does not say how it is read.', { cause: error })
  }
}
