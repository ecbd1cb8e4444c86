/** What holds of the records on either engine: kept for good, once, and nothing by halves. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordsPlace } from '../../../server/records/engine.ts'
import { LATEST_VERSION } from '../../../server/records/migrations.ts'
import { Records, type StoredRequest } from '../../../server/records/records.ts'
import { RecordConflict } from '../../../server/records/recordsError.ts'
import { fill, request, rowsOf, type TestEngine } from './testEngine.ts'

export function storeFacts(engine: () => TestEngine): void {
  let place: RecordsPlace
  let records: Records
  const reopen = async () => {
    await records.close()
    records = await Records.open(place)
  }

  beforeAll(async () => {
    place = await engine().place()
    records = await Records.open(place)
  })
  afterAll(() => records?.close())

  describe('what is kept', () => {
    it('is there when the store is opened again', async () => {
      await fill(records)
      const tables = [
        'requests',
        'scenarios',
        'comments',
        'acknowledgements',
        'alarmActs',
        'deskActs',
        'scenarioVersions',
        'publications',
        'withdrawals',
        'configuration',
        'audit',
      ]
      const before = await Promise.all(tables.map((table) => rowsOf(records.engine, table)))
      await reopen()
      expect(await Promise.all(tables.map((table) => rowsOf(records.engine, table)))).toEqual(before)
      expect(before.map((rows) => rows.length)).toEqual([4, 2, 2, 1, 1, 2, 1, 1, 1, 1, 17])
      expect(await records.configured('limits')).toEqual({ queueM: 150 })
      expect(await records.configured('nothing')).toBeUndefined()
    })

    it('is kept once under an id, however many send it at once, and all get the first answer', async () => {
      const one = request()
      const sent = Array.from({ length: 12 }, (_, i) => ({ ...one, filedMs: one.filedMs + i }))
      const answers = await Promise.all(sent.map((each) => records.fileRequest(each)))
      expect(new Set(answers.map(({ filedMs }) => filedMs)).size).toBe(1)
      const { length } = await rowsOf(records.engine, 'audit')
      expect(await records.fileRequest({ ...one, filedMs: 5 })).toEqual(answers[0])
      expect(await rowsOf(records.engine, 'audit')).toHaveLength(length)
    })

    it.each<Partial<StoredRequest>>([{ description: 'Shallow' }, { lat: -34.8 }, { cityId: 'other' }])(
      'is not changed by other words under its id: %j',
      async (other) => {
        const one = await records.fileRequest(request())
        const again = records.fileRequest({ ...one, ...other })
        await expect(again).rejects.toThrow(RecordConflict)
        await expect(again).rejects.toThrow(`request ${one.clientId} was sent before with other words`)
        expect(await records.fileRequest(one)).toEqual(one)
      },
    )

    it('needs what it speaks of: a comment on nothing is refused', async () => {
      const comment = { clientId: randomUUID(), text: 'Yes', language: 'es', filedMs: 1 }
      const nowhere = { ...comment, requestId: randomUUID(), scenarioId: null }
      await expect(records.comment(nowhere)).rejects.toThrow('subject: there is no request')
    })

    it('comes with its audit row or not at all', async () => {
      const { engine } = records
      const one = request()
      await sql`alter table audit rename to "auditAway"`.execute(engine.db)
      await expect(records.fileRequest(one)).rejects.toThrow()
      await expect(records.configure('half', 1, 'console')).rejects.toThrow()
      await sql`alter table "auditAway" rename to audit`.execute(engine.db)
      expect((await rowsOf(engine, 'requests')).map(({ clientId }) => clientId)).not.toContain(one.clientId)
      expect(await records.configured('half')).toBeUndefined()
      expect(await records.verify()).toMatchObject({ isWhole: true })
    })

    it('is any text, spelled as both engines can hold it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), fc.double(), async (text, any) => {
          const description = `${text}\0\ud800`
          // a minus before nothing is not kept
          const one = request({ description, lat: Number.isFinite(any) ? any + 0 : 0 })
          const first = await records.fileRequest(one)
          expect(await records.fileRequest(one)).toEqual(first)
          expect(first.description).toBe(`${text.replaceAll('\0', '')}\ufffd`)
        }),
        { numRuns: 12 },
      )
      expect(await records.verify()).toMatchObject({ isWhole: true })
    })
  })

  it('any order of writes, repeats and restarts leaves the first of each id, and one audit row of each', async () => {
    const { length } = await rowsOf(records.engine, 'audit')
    const model = new Map<string, string>()
    const ids: string[] = Array.from({ length: 12 }, () => randomUUID())
    const step = fc.record({
      clientId: fc.constantFrom(...ids),
      description: fc.constantFrom('a', 'b'),
      closes: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const { clientId, description, closes } of steps) {
          if (closes) await reopen()
          const first = model.get(clientId) ?? description
          const answer = records.fileRequest(request({ clientId, description })).then(
            (kept) => kept.description,
            (error: Error) => error.constructor,
          )
          expect(await answer).toBe(first === description ? first : RecordConflict)
          model.set(clientId, first)
        }
      }),
      { numRuns: 8 },
    )
    const stored = (await records.requestsSince('small', 0)).filter(({ clientId }) => ids.includes(clientId))
    expect(new Map(stored.map(({ clientId, description }) => [clientId, description]))).toEqual(model)
    expect(await rowsOf(records.engine, 'audit')).toHaveLength(length + model.size)
  })

  it('gives a city’s requests since a time, oldest first', async () => {
    for (const filedMs of [30, 10, 20]) await records.fileRequest(request({ cityId: 'old', filedMs }))
    await records.fileRequest(request({ cityId: 'elsewhere', filedMs: 15 }))
    expect((await records.requestsSince('old', 15)).map(({ filedMs }) => filedMs)).toEqual([20, 30])
  })

  it('a setting that is set to what it is writes nothing', async () => {
    await records.configure('same', [1, 2], 'console')
    const { length } = await rowsOf(records.engine, 'audit')
    await records.configure('same', [1, 2], 'console')
    expect(await rowsOf(records.engine, 'audit')).toHaveLength(length)
  })

  it('records newer than the program are refused, with both versions', async () => {
    const { db } = records.engine
    const newer = LATEST_VERSION + 3
    await db.insertInto('migrations').values({ number: newer, name: 'later', atMs: 1 }).execute()
    const opening = Records.open(place)
    await expect(opening).rejects.toThrow(
      `the records are of version ${newer} and this program knows version ${LATEST_VERSION}`,
    )
    await db.deleteFrom('migrations').where('number', '=', newer).execute()
    await reopen()
  })
}
