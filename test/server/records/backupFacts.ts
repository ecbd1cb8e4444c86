/** What holds of backups on either engine: one moment, all of it, and nothing of one that is not whole. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup, restore } from '../../../server/records/backup.ts'
import { openEngine, type RecordsPlace } from '../../../server/records/engine.ts'
import { Records } from '../../../server/records/records.ts'
import { fill, request, type TestEngine } from './testEngine.ts'

const quiet = () => undefined

/** `other` is where backups of `engine` are restored too; the same engine when there is no other. */
export function backupFacts(engine: () => TestEngine, other: () => TestEngine): void {
  let folder: string
  let place: RecordsPlace
  let file: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'citytwin-backup-'))
    file = join(folder, 'first')
    place = await engine().place()
    const records = await Records.open(place)
    await fill(records)
    await backup(records.engine, file, 1, quiet)
    await records.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  describe('a backup', () => {
    it('restores into an empty store of either engine, the same to the byte', async () => {
      for (const [name, made] of [
        ['same', engine],
        ['other', other],
      ] as const) {
        const engine = await openEngine(await made().place())
        const { counts } = await restore(engine, file, quiet)
        expect(counts).toMatchObject({ requests: 4, comments: 2, audit: 17 })
        await backup(engine, join(folder, name), 1, quiet)
        await engine.db.destroy()
        expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(file, 'utf8'))
      }
    })

    it('is not restored over anything, and does not overwrite a file', async () => {
      const engine = await openEngine(place)
      await expect(restore(engine, file, quiet)).rejects.toThrow('the store has requests already')
      await expect(backup(engine, file, 1, quiet)).rejects.toThrow('never overwrites')
      await engine.db.destroy()
    })

    it('that is cut short, or has one byte changed, is refused, and leaves the store empty', async () => {
      const bytes = readFileSync(file)
      const broken = join(folder, 'broken')
      const emptyPlace = await engine().place()
      const empty = await openEngine(emptyPlace)
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), async (at, flip) => {
          const changed = flip === 0 ? bytes.subarray(0, at) : Buffer.from(bytes)
          if (flip !== 0) changed[at] ^= flip
          writeFileSync(broken, changed)
          await expect(restore(empty, broken, quiet)).rejects.toThrow()
        }),
        { numRuns: 25 },
      )
      await empty.db.destroy()
      const records = await Records.open(emptyPlace)
      expect(await records.verify()).toMatchObject({ isWhole: true, head: { seq: 0 } })
      await records.close()
    })

    it('made while others write is of one moment', async () => {
      const [writer, reader] = [await Records.open(place), await Records.open(place)]
      const enough = new AbortController()
      const writing = (async () => {
        for (let i = 0; !enough.signal.aborted; i++) {
          await writer.fileRequest(request({ description: `${i}` }))
          // SQLite answers at once, and the backup's file needs a turn
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
      const busy = join(folder, 'busy')
      await writer.fileRequest(request())
      await backup(reader.engine, busy, 1, quiet)
      enough.abort()
      await writing
      await Promise.all([writer.close(), reader.close()])
      const engine = await openEngine(await other().place())
      await restore(engine, busy, quiet)
      await engine.db.destroy()
    })

    it('of a newer version is refused, with both versions', async () => {
      const newer = join(folder, 'newer')
      writeFileSync(newer, readFileSync(file, 'utf8').replace(/"version":\d+/, '"version":99'))
      const engine = await openEngine(await other().place())
      await expect(restore(engine, newer, quiet)).rejects.toThrow(
        /backup is of version 99 and this program knows version \d/,
      )
      await engine.db.destroy()
    })
  })
}
