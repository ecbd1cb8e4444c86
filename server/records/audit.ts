/**
 * The audit: one row for each change of a record, written with it. A row's hash covers the row and the hash before it, so that
 * no row can be changed, moved or taken out unseen; it carries the hash of the record it speaks of, so that no record can.
 */
import type { Transaction } from 'kysely'
import { batchesOf } from './batches.ts'
import { canonicalJson, keepable, sha256 } from './canonicalJson.ts'
import type { Database } from './engine.ts'
import { kindOf, keptTables, keyColumn, type Row, type RowOf, type Tables } from './schema.ts'

/** What the first row follows. */
export const FIRST_HASH = '0'.repeat(64)

export interface AuditEntry {
  readonly atMs: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** `sha256` is the hash of the record's row. */
  readonly detail: { readonly sha256: string }
}

export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

export type AuditVerdict =
  | { readonly isWhole: true; readonly head: AuditHead }
  /** `what` is the first that is wrong, as a sentence. */
  | { readonly isWhole: false; readonly what: string }

/** Adds a row to the end of the chain; part of the transaction that changes the record. */
export async function appendAudit(db: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  // takes the head first: on PostgreSQL this row's lock puts writers in order
  const { seq, hash: previousHash } = await db
    .updateTable('auditHead')
    .set((is) => ({ seq: is('seq', '+', 1) }))
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow()
  const { atMs, action, subject } = entry
  const actor = keepable(entry.actor)
  const row = { seq, atMs, actor, action, subject, detail: canonicalJson(entry.detail) }
  const hash = chainHash(previousHash, row)
  await db
    .insertInto('audit')
    .values({ ...row, previousHash, hash })
    .execute()
  await db.updateTable('auditHead').set({ hash }).execute()
}

/** Until the transaction ends, no other adds to the chain: what is read from now on stands. */
export async function inOrder(db: Transaction<Tables>): Promise<void> {
  await db
    .updateTable('auditHead')
    .set((is) => ({ seq: is('seq', '+', 0) }))
    .execute()
}

export function hashOfRow(row: Row): string {
  return sha256(canonicalJson(row))
}

export async function readHead(db: Database): Promise<AuditHead> {
  return db.selectFrom('auditHead').select(['seq', 'hash']).executeTakeFirstOrThrow()
}

/** Walks the whole chain, then every record; stops at the first that is wrong. */
export async function verifyAudit(db: Database): Promise<AuditVerdict> {
  const vouched = new Map<string, { readonly sha256: string; readonly seq: number }>()
  let seq = 0
  let hash = FIRST_HASH
  for await (const rows of batchesOf(db, 'audit')) {
    for (const row of rows) {
      seq++
      const broken = wrongInRow(row, seq, hash)
      if (broken !== undefined) return { isWhole: false, what: `audit row ${row.seq}: ${broken}` }
      hash = row.hash
      vouched.set(row.subject, { sha256: hashInDetail(row.detail), seq })
    }
  }
  const head = await readHead(db)
  if (head.seq !== seq || head.hash !== hash)
    return { isWhole: false, what: `audit row ${seq}: is the last, but the head names row ${head.seq}` }
  const what = await wrongInRecords(db, vouched)
  return what === undefined ? { isWhole: true, head } : { isWhole: false, what }
}

function wrongInRow(row: RowOf<'audit'>, seq: number, previousHash: string): string | undefined {
  const { previousHash: named, hash, ...rest } = row
  if (row.seq !== seq) return `expected row ${seq} here`
  if (named !== previousHash) return 'does not follow the row before it'
  if (hash !== chainHash(previousHash, rest)) return 'is not what was written'
  return undefined
}

/** `vouched` loses what is found to be right. */
async function wrongInRecords(
  db: Database,
  vouched: Map<string, { readonly sha256: string; readonly seq: number }>,
): Promise<string | undefined> {
  for (const table of keptTables) {
    const key = keyColumn(table)
    for await (const rows of batchesOf(db, table)) {
      for (const row of rows as Row[]) {
        const subject = `${kindOf[table]}:${row[key]}`
        const by = vouched.get(subject)
        if (by === undefined) return `${subject} is in no row of the audit`
        if (by.sha256 !== hashOfRow(row)) return `${subject} is not as audit row ${by.seq} knows it`
        vouched.delete(subject)
      }
    }
  }
  for (const [subject, { seq }] of vouched)
    return `${subject} is in audit row ${seq}, and is not there any more`
  return undefined
}

function chainHash(previousHash: string, row: Row): string {
  return sha256(previousHash + canonicalJson(row))
}

/** Empty when the detail names none; a record of that hash does not exist. */
function hashInDetail(detail: string): string {
  // written by `appendAudit`, and its hash has just been found right
  return (JSON.parse(detail) as Partial<AuditEntry['detail']>).sha256 ?? ''
}
