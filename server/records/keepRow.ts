/** Writes one record with its audit row, or gives the one that has its id already: what every door of the records comes down to. */
import type { Transaction } from 'kysely'
import { appendAudit, hashOfRow } from './audit.ts'
import { canonicalJson, keepable } from './canonicalJson.ts'
import { untyped } from './engine.ts'
import { RecordConflict } from './recordsError.ts'
import { kindOf, type KeptTable, type Row, type RowOf, type Tables } from './schema.ts'

/**
 * `more` is what only the store knows of the row. The id's first words are given back whatever was to be added; other words under it
 * are refused.
 */
export async function keepRow<T extends Exclude<KeptTable, 'configuration'>>(
  db: Transaction<Tables>,
  table: T,
  given: RowOf<T>,
  action: string,
  actor: string,
  more?: Partial<RowOf<T>> | void,
): Promise<RowOf<T>> {
  const said = keepableRow(given)
  const { clientId } = said
  const rows = untyped(db)
  const row: Row = { ...said, ...more }
  const { numInsertedOrUpdatedRows } = await rows
    .insertInto(table as KeptTable)
    .values(row)
    .onConflict((conflict) => conflict.column('clientId').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 0n) {
    await auditRow(db, table, String(clientId), row, action, actor)
    // `given` was of this type, and only its texts were cleaned
    return row as RowOf<T>
  }
  const first = await rows
    .selectFrom(table as KeptTable)
    .selectAll()
    .where('clientId', '=', clientId)
    .executeTakeFirstOrThrow()
  if (canonicalJson(wordsOf(first)) !== canonicalJson(wordsOf(row)))
    throw new RecordConflict(`clientId: ${kindOf[table]} ${clientId} was sent before with other words`)
  // the columns are those of the table
  return first as RowOf<T>
}

export function auditRow(
  db: Transaction<Tables>,
  table: KeptTable,
  key: string,
  row: Row,
  action: string,
  actor: string,
): Promise<void> {
  const subject = `${kindOf[table]}:${key}`
  return appendAudit(db, { atMs: Date.now(), actor, action, subject, detail: { sha256: hashOfRow(row) } })
}

/** What a message says, without when it came and after what. */
function wordsOf(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !column.endsWith('Ms') && column !== 'step'),
  )
}

function keepableRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, typeof cell === 'string' ? keepable(cell) : cell]),
  )
}
