/** What desks do through the server's doors: said on a socket, told to every desk and wall, read over HTTP, by roles. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskAct } from '../../../twin/protocol/deskMessages.ts'
import { serveTown, type ServedTown, type TestSocket } from '../fixtures/servedTown.ts'

let town: ServedTown

beforeAll(async () => {
  town = await serveTown(10)
})
afterAll(() => town?.close())

const get = async (path: string) => (await fetch(`${town.address}${path}`)).json()
const connected = (socket: TestSocket) =>
  new Promise<TestSocket>((resolve) => socket.on('connect', () => resolve(socket)))
const report = () => ({
  clientId: randomUUID(),
  serviceCode: 'outage',
  lng: -56.17,
  lat: -34.89,
  description: 'No light since noon',
})
const say = (act: string, more: object) =>
  ({ clientId: randomUUID(), who: 'desk 1', act, ...more }) as unknown as DeskAct

describe('incidents', () => {
  it('are opened, owned and told to every desk at once, and read with their log', async () => {
    const [one, other] = await Promise.all([connected(town.connect()), connected(town.connect())])
    const told = new Promise((resolve) => other.on('desk', resolve))
    const incident = randomUUID()
    const opening = say('open', { kind: 'incident', incident, of: { what: 'words', title: 'A tree fell' } })
    const first = await one.emitWithAck('actAtDesk', { ...opening, clientId: incident } as DeskAct)
    expect(first).toMatchObject({ ok: true, atMs: expect.any(Number) as number })
    expect(await told).toEqual({ kind: 'incident' })
    const own = say('own', { kind: 'incident', incident })
    const owned = await one.emitWithAck('actAtDesk', own)
    expect(await one.emitWithAck('actAtDesk', own)).toEqual(owned)
    const [listed] = (await get('/api/incidents')) as { log: object[] }[]
    expect(listed).toMatchObject({ id: incident, title: 'A tree fell', state: 'owned', owner: 'desk 1' })
    expect(listed.log).toMatchObject([{ act: 'open' }, { act: 'own', who: 'desk 1' }])
    expect(await get(`/api/incidents/${incident}`)).toEqual(listed)
    expect(
      await one.emitWithAck('actAtDesk', say('clear', { kind: 'incident', incident, text: 'x' })),
    ).toEqual({
      ok: false,
      error: 'act: it is owned; clear is for one that is handled',
    })
    const [atMs] = listed.log.map((entry) => (entry as { atMs: number }).atMs)
    const acts = (await get(`/api/desk/acts?from=${atMs}&to=${atMs + 60_000}`)) as { desk: object[] }
    expect(acts.desk).toMatchObject([{ act: 'open' }, { act: 'own' }])
  })

  it.each([
    ['/api/incidents/none', 404],
    ['/api/desk/acts', 400],
    ['/api/desk/acts?from=2&to=1', 400],
    ['/api/desk/acts?from=0&to=9000000000000', 400],
  ])('that are asked for wrongly are refused: %s', async (path, status) => {
    expect((await fetch(`${town.address}${path}`)).status).toBe(status)
  })
})

describe('a person’s report', () => {
  it('is answered by a desk, and its phone reads the answer by the report’s own id', async () => {
    const socket = town.connect()
    const filed = report()
    const { request } = (await socket.emitWithAck('fileRequest', filed)) as { request: number }
    expect(await get('/api/reports')).toMatchObject([
      { id: filed.clientId, state: 'open', row: request, description: filed.description },
    ])
    expect(await get(`/api/requests/${filed.clientId}`)).toMatchObject({ row: request, status: 'open' })
    const of = { kind: 'report', report: filed.clientId }
    await socket.emitWithAck('actAtDesk', say('assign', { ...of, to: 'gridControl' }))
    await socket.emitWithAck('actAtDesk', say('answer', { ...of, text: 'Back by six' }))
    for (const path of [filed.clientId, String(request)])
      expect(await get(`/api/requests/${path}`)).toMatchObject({
        desk: { state: 'assigned', answer: 'Back by six' },
      })
  })

  it('that a desk closes is closed in the twin too, by the operator’s word', async () => {
    const socket = town.connect()
    const filed = report()
    await socket.emitWithAck('fileRequest', filed)
    await socket.emitWithAck('actAtDesk', say('close', { kind: 'report', report: filed.clientId }))
    await expect
      .poll(() => get(`/api/requests/${filed.clientId}`), { timeout: 10_000 })
      .toMatchObject({
        status: 'closed',
        provenance: { status: { kind: 'manual', sources: [{ id: 'operator' }] } },
      })
  })
})

it('an incident names in its log what was taken out of it again', async () => {
  const socket = await connected(town.connect())
  const filed = report()
  await socket.emitWithAck('fileRequest', filed)
  const incident = randomUUID()
  const of = { kind: 'incident', incident }
  const opening = say('open', { ...of, of: { what: 'words', title: 'A tree fell' } })
  await socket.emitWithAck('actAtDesk', { ...opening, clientId: incident } as DeskAct)
  const part = { what: 'report', id: filed.clientId }
  for (const act of ['join', 'leave'])
    expect(await socket.emitWithAck('actAtDesk', say(act, { ...of, part }))).toMatchObject({ ok: true })
  expect(await socket.emitWithAck('actAtDesk', say('leave', { ...of, part }))).toEqual({
    ok: false,
    error: 'part: this report is not in it',
  })
  const named = { part: { ...part, serviceCode: 'outage' } }
  expect(await get(`/api/incidents/${incident}`)).toMatchObject({
    parts: [],
    log: [{ act: 'open' }, { act: 'join', ...named }, { act: 'leave', ...named }],
  })
})

it('on an open server, only planners act and read reports; what desks do is not told to the public', async () => {
  const open = await serveTown(10, { isOpen: true })
  try {
    const socket = await connected(open.connect())
    const refused = await socket.emitWithAck(
      'actAtDesk',
      say('own', { kind: 'incident', incident: randomUUID() }),
    )
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('needs a token') as string })
    for (const path of ['/api/incidents', '/api/reports', '/api/shifts', '/api/desk/acts?from=0&to=1'])
      expect((await fetch(`${open.address}${path}`)).status).toBe(403)
    let heard = 0
    socket.on('desk', () => heard++)
    open.served.context.hub().tellDesks('incident')
    await socket.emitWithAck('clock', {})
    expect(heard).toBe(0)
  } finally {
    await open.close()
  }
})

it('is written down: every act has its line in the reference', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../public/docs/incidents.md'), 'utf8')
  const acts = ['open', 'join', 'leave', 'own', 'lead', 'handle', 'note', 'clear']
  const others = ['assign', 'merge', 'answer', 'close', 'reopen', 'handOver', 'take']
  for (const act of [...acts, ...others]) expect(page).toContain(`\`${act}\``)
})
