/** SQLite for the facts of the records: folders that go with the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestEngine } from './testEngine.ts'

export function sqliteEngine(): TestEngine & { remove(): void } {
  const folders: string[] = []
  return {
    place: async () => {
      const stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-records-'))
      folders.push(stateFolder)
      return { stateFolder, databaseUrl: undefined }
    },
    unguard: async (db) => {
      for (const trigger of ['auditUPDATE', 'auditDELETE'])
        await sql`drop trigger ${sql.ref(trigger)}`.execute(db)
      await sql`pragma defer_foreign_keys = on`.execute(db)
    },
    remove: () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
