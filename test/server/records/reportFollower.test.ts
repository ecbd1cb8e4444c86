/** The twin's rows of people's reports follow what desks say of them: at once, again in a run that begins anew, and when store or twin were away. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { OperationsDesk } from '../../../server/records/operationsDesk.ts'
import { Records } from '../../../server/records/records.ts'
import { ReportFollower } from '../../../server/records/reportFollower.ts'
import { RequestDesk } from '../../../server/records/requestDesk.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { alarmTable } from '../../../twin/alarms/tables.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { DeskAct } from '../../../twin/protocol/deskMessages.ts'
import { requestCauses, requestStatuses } from '../../../twin/reports/tables.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import { sqliteEngine } from './sqliteEngine.ts'

const PERSON = requestCauses.indexOf('person')
const city = smallCity()
const options = { startMs: 1_714_575_600_000, utcOffsetS: 0, solveEveryS: 60 }
const sqlite = sqliteEngine()
let records: Records

beforeAll(async () => {
  records = await Records.open(await sqlite.place())
})
afterAll(async () => {
  await records.close()
  sqlite.remove()
})

/** Desks over a real twin, which may be put in another's place; both store and twin can be away. */
function makeRoom() {
  const room = {
    twin: createTwin(city, options),
    told: 0,
    isTwinAway: false,
    isStoreAway: false,
  }
  const command = (said: Parameters<typeof room.twin.command>[0]) => {
    if (room.isTwinAway) return Promise.reject(new Error('the twin is being restarted'))
    room.told++
    room.twin.command(said)
    room.twin.step()
    const { cause, openedTick } = room.twin.reports.requests.columns
    const isFiled = (row: number) => cause[row] === PERSON && openedTick[row] === room.twin.clock.tick
    return Promise.resolve(said.kind === 'fileRequest' ? cause.findIndex((_, row) => isFiled(row)) : -1)
  }
  const requests = new RequestDesk(records, command)
  const operations = new OperationsDesk(
    records,
    { clock: () => room.twin.clock, alarms: () => makeTable(alarmTable, 0).columns },
    'small',
    () => follower.changed(),
  )
  const follower = new ReportFollower(
    { requests: () => room.twin.reports.requests.columns, command },
    requests,
    (ids) => (room.isStoreAway ? Promise.reject(new Error('disk I/O error')) : operations.statuses(ids)),
  )
  return {
    room,
    requests,
    follower,
    async file(): Promise<string> {
      const clientId = randomUUID()
      await requests.file(city, {
        clientId,
        serviceCode: 'outage',
        lng: -56.17,
        lat: -34.89,
        description: 'Dark',
      })
      return clientId
    },
    say: (report: string, act: string, more: object = {}) =>
      operations.handle(
        { clientId: randomUUID(), who: 'desk 1', kind: 'report', report, act, ...more } as DeskAct,
        undefined,
      ),
    statusOf: (id: string) =>
      requestStatuses[room.twin.reports.requests.columns.status[requests.rowOf(id) ?? -1]],
    /** The thread dies: another twin, fresh or from a saved state, takes its place. */
    async restart(from: { state: SavedState; atMs: number } | undefined): Promise<void> {
      room.twin = createTwin(city, options)
      if (from !== undefined) room.twin.load(from.state)
      await requests.refile(city, from?.atMs)
    },
  }
}

let here: ReturnType<typeof makeRoom>
beforeEach(() => {
  here = makeRoom()
})

test('what a desk says of a report its row shows, a step further each time; others live by themselves', async () => {
  const [one, other] = [await here.file(), await here.file()]
  for (const [act, more, status] of [
    ['answer', { text: 'seen' }, 'acknowledged'],
    ['assign', { to: 'gridControl' }, 'assigned'],
    ['close', {}, 'closed'],
    // what was closed on the map does not come back to it
    ['reopen', { text: 'too soon' }, 'closed'],
  ] as const) {
    await here.say(one, act, more)
    await expect.poll(() => here.statusOf(one)).toBe(status)
  }
  expect(here.statusOf(other)).toBe('open')
})

test('a duplicate goes with the report that it is of, also when only that one is spoken of', async () => {
  const [one, other] = [await here.file(), await here.file()]
  await here.say(one, 'merge', { into: other })
  await expect.poll(() => here.statusOf(one)).toBe('acknowledged')
  expect(here.statusOf(other)).toBe('open')
  await here.say(other, 'close')
  await expect.poll(() => here.statusOf(one)).toBe('closed')
  expect(here.statusOf(other)).toBe('closed')
})

test('a run that begins anew, or goes on from before the act, is brought in line, and told once', async () => {
  const one = await here.file()
  const saved = { state: here.room.twin.save(), atMs: Date.now() + 1 }
  await here.say(one, 'assign', { to: 'police' })
  await expect.poll(() => here.statusOf(one)).toBe('assigned')
  for (const from of [saved, undefined]) {
    await here.restart(from)
    expect(here.statusOf(one)).toBe('open')
    here.follower.begin()
    await expect.poll(() => here.statusOf(one)).toBe('assigned')
    const { told } = here.room
    here.follower.look()
    expect(here.room.told).toBe(told)
  }
})

test('while store or twin are away nothing is lost: the next frame tries again', async () => {
  const one = await here.file()
  here.room.isStoreAway = true
  await here.say(one, 'assign', { to: 'police' })
  here.room.isTwinAway = true
  here.room.isStoreAway = false
  await new Promise(setImmediate)
  here.follower.look()
  await expect.poll(() => (here.follower.look(), here.statusOf(one))).toBe('open')
  here.room.isTwinAway = false
  await expect.poll(() => (here.follower.look(), here.statusOf(one))).toBe('assigned')
})
