/** Walks a whole table in the order of its key, some rows at a time. */
import { untyped, type Database } from './engine.ts'
import { columnsOf, keyColumn, type Cell, type RecordTable, type RowOf } from './schema.ts'

// Times the widest table's columns far below what one statement may bind.
export const BATCH_ROWS = 500

export async function* batchesOf<T extends RecordTable>(db: Database, table: T): AsyncGenerator<RowOf<T>[]> {
  const key = keyColumn(table)
  let after: Cell | undefined
  for (;;) {
    let query = untyped<RecordTable>(db)
      .selectFrom(table as RecordTable)
      .select(columnsOf(table))
      .orderBy(key)
      .limit(BATCH_ROWS)
    if (after !== undefined) query = query.where(key, '>', after)
    const rows = await query.execute()
    // the columns asked for are those of the table
    if (rows.length > 0) yield rows as RowOf<T>[]
    if (rows.length < BATCH_ROWS) return
    after = rows.at(-1)?.[key]
  }
}
