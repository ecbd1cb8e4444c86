/** The records in SQLite: the facts of either engine, and what is SQLite's own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { Records } from '../../../server/records/records.ts'
import { auditFacts } from './auditFacts.ts'
import { backupFacts } from './backupFacts.ts'
import { crashFacts } from './crashFacts.ts'
import { deskFacts } from './deskFacts.ts'
import { storeFacts } from './storeFacts.ts'
import { request, rowsOf } from './testEngine.ts'
import { sqliteEngine } from './sqliteEngine.ts'

describe('records in SQLite', () => {
  const sqlite = sqliteEngine()
  afterAll(() => sqlite.remove())
  const engine = () => sqlite

  storeFacts(engine)
  deskFacts(engine)
  auditFacts(engine)
  backupFacts(engine, engine)
  crashFacts(engine, 5)

  it('are on the disk when a commit returns: WAL, synchronous FULL, references checked', async () => {
    const records = await Records.open(await sqlite.place())
    const settings = await Promise.all(
      ['journal_mode', 'synchronous', 'foreign_keys'].map(async (name) => {
        const { rows } = await sql.raw(`pragma ${name}`).execute(records.engine.db)
        return Object.values(rows[0] as object)[0] as unknown
      }),
    )
    expect(settings).toEqual(['wal', 2, 1])
    await records.close()
  })

  it('of an older version are taken over, every row, and stand in the audit', async () => {
    const stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-old-'))
    const old = new DatabaseSync(join(stateFolder, 'requests.sqlite'))
    old.exec(`
      PRAGMA journal_mode = WAL;
      CREATE TABLE IF NOT EXISTS requests (
        clientId TEXT PRIMARY KEY, cityId TEXT NOT NULL, serviceCode TEXT NOT NULL,
        lng REAL NOT NULL, lat REAL NOT NULL, description TEXT NOT NULL, filedMs INTEGER NOT NULL
      ) STRICT;`)
    const before = [10, 20, 30].map((filedMs) => request({ filedMs }))
    for (const { clientId, cityId, serviceCode, lng, lat, description, filedMs } of before)
      old
        .prepare('INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(clientId, cityId, serviceCode, lng, lat, description, filedMs)
    old.close()
    const records = await Records.open({ stateFolder, databaseUrl: undefined })
    expect(await records.requestsSince('small', 0)).toEqual(before)
    expect(await records.fileRequest({ ...before[0], filedMs: 99 })).toEqual(before[0])
    expect((await rowsOf(records.engine, 'audit')).map(({ action }) => action)).toEqual(
      Array(3).fill('adopt'),
    )
    expect(await records.verify()).toMatchObject({ isWhole: true })
    await records.close()
    rmSync(stateFolder, { recursive: true, force: true })
  })

  it('that must be there and are not are asked for by name, and not made', async () => {
    const opening = Records.open({ stateFolder: '/nonexistent/state', databaseUrl: undefined }, true)
    await expect(opening).rejects.toThrow('there are no records in /nonexistent/state')
  })
})
