/** A server that is open to a network: who may do what, with which token, for how long. */
import { describe, expect, afterAll, beforeAll, it } from 'vitest'
import { makeToken } from '../../../server/access/token.ts'
import { manageAccess } from '../../../server/commands/access.ts'
import { serveTown, type ServedTown } from '../fixtures/servedTown.ts'

const run = { edits: [{ kind: 'closeStreet' as const, id: 'a', links: [3] }], horizonS: 60, speed: 0 }
let town: ServedTown
let tokens: Record<'planner' | 'wall', string>

beforeAll(async () => {
  town = await serveTown(10, { isOpen: true, trustedProxies: 1, base: '/twin' })
  const made = town.served.context.doorkeeper.firstTokens(0)
  tokens = Object.fromEntries(made.map(({ role, text }) => [role, text])) as typeof tokens
})
afterAll(() => town.close())

/** Every test comes from an address of its own, as a proxy would say it. */
let addresses = 0
const address = () => `10.1.0.${++addresses}`

function tryToken(token: unknown, from = address(), headers: Record<string, string> = {}) {
  return fetch(`${town.address}/twin/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from, ...headers },
    body: JSON.stringify({ token }),
  })
}

async function cookieFor(token: string): Promise<string> {
  return (await tryToken(token)).headers.get('set-cookie')?.split(';')[0] ?? ''
}

const connect = (cookie?: string) =>
  town.connect({ path: '/twin/socket.io', ...(cookie && { extraHeaders: { Cookie: cookie } }) })

const accessOf = async (cookie: string) =>
  (await (await fetch(`${town.address}/twin/api/access`, { headers: { Cookie: cookie } })).json()) as object

describe('an open server', () => {
  it('makes a token for planners and one for walls at its first start, and never again', () => {
    expect(Object.keys(tokens)).toEqual(['planner', 'wall'])
    expect(town.served.context.doorkeeper.firstTokens(0)).toEqual([])
  })

  it('lets everyone view and report', async () => {
    expect(await accessOf('')).toEqual({ isOpen: true, roles: ['public'] })
    expect((await fetch(`${town.address}/twin/api/now`)).status).toBe(200)
    const socket = connect()
    expect(await socket.emitWithAck('subscribe', { stream: 'live' })).toMatchObject({ ok: true })
    const report = {
      clientId: crypto.randomUUID(),
      serviceCode: 'outage',
      lng: -56.17,
      lat: -34.89,
      description: '',
    }
    expect(await socket.emitWithAck('fileRequest', report)).toMatchObject({ ok: true })
  })

  it('refuses a scenario of the public, and of a wall, with a sentence, and counts', async () => {
    const before = town.served.context.hub().refused
    for (const cookie of [
      undefined,
      await cookieFor(tokens.wall),
      'citytwin-planner=deadbeef.99999999999.x',
    ]) {
      const socket = connect(cookie)
      const answer = { ok: false, error: 'startScenario: this needs a token for planner' }
      expect(await socket.emitWithAck('startScenario', run)).toEqual(answer)
      expect(await socket.emitWithAck('stopScenario', { id: 'x' })).toMatchObject({ ok: false })
      expect(await socket.emitWithAck('subscribe', { stream: 'live' })).toMatchObject({ ok: true })
    }
    expect(town.served.context.hub().refused - before).toBe(6)
  })

  it('lets a wall join and be touched, and only planners steer it', async () => {
    const wall = connect(await cookieFor(tokens.wall))
    const screen = { cols: 1, rows: 1, col: 0, row: 0, widthPx: 1920, heightPx: 1080 }
    expect(await wall.emitWithAck('joinWall', { name: 'hall', screen })).toMatchObject({ ok: true })
    expect(await wall.emitWithAck('touchWall', { name: 'hall', act: 'hold' })).toEqual({ ok: true })
    const dress = { name: 'hall', act: 'dress', theme: 'day' } as const
    const refused = { ok: false, error: 'steerWall: this needs a token for planner' }
    expect(await wall.emitWithAck('steerWall', dress)).toEqual(refused)
    expect(await connect().emitWithAck('joinWall', { name: 'hall', screen })).toMatchObject({ ok: false })
    const told = new Promise((resolve) => wall.once('wall', resolve))
    const planner = connect(await cookieFor(tokens.planner))
    expect(await planner.emitWithAck('steerWall', dress)).toEqual({ ok: true })
    expect(await told).toMatchObject({ name: 'hall', theme: 'day' })
    expect(await planner.emitWithAck('listWalls', {})).toMatchObject({
      ok: true,
      walls: [{ name: 'hall', screens: [screen] }],
    })
  })

  it('says in the audit who it was: one of the public, or a token by its role, number and name', async () => {
    const ofPlanner = connect(await cookieFor(tokens.planner))
    const ofBoth = connect(`${await cookieFor(tokens.planner)}; ${await cookieFor(tokens.wall)}`)
    const wallToken = connect(await cookieFor(tokens.wall))
    const [report, scenario, alarm, seen] = Array.from({ length: 4 }, () => crypto.randomUUID())
    const place = { serviceCode: 'outage', lng: -56.17, lat: -34.89, description: '' }
    const asked = await Promise.all([
      connect().emitWithAck('fileRequest', { clientId: report, ...place }),
      ofBoth.emitWithAck('saveScenario', { clientId: scenario, name: 'x', edits: run.edits, horizonS: 60 }),
      wallToken.emitWithAck('acknowledge', { clientId: alarm, what: 'alarm:customersOut', who: 'Shift 2' }),
      ofPlanner.emitWithAck('acknowledge', { clientId: seen, what: 'alarm:queueLong', who: 'Shift 2' }),
    ])
    expect(asked.map(({ ok }) => ok)).toEqual([true, true, true, true])
    const rows = await town.served.context.records.engine.db.selectFrom('audit').selectAll().execute()
    const actorOf = (id: string) => rows.find(({ subject }) => subject.endsWith(id))?.actor
    const numberOf = (token: string) => token.split('.')[0]
    expect([report, scenario, alarm, seen].map(actorOf)).toEqual([
      'public',
      `planner ${numberOf(tokens.planner)} made at the first start`,
      `wall ${numberOf(tokens.wall)} made at the first start`,
      `planner ${numberOf(tokens.planner)} made at the first start`,
    ])
  })

  it('shows saved scenarios to planners alone, and what is published to all', async () => {
    const asked = (path: string, cookie = '', method = 'GET') =>
      fetch(`${town.address}/twin${path}`, { method, headers: { Cookie: cookie } }).then(
        ({ status }) => status,
      )
    const planner = await cookieFor(tokens.planner)
    const id = crypto.randomUUID()
    for (const path of ['/api/branches', '/api/scenario-base', `/api/trees/${id}`, `/api/versions/${id}`])
      expect(await asked(path)).toBe(403)
    expect(await asked('/api/branches', planner)).toBe(200)
    for (const path of [`/api/versions/${id}`, `/api/published/${id}`, `/api/published/${id}/withdrawal`]) {
      expect(await asked(path, '', 'PUT')).toBe(403)
      expect(await asked(path, planner, 'PUT')).toBe(400)
    }
    expect(await asked('/api/moments', '', 'POST')).toBe(403)
    expect(await asked('/api/published')).toBe(200)
    expect(await asked(`/api/published/${id}`)).toBe(404)
  })

  it('tells everyone the story of a blackout, and lets nobody else end it', async () => {
    const socket = connect()
    const answer = await socket.emitWithAck('playStory', { kind: 'blackout', substation: 0 })
    expect(answer).toMatchObject({ ok: true })
    const id = answer.ok ? answer.id : ''
    expect(await connect().emitWithAck('stopScenario', { id })).toMatchObject({ ok: false })
    expect(await socket.emitWithAck('stopScenario', { id })).toEqual({ ok: true })
  })

  it('gives a session for a token, and runs a planner’s scenario', async () => {
    const answer = await tryToken(tokens.planner, address(), { 'X-Forwarded-Proto': 'https' })
    expect(await answer.json()).toEqual({ role: 'planner' })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; Max-Age=604800; Path=\/twin\/; HttpOnly; SameSite=Lax; Secure$/)
    const session = cookie.split(';')[0]
    expect(await accessOf(session)).toEqual({ isOpen: true, roles: ['public', 'planner'] })
    expect(await connect(session).emitWithAck('startScenario', run)).toMatchObject({ ok: true })
  })

  it('answers every wrong token alike', async () => {
    const other = makeToken('planner', '', 0).text
    const [id] = tokens.planner.split('.')
    const answers = await Promise.all(
      [other, `${id}.${other.split('.')[1]}`, 'x', '', tokens.planner.slice(0, -1)].map(async (wrong) => {
        const answer = await tryToken(wrong)
        return [answer.status, await answer.text(), answer.headers.get('set-cookie')]
      }),
    )
    for (const answer of answers)
      expect(answer).toEqual([401, '{"error":"this is not a token of this server"}', null])
  })

  it.each([[7], [null], [{ $gt: '' }], ['x'.repeat(201)]])('takes %j for no token at all', async (token) => {
    expect((await tryToken(token)).status).toBe(400)
  })

  it('takes no token from a foreign page', async () => {
    const answer = await tryToken(tokens.planner, address(), { Origin: 'https://evil.example' })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
  })

  it('holds up an address that tries too many tokens, even with a right one, and no other', async () => {
    const from = address()
    const statuses = new Set<number>()
    for (let i = 0; i < 12; i++) statuses.add((await tryToken('wrong', from)).status)
    expect([...statuses]).toEqual([401, 429])
    const limited = await tryToken(tokens.planner, from)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '10'])
    // what it says of itself further left changes nothing
    expect((await tryToken(tokens.planner, `9.9.9.9, ${from}`)).status).toBe(429)
    expect((await tryToken(tokens.planner)).status).toBe(200)
  })

  it('takes a token at the moment it was made, and no longer once it is revoked', async () => {
    const [, made] = manageAccess(['add', 'planner'], town.stateFolder, 0)
    expect((await tryToken(made)).status).toBe(200)
    manageAccess(['revoke', made.split('.')[0]], town.stateFolder, 0)
    expect((await tryToken(made)).status).toBe(401)
  })

  it('ends the sessions and sockets of a revoked token within seconds, and nobody else’s', async () => {
    const [, added] = manageAccess(['add', 'planner'], town.stateFolder, 0)
    const cookie = await cookieFor(added)
    const [revoked, other] = [connect(cookie), connect(await cookieFor(tokens.planner))]
    await Promise.all([revoked, other].map((socket) => socket.emitWithAck('subscribe', { stream: 'live' })))
    const closed = new Promise((resolve) => revoked.on('disconnect', resolve))
    manageAccess(['revoke', added.split('.')[0]], town.stateFolder, 0)
    expect(await closed).toBe('transport close')
    expect(await accessOf(cookie)).toEqual({ isOpen: true, roles: ['public'] })
    expect(other.connected).toBe(true)
    expect((await tryToken(added)).status).toBe(401)
    expect(await connect(cookie).emitWithAck('startScenario', run)).toMatchObject({ ok: false })
  })

  it('keeps sessions over a restart', async () => {
    const cookie = await cookieFor(tokens.wall)
    const again = await serveTown(10, { isOpen: true }, town.stateFolder)
    const answer = await fetch(`${again.address}/api/access`, { headers: { Cookie: cookie } })
    expect(await answer.json()).toEqual({ isOpen: true, roles: ['public', 'wall'] })
    await again.close()
  })

  it('is under its base with and without a proxy that takes it off, and sends the bare base on', async () => {
    expect((await fetch(`${town.address}/health`)).status).toBe(200)
    const bare = await fetch(`${town.address}/twin?lang=es`, { redirect: 'manual' })
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/twin/?lang=es'])
    const slashed = await fetch(`${town.address}/twin/plan/?lang=es`, { redirect: 'manual' })
    expect([slashed.status, slashed.headers.get('location')]).toEqual([302, '../plan?lang=es'])
  })
})
