/**
 * Records of every version there has been, as they lay on the disk then (`older/`): a program of today opens them and loses nothing.
 * A migration adds the files of the version before it, and never edits one.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restore } from '../../../server/records/backup.ts'
import { openEngine } from '../../../server/records/engine.ts'
import { LATEST_VERSION } from '../../../server/records/migrations.ts'
import { Records } from '../../../server/records/records.ts'
import { keptTables } from '../../../server/records/schema.ts'
import { rowsOf } from './testEngine.ts'

type Row = Record<string, unknown>

const older = join(import.meta.dirname, 'older')
// no backup was made of version 1, which had no audit
const versions = Array.from({ length: LATEST_VERSION }, (_, i) => i + 1)
const backedUp = versions.filter((version) => version > 1)

let stateFolder: string
beforeAll(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-older-'))
})
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }))

/** What the file's own text says it holds. */
function rowsBefore(database: DatabaseSync): Map<string, Row[]> {
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as Row[]
  const kept: readonly string[] = [...keptTables, 'audit']
  return new Map(
    names
      .map(({ name }) => String(name))
      .filter((name) => kept.includes(name))
      .map((name) => [
        name,
        database
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => ({ ...row })),
      ]),
  )
}

async function expectWhole(records: Records, before: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  for (const [table, rows] of before) {
    const now = await rowsOf(records.engine, table)
    // a later version may say more of a row, and the audit more of the rows
    for (const row of rows) expect(now).toContainEqual(expect.objectContaining(row))
  }
  expect(await records.verify()).toMatchObject({ isWhole: true })
}

describe('records of an older version', () => {
  it('are there for every version there has been', () => {
    const files = [
      ...versions.map((version) => `version${version}.sql`),
      ...backedUp.map((version) => `version${version}.backup`),
    ]
    expect(readdirSync(older).sort()).toEqual(files.sort())
  })

  it.each(versions)('%d are opened with every row, which the audit vouches for', async (version) => {
    const folder = join(stateFolder, `opened${version}`)
    const engine = await openEngine({ stateFolder: folder, databaseUrl: undefined })
    await engine.db.destroy()
    const database = new DatabaseSync(join(folder, 'requests.sqlite'))
    database.exec(readFileSync(join(older, `version${version}.sql`), 'utf8'))
    const before = rowsBefore(database)
    database.close()
    expect(before.get('requests')?.length).toBeGreaterThan(2)
    const records = await Records.open({ stateFolder: folder, databaseUrl: undefined })
    await expectWhole(records, before)
    await records.close()
  })

  it.each(backedUp)('%d come back from a backup with every row', async (version) => {
    const place = { stateFolder: join(stateFolder, `restored${version}`), databaseUrl: undefined }
    const file = join(older, `version${version}.backup`)
    const engine = await openEngine(place)
    const { counts } = await restore(engine, file, () => undefined)
    await engine.db.destroy()
    const before = new Map<string, Row[]>()
    for (const line of readFileSync(file, 'utf8').split('\n').slice(1, -2)) {
      const [[table, row]] = Object.entries(JSON.parse(line) as Record<string, Row>)
      before.set(table, [...(before.get(table) ?? []), row])
    }
    expect(counts.requests).toBe(before.get('requests')?.length)
    const records = await Records.open(place)
    await expectWhole(records, before)
    await records.close()
  })
})
