/** The records' commands as people run them. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Records } from '../../../server/records/records.ts'
import { fill } from '../records/testEngine.ts'

let folder: string
let records: Records

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citytwin-commands-'))
  records = await Records.open({ stateFolder: join(folder, 'first'), databaseUrl: undefined })
  await fill(records)
})
afterAll(async () => {
  await records.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command on the records in `state`; what it printed, and how it ended. */
function run(state: string, command: string, ...args: readonly string[]) {
  const program = fileURLToPath(new URL(`../../../server/commands/${command}.ts`, import.meta.url))
  const env = { ...process.env, CITYTWIN_STATE: join(folder, state), DATABASE_URL: '' }
  return new Promise<{ code: unknown; said: string }>((resolve) =>
    execFile('node', [program, ...args], { env }, (error, out, said) =>
      resolve({ code: error?.code ?? 0, said: out + said }),
    ),
  )
}

it('a backup made beside an open store is restored, and a changed row is named with exit 1', async () => {
  const file = join(folder, 'backup')
  expect(await run('first', 'backup', file)).toMatchObject({
    code: 0,
    said: expect.stringContaining('requests: 4\n'),
  })
  expect(await run('second', 'restore', file)).toMatchObject({
    code: 0,
    said: expect.stringContaining('the audit is whole and ends with row 17'),
  })
  const database = new DatabaseSync(join(folder, 'second/requests.sqlite'))
  database.exec(`DROP TRIGGER "auditUPDATE"; UPDATE audit SET actor = 'nobody' WHERE seq = 7;`)
  database.close()
  expect(await run('second', 'audit')).toEqual({
    code: 1,
    said: 'audit: audit row 7: is not what was written\n',
  })
})

it('a hash that was noted is found again, and one that is not there is missed', async () => {
  const verdict = await records.verify()
  const noted = verdict.isWhole ? verdict.head.hash : ''
  expect(await run('first', 'audit', noted)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Row 17 has the hash you noted'),
  })
  expect(await run('first', 'audit', 'abc')).toEqual({ code: 1, said: 'audit: no row has the hash abc\n' })
})

it.each([
  ['audit', [], 'audit: there are no records in'],
  ['backup', [], 'backup: expected one file: npm run backup -- FILE'],
  ['restore', ['/nonexistent/file'], "restore: ENOENT: no such file or directory, open '/nonexistent/file'"],
])('%s %j says in one sentence what is wrong', async (command, args, sentence) => {
  const { code, said } = await run('third', command, ...args)
  expect({ code, lines: said.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 })
  expect(said).toContain(sentence)
})
