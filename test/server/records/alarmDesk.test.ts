/** What operators do about alarms: kept before it is answered, once, told to a real twin, and shelved again by a run that begins anew. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AlarmDesk, type AlarmTwin } from '../../../server/records/alarmDesk.ts'
import { Records } from '../../../server/records/records.ts'
import { RecordConflict } from '../../../server/records/recordsError.ts'
import { alarmStates, alarmTable } from '../../../twin/alarms/tables.ts'
import type { Columns } from '../../../twin/kernel/table.ts'
import type { HandleAlarm } from '../../../twin/protocol/messages.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import { sqliteEngine } from './sqliteEngine.ts'

const START_MS = 1_714_575_600_000
const city = smallCity()
const sqlite = sqliteEngine()
let records: Records

beforeAll(async () => {
  records = await Records.open(await sqlite.place())
})
afterAll(async () => {
  await records.close()
  sqlite.remove()
})

/** A twin whose first substation has failed, begun at `startMs`. */
function darkTwin(startMs: number): Twin {
  const twin = createTwin(city, { startMs, utcOffsetS: 0, solveEveryS: 60 })
  twin.command({ kind: 'setSubstationInService', substation: 0, isInService: false })
  twin.advance(10)
  return twin
}

function alarmsOf(twin: Twin): Columns<typeof alarmTable.columns> {
  return twin.tables.find(({ spec }) => spec.name === alarmTable.name)?.columns as never
}

function stateOf(twin: Twin): string {
  return alarmStates[alarmsOf(twin).state[0]]
}

function deskOf(twin: Twin, cityId: string): AlarmDesk {
  const host: AlarmTwin = {
    timeMs: () => twin.clock.startMs + twin.clock.tick * 20,
    alarms: () => alarmsOf(twin),
    command: (command) => {
      twin.command(command)
      twin.advance(1)
      return Promise.resolve(-1)
    },
  }
  return new AlarmDesk(records, host, cityId)
}

const first = (twin: Twin, more: object): HandleAlarm =>
  ({
    clientId: randomUUID(),
    alarm: alarmsOf(twin).id[0],
    kind: 'substationOut',
    source: 0,
    who: 'Shift 2',
    ...more,
  }) as HandleAlarm

test('an acknowledgement is kept with who said it, reaches the twin, and is the same when it is said again', async () => {
  const twin = darkTwin(START_MS)
  const desk = deskOf(twin, 'seen')
  const message = first(twin, { act: 'acknowledge' })
  expect(stateOf(twin)).toBe('unacknowledged')
  const atMs = await desk.handle(message, 'planner 1')
  expect(stateOf(twin)).toBe('acknowledged')
  expect(await desk.handle(message, 'planner 1')).toBe(atMs)
  expect(await records.alarmActs('seen', 0, 10)).toMatchObject([
    {
      clientId: message.clientId,
      kind: 'substationOut',
      source: 0,
      act: 'acknowledge',
      who: 'Shift 2',
      atMs,
    },
  ])
  expect(await records.verify()).toMatchObject({ isWhole: true })
  await expect(desk.handle({ ...message, who: 'Shift 3' }, undefined)).rejects.toThrow(RecordConflict)
})

test('a shelf holds in a run that begins anew, for the rest of its time, and not once it was ended', async () => {
  const twin = darkTwin(START_MS)
  const desk = deskOf(twin, 'shelved')
  await desk.handle(first(twin, { act: 'shelve', forS: 3600, reason: 'crew on site' }), undefined)
  expect(stateOf(twin)).toBe('shelved')

  const later = darkTwin(START_MS + 600_000)
  const laterDesk = deskOf(later, 'shelved')
  await laterDesk.begin(later.clock.startMs)
  expect(stateOf(later)).toBe('unacknowledged')
  laterDesk.look()
  expect(stateOf(later)).toBe('shelved')
  const leftTicks = alarmsOf(later).shelvedUntilTick[0] - later.clock.tick
  expect(leftTicks / 50).toBeLessThanOrEqual(3010)
  expect(leftTicks / 50).toBeGreaterThan(2980)
  await laterDesk.handle(first(later, { act: 'unshelve' }), undefined)
  expect(stateOf(later)).toBe('unacknowledged')
  laterDesk.look()
  expect(stateOf(later)).toBe('unacknowledged')

  const last = darkTwin(START_MS + 1_200_000)
  const lastDesk = deskOf(last, 'shelved')
  await lastDesk.begin(last.clock.startMs)
  lastDesk.look()
  expect(stateOf(last)).toBe('unacknowledged')
})

test('a twin that goes on from an older state is brought in line: what was taken off its shelf comes off again', async () => {
  const twin = darkTwin(START_MS)
  const desk = deskOf(twin, 'resumed')
  await desk.handle(first(twin, { act: 'shelve', forS: 3600, reason: 'crew on site' }), undefined)
  const checkpoint = twin.save()
  await desk.handle(first(twin, { act: 'unshelve' }), undefined)
  twin.load(checkpoint)
  await desk.begin(twin.clock.startMs + twin.clock.tick * 20 + 2000)
  expect(stateOf(twin)).toBe('shelved')
  desk.look()
  expect(stateOf(twin)).toBe('unacknowledged')
})

test('an answer that was lost and is asked for again undoes nothing that others did since', async () => {
  const twin = darkTwin(START_MS)
  const desk = deskOf(twin, 'lost')
  const shelve = first(twin, { act: 'shelve', forS: 3600, reason: 'crew on site' })
  await desk.handle(shelve, undefined)
  twin.advance(5)
  await desk.handle(first(twin, { act: 'unshelve' }), undefined)
  await desk.handle(shelve, undefined)
  desk.look()
  expect(stateOf(twin)).toBe('unacknowledged')
})

test('an alarm that is not there, that is another, or to which the act means nothing, is refused in words and not kept', async () => {
  const twin = darkTwin(START_MS)
  const desk = deskOf(twin, 'refused')
  const message = first(twin, { act: 'acknowledge' })
  await expect(desk.handle({ ...message, alarm: 99 }, undefined)).rejects.toThrow('there is no alarm 99')
  await expect(desk.handle({ ...message, source: 1 }, undefined)).rejects.toThrow('of substationOut 1')
  await expect(desk.handle({ ...message, act: 'unshelve' }, undefined)).rejects.toThrow('is unacknowledged')
  expect(await records.alarmActs('refused', 0, 10)).toEqual([])
})
