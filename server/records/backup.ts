/** Everything out into one file while the server runs, and back into an empty store of either engine. */
import type { Transaction } from 'kysely'
import { readHead, verifyAudit, type AuditHead } from './audit.ts'
import { BackupWriter, readBackup, type BackupEnd, type Counts } from './backupFile.ts'
import { BATCH_ROWS, batchesOf } from './batches.ts'
import { snapshot, untyped, type Engine } from './engine.ts'
import { LATEST_VERSION, migrate, versionOf } from './migrations.ts'
import { RecordsError } from './recordsError.ts'
import {
  keyColumn,
  madeInVersion,
  recordTableNames,
  type RecordTable,
  type Row,
  type Tables,
} from './schema.ts'

// Before there was an audit there were no backups.
const FIRST_VERSION = 2

type Progress = (line: string) => void

/** A copy as of one moment. The engine's tables are of this program's version. */
export async function backup(
  engine: Engine,
  file: string,
  nowMs: number,
  progress: Progress,
): Promise<BackupEnd> {
  const writer = await BackupWriter.open(file, { version: LATEST_VERSION, madeMs: nowMs })
  try {
    return await snapshot(engine.db, async (db) => {
      const counts = noCounts()
      for (const table of recordTableNames) {
        for await (const rows of batchesOf(db, table)) {
          await writer.rows(table, rows)
          counts[table] += rows.length
        }
        progress(`${table}: ${counts[table]}`)
      }
      const end = { counts, head: await readHead(db) }
      await writer.finish(end)
      return end
    })
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** All or nothing: counts and audit are verified before it is committed. The engine's tables need not be there yet. */
export async function restore(engine: Engine, file: string, progress: Progress): Promise<BackupEnd> {
  return engine.db.transaction().execute(async (db) => {
    const counts = noCounts()
    let end: BackupEnd | undefined
    let batch: { table: RecordTable; rows: Row[] } | undefined
    const flush = async () => {
      if (batch === undefined) return
      await untyped<RecordTable>(db).insertInto(batch.table).values(batch.rows).execute()
      counts[batch.table] += batch.rows.length
      batch = undefined
    }
    for await (const part of readBackup(file)) {
      if (part.kind === 'start') await makeReady(db, engine.kind, part.start.version)
      else if (part.kind === 'end') end = part.end
      else {
        if (batch?.table !== part.table || batch.rows.length >= BATCH_ROWS) await flush()
        batch ??= { table: part.table, rows: [] }
        batch.rows.push(part.row)
      }
    }
    await flush()
    if (end === undefined) throw new RecordsError(`${file} has no end`)
    for (const table of recordTableNames) progress(`${table}: ${counts[table]}`)
    await finish(db, engine.kind, counts, end)
    return end
  })
}

/** An empty store of the backup's version; throws when there is anything in it. */
async function makeReady(db: Transaction<Tables>, kind: Engine['kind'], wanted: number): Promise<void> {
  if (wanted > LATEST_VERSION)
    throw new RecordsError(
      `the backup is of version ${wanted} and this program knows version ${LATEST_VERSION}: restore it with the newer Citytwin that made it`,
    )
  if (wanted < FIRST_VERSION)
    throw new RecordsError(`the backup is of version ${wanted}, expected ${FIRST_VERSION} or later`)
  const version = await versionOf(db, kind)
  if (version > wanted)
    throw new RecordsError(
      `the backup is of version ${wanted} and the store of version ${version}: restore it where no Citytwin has run yet`,
    )
  await migrate(db, kind, wanted)
  for (const table of recordTableNames) {
    if ((madeInVersion[table] ?? 0) > wanted) continue
    const row = await untyped<RecordTable>(db)
      .selectFrom(table)
      .select(keyColumn(table))
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined)
      throw new RecordsError(`the store has ${table} already; a backup is restored into an empty one only`)
  }
}

async function finish(
  db: Transaction<Tables>,
  kind: Engine['kind'],
  counts: Counts,
  end: BackupEnd,
): Promise<void> {
  for (const table of recordTableNames) {
    if (counts[table] !== end.counts[table])
      throw new RecordsError(`the backup has ${counts[table]} ${table}, expected ${end.counts[table]}`)
  }
  await setHead(db, end.head)
  await migrate(db, kind)
  const verdict = await verifyAudit(db)
  if (!verdict.isWhole) throw new RecordsError(`the backup is not whole: ${verdict.what}`)
}

async function setHead(db: Transaction<Tables>, { seq, hash }: AuditHead): Promise<void> {
  await db.updateTable('auditHead').set({ seq, hash }).execute()
}

function noCounts(): Record<RecordTable, number> {
  return {
    requests: 0,
    scenarios: 0,
    comments: 0,
    acknowledgements: 0,
    alarmActs: 0,
    deskActs: 0,
    scenarioVersions: 0,
    publications: 0,
    withdrawals: 0,
    configuration: 0,
    audit: 0,
  }
}
