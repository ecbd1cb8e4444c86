/** What holds of what desks do on either engine: by the laws, once, in order, and the same after the store is opened again. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordsPlace } from '../../../server/records/engine.ts'
import { OperationsDesk } from '../../../server/records/operationsDesk.ts'
import { Records } from '../../../server/records/records.ts'
import { RecordConflict } from '../../../server/records/recordsError.ts'
import { alarmKinds } from '../../../twin/alarms/catalogue.ts'
import { alarmTable } from '../../../twin/alarms/tables.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import type { DeskAct, IncidentAct } from '../../../twin/protocol/deskMessages.ts'
import { request, rowsOf, type TestEngine } from './testEngine.ts'

const alarms = makeTable(alarmTable, 2).columns
alarms.id[1] = 7
alarms.kind[1] = alarmKinds.findIndex(({ id }) => id === 'feederOut')
alarms.source[1] = 4
alarms.raisedTick[1] = 50
const outage = {
  what: 'alarm',
  alarm: 7,
  kind: 'feederOut',
  source: 4,
  sources: 1,
  isMany: false,
  raisedMs: 1000,
} as const

export function deskFacts(engine: () => TestEngine): void {
  let place: RecordsPlace
  let records: Records
  let news: string[]
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  let desk: OperationsDesk

  const open = async () => {
    records = await Records.open(place)
    const twin = { clock: () => clock, alarms: () => alarms }
    desk = new OperationsDesk(records, twin, 'small', (kind) => news.push(kind))
  }
  beforeAll(async () => {
    place = await engine().place()
    news = []
    await open()
  })
  afterAll(() => records?.close())

  const said = (act: string, more: object) =>
    ({ clientId: randomUUID(), who: 'desk 1', act, ...more }) as unknown as DeskAct
  const ofIncident = (incident: string, act: IncidentAct['act'], more: object = {}) =>
    said(act, { kind: 'incident', incident, ...more })
  const opening = (
    of: object = { what: 'words', title: 'A tree on the road' },
  ): DeskAct & { incident: string } => {
    const incident = randomUUID()
    return { ...ofIncident(incident, 'open', { of }), clientId: incident, incident } as never
  }

  describe('what desks do', () => {
    it('is kept with its audit row, and the same after the store is opened again', async () => {
      const first = opening(outage)
      const before = (await rowsOf(records.engine, 'audit')).length
      clock.tick = 100
      expect(await desk.handle(first, 'planner 1')).toBe(2000)
      clock.tick = 150
      await desk.handle(ofIncident(first.incident, 'own'), 'planner 1')
      await desk.handle(ofIncident(first.incident, 'note', { text: 'Ñandú \0 seen' }), undefined)
      const incident = await desk.incident(first.incident)
      expect(incident).toMatchObject({
        state: 'owned',
        owner: 'desk 1',
        lead: 'gridControl',
        foundMs: 2000,
        sinceMs: 3000,
        parts: [outage],
      })
      await records.close()
      await open()
      expect(await desk.incident(first.incident)).toEqual(incident)
      expect((await rowsOf(records.engine, 'audit')).length).toBe(before + 3)
      expect(await records.verify()).toMatchObject({ isWhole: true })
      expect(news).toEqual(['incident', 'incident', 'incident'])
    })

    it('is done once under an id, whatever came since, and is refused with other words under it', async () => {
      const first = opening()
      await desk.handle(first, undefined)
      const own = ofIncident(first.incident, 'own')
      clock.tick = 200
      const answers = await Promise.all(Array.from({ length: 6 }, () => desk.handle(own, undefined)))
      expect(new Set(answers)).toEqual(new Set([4000]))
      for (const act of ['handle', 'clear'] as const)
        await desk.handle(ofIncident(first.incident, act, act === 'clear' ? { text: 'gone' } : {}), undefined)
      clock.tick = 300
      expect(await desk.handle(own, undefined)).toBe(4000)
      expect((await desk.incident(first.incident))?.log).toHaveLength(4)
      await expect(desk.handle({ ...own, who: 'desk 2' }, undefined)).rejects.toThrow('with other words')
    })

    it('of many desks at once is one course: of six that begin to handle it one does', async () => {
      const first = opening()
      await desk.handle(first, undefined)
      await desk.handle(ofIncident(first.incident, 'own'), undefined)
      const tries = await Promise.allSettled(
        Array.from({ length: 6 }, () => desk.handle(ofIncident(first.incident, 'handle'), undefined)),
      )
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const one of tries)
        if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(RecordConflict)
    })

    it('names what there is: no alarm that is over, no report or scenario that nobody filed', async () => {
      const nothing = randomUUID()
      const wrong = [
        opening({ ...outage, alarm: 8 }),
        opening({ ...outage, source: 5 }),
        opening({ ...outage, raisedMs: 999 }),
        opening({ what: 'report', id: nothing }),
      ]
      for (const one of wrong) await expect(desk.handle(one, undefined)).rejects.toThrow(/there is no/)
      const first = opening()
      await desk.handle(first, undefined)
      const part = { what: 'scenario', id: nothing }
      await expect(desk.handle(ofIncident(first.incident, 'join', { part }), undefined)).rejects.toThrow(
        'there is no scenario',
      )
      await expect(desk.handle(ofIncident(nothing, 'own'), undefined)).rejects.toThrow('there is no incident')
    })

    it('lists incidents that are open however old, and cleared ones for a day of the city', async () => {
      clock.tick = 400
      const [old, done] = [opening(), opening()]
      await desk.handle(old, undefined)
      await desk.handle(done, undefined)
      await desk.handle(ofIncident(done.incident, 'own'), undefined)
      await desk.handle(ofIncident(done.incident, 'handle'), undefined)
      await desk.handle(ofIncident(done.incident, 'clear', { text: 'gone' }), undefined)
      const ids = async () => (await desk.incidents()).map(({ id }) => id)
      expect(await ids()).toEqual(expect.arrayContaining([old.incident, done.incident]))
      clock.tick = 400 + 2 * 86_400 * 50
      expect(await ids()).toContain(old.incident)
      expect(await ids()).not.toContain(done.incident)
      clock.tick = 400
    })

    it('about a report is what its reporter is told, also of a duplicate', async () => {
      const [main, twin] = [request(), request()]
      for (const one of [main, twin]) await records.fileRequest(one)
      const of = (report: string, act: string, more: object = {}) =>
        said(act, { kind: 'report', report, ...more })
      await desk.handle(of(main.clientId, 'assign', { to: 'cityServices' }), undefined)
      await desk.handle(of(twin.clientId, 'merge', { into: main.clientId }), undefined)
      await desk.handle(of(main.clientId, 'answer', { text: 'A crew comes tonight' }), undefined)
      expect(await desk.standing(twin.clientId)).toMatchObject({
        state: 'assigned',
        answer: { text: 'A crew comes tonight' },
      })
      const listed = await desk.reports(main.filedMs, 10)
      expect(listed.map(({ report }) => report.state).sort()).toEqual(['assigned', 'merged'])
      await expect(desk.handle(of(randomUUID(), 'close'), undefined)).rejects.toThrow('there is no report')
      await expect(
        desk.handle(of(main.clientId, 'merge', { into: twin.clientId }), undefined),
      ).rejects.toThrow('is a duplicate of')
    })

    it('at the change of shift is signed by two, and all of a span of time can be read back', async () => {
      const shift = randomUUID()
      clock.tick = 1000
      const words = { kind: 'shift', shift, fromMs: 0, toMs: 20_000, note: '' }
      await desk.handle({ ...said('handOver', words), clientId: shift } as DeskAct, undefined)
      clock.tick = 1050
      await expect(desk.handle(said('take', { kind: 'shift', shift }), undefined)).rejects.toThrow(
        'another desk',
      )
      await desk.handle({ ...said('take', { kind: 'shift', shift }), who: 'day' } as DeskAct, undefined)
      expect(await desk.shifts()).toMatchObject([{ id: shift, handedOverBy: 'desk 1', takenBy: 'day' }])
      expect((await desk.acts(20_000, 21_000)).map(({ act }) => act)).toEqual(['handOver', 'take'])
    })
  })
}
