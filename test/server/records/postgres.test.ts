/** The records in PostgreSQL: the same facts, when Debian's PostgreSQL is there. */
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { Records } from '../../../server/records/records.ts'
import { RecordsError } from '../../../server/records/recordsError.ts'
import { startPostgres } from '../fixtures/postgres.ts'
import { auditFacts } from './auditFacts.ts'
import { backupFacts } from './backupFacts.ts'
import { crashFacts, expectAllThere, fileUntilKilled } from './crashFacts.ts'
import { sqliteEngine } from './sqliteEngine.ts'
import { deskFacts } from './deskFacts.ts'
import { storeFacts } from './storeFacts.ts'
import type { TestEngine } from './testEngine.ts'

const started = startPostgres()
const cluster = typeof started === 'string' ? undefined : started
if (typeof started === 'string') console.log(`The records' tests on PostgreSQL are skipped: ${started}`)
afterAll(() => cluster?.stop())

describe.skipIf(cluster === undefined)('records in PostgreSQL', () => {
  const postgres: TestEngine = {
    place: async () => ({ stateFolder: '', databaseUrl: await cluster?.makeDatabase() }),
    unguard: async (db) => {
      await sql`set local session_replication_role = replica`.execute(db)
    },
  }
  const sqlite = sqliteEngine()
  afterAll(() => sqlite.remove())

  storeFacts(() => postgres)
  deskFacts(() => postgres)
  auditFacts(() => postgres)
  backupFacts(
    () => postgres,
    () => sqlite,
  )
  crashFacts(() => postgres, 2)

  it('every report acknowledged before PostgreSQL itself is killed is there once', async () => {
    const place = await postgres.place()
    const acknowledged = new Set(await fileUntilKilled(place, 0, 120, () => cluster?.crash()))
    await expectAllThere(place, acknowledged)
  })
})

describe('a PostgreSQL that does not answer', () => {
  it('ends the start with a sentence that keeps the password', async () => {
    const databaseUrl = 'postgresql://someone:secret@127.0.0.1:1/city'
    const opening = Records.open({ stateFolder: '', databaseUrl })
    await expect(opening).rejects.toThrow(RecordsError)
    await expect(opening).rejects.toThrow(/^the records at DATABASE_URL cannot be opened: (?!.*secret)/)
  })
})
