/** The hub over real sockets: keyframes and deltas, slow pages, reports, scenarios, a dying twin. */
import { randomUUID } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishedTables } from '../../../twin/domains.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { FrameDecoder, schemaHash } from '../../../twin/protocol/frame.ts'
import { readEnvelope } from '../../../twin/protocol/envelope.ts'
import type { Reply, ScenarioState, Subscribed, Welcome } from '../../../twin/protocol/messages.ts'
import { POISON_LINK } from '../fixtures/pulseTwin.ts'
import { serveTown, type ServedTown, type TestSocket } from '../fixtures/servedTown.ts'

let town: ServedTown

beforeAll(async () => {
  town = await serveTown(1)
})
afterAll(() => town.close())

/** A page that draws what it gets; `isDrawing` false is one that has hung. */
function watch(
  socket: TestSocket,
  stream: string,
  decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0))),
) {
  const page = {
    decoder,
    ticks: [] as number[],
    keyframes: 0,
    gaps: 0,
    beats: 0,
    hashes: 0,
    isDrawing: true,
    id: -1,
    position: undefined as { epoch: number; seq: number } | undefined,
    async subscribe(had?: { epoch: number; seq: number }) {
      const reply = await new Promise<Reply<Subscribed>>((resolve) =>
        socket.emit('subscribe', { stream, ...(had && { had }) }, (answer) => {
          if (answer.ok) page.id = answer.id
          resolve(answer)
        }),
      )
      return reply
    },
  }
  socket.on('frame', (bytes) => {
    const envelope = readEnvelope(bytes)
    if (envelope.stream !== page.id) return
    if (envelope.kind === 'beat') {
      page.beats++
      return
    }
    const frame = inflateRawSync(envelope.payload)
    if (envelope.kind === 'keyframe') page.keyframes++
    if (decoder.apply(frame)) page.ticks.push(decoder.tick)
    else page.gaps++
    page.position = { epoch: envelope.epoch, seq: envelope.seq }
    if (envelope.stateHash !== undefined) {
      page.hashes++
      expect(decoder.stateHash()).toBe(envelope.stateHash)
    }
    if (page.isDrawing) socket.emit('ack', { stream, seq: envelope.seq })
  })
  return page
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe('the hub', () => {
  it('welcomes a page with what it must know', async () => {
    const socket = town.connect()
    const welcome = await new Promise<Welcome>((resolve) => socket.on('welcome', resolve))
    expect(welcome).toMatchObject({ cityId: 'small', schemaHash: schemaHash(publishedTables), speed: 1 })
  })

  it('gives a keyframe first, then every change after it', async () => {
    const socket = town.connect()
    const page = watch(socket, 'live')
    expect(await page.subscribe()).toMatchObject({ ok: true, isContinued: false })
    await until(() => page.ticks.length >= 3)
    expect([page.keyframes, page.gaps]).toEqual([1, 0])
    const [second, third] = page.ticks.slice(-2)
    expect(third - second).toBe(50)
    const links = page.decoder.tables.find((table) => table.spec.name === 'traffic.links')
    expect(links?.columns['speedMps'][3]).toBe((page.decoder.tick / 50 + 3) % 14)
  })

  it('skips a page that hangs, and catches it up with the present', async () => {
    const slow = town.connect()
    const steady = town.connect()
    const slowPage = watch(slow, 'live')
    const steadyPage = watch(steady, 'live')
    slowPage.isDrawing = false
    await Promise.all([slowPage, steadyPage].map((page) => page.subscribe()))
    const fromTick = steadyPage.decoder.tick
    const fromSeq = steadyPage.position?.seq ?? 0
    await until(() => steadyPage.decoder.tick >= fromTick + 7 * 50)
    expect((slowPage.position?.seq ?? 0) - fromSeq).toBeLessThanOrEqual(5)
    slowPage.isDrawing = true
    slow.emit('ack', { stream: 'live', seq: slowPage.position?.seq ?? 0 })
    await until(() => steadyPage.decoder.tick - slowPage.decoder.tick <= 50)
    expect([slowPage.gaps, steadyPage.gaps]).toEqual([0, 0])
    expect(steadyPage.keyframes).toBe(1)
  })

  it('goes on where a page was when its line was lost, without a keyframe and without a gap', async () => {
    const line = town.connect()
    const before = watch(line, 'live')
    await before.subscribe()
    await until(() => before.position !== undefined)
    line.disconnect()
    const lostAtTick = before.decoder.tick
    await until(() => (town.served.context.live.tick ?? 0) >= lostAtTick + 100)
    const after = watch(town.connect(), 'live', before.decoder)
    expect(await after.subscribe(before.position)).toMatchObject({ ok: true, isContinued: true })
    await until(() => after.ticks.length >= 3)
    expect([after.keyframes, after.gaps, after.ticks[0]]).toEqual([0, 0, lostAtTick + 50])
  })

  it('begins anew with a page whose place it does not know', async () => {
    const page = watch(town.connect(), 'live')
    expect(await page.subscribe({ epoch: 1, seq: 7 })).toMatchObject({ ok: true, isContinued: false })
    await until(() => page.keyframes === 1)
  })

  it('says that the line is well while there is nothing to send', async () => {
    const page = watch(town.connect(), 'live')
    await page.subscribe()
    await until(() => page.ticks.length >= 1)
    const { ticks } = page
    const before = ticks.length
    await until(() => page.beats >= 2)
    expect(ticks.length - before).toBeLessThanOrEqual(2)
  })

  it('files a report once, however often the page sends it', async () => {
    const socket = town.connect()
    const report = {
      clientId: randomUUID(),
      serviceCode: 'outage',
      lng: -56.17,
      lat: -34.89,
      description: 'The street is dark.',
    }
    const [first, second] = await Promise.all([
      socket.emitWithAck('fileRequest', report),
      socket.emitWithAck('fileRequest', report),
    ])
    expect(first).toEqual(second)
    expect(first).toMatchObject({ ok: true })
    const row = first.ok ? first.request : -1
    const answer = await fetch(`${town.address}/api/requests/${row}`)
    expect(await answer.json()).toMatchObject({
      row,
      serviceCode: 'outage',
      cause: 'person',
      provenance: {
        cause: { kind: 'manual', quality: 'good', sources: [{ id: 'people' }] },
        status: { kind: 'simulated', quality: 'good' },
      },
      description: 'The street is dark.',
    })
  })

  it.each([
    ['an unknown service', { serviceCode: 'ufo' }, 'has no service ufo'],
    ['a place far away', { lng: 10, lat: 50 }, 'outside Smalltown'],
    ['an id that is none', { clientId: 'x' }, 'clientId: got "x"'],
    ['a field too many', { isAdmin: true }, 'isAdmin'],
  ])('refuses a report with %s, and says why', async (_case, wrong, sentence) => {
    const socket = town.connect()
    const report = {
      clientId: randomUUID(),
      serviceCode: 'outage',
      lng: -56.17,
      lat: -34.89,
      description: '',
    }
    const answer = (await socket.emitWithAck('fileRequest', { ...report, ...wrong })) as Reply
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(sentence) })
  })

  it('runs a scenario beside the untouched city to its end, and streams both', async () => {
    const socket = town.connect()
    const states: ScenarioState[] = []
    socket.on('scenario', (state) => states.push(state))
    const answer = await socket.emitWithAck('startScenario', {
      edits: [{ kind: 'closeStreet', id: 'a', links: [3] }],
      horizonS: 120,
      speed: 0,
    })
    const id = answer.ok ? answer.id : ''
    await until(() => states.at(-1)?.state === 'done')
    expect(states.at(-1)).toMatchObject({
      id,
      doneS: 120,
      comparison: { indicators: [{ base: 1, edited: 2 }] },
    })
    const edited = watch(socket, id)
    const base = watch(socket, `${id}.base`)
    await edited.subscribe()
    await base.subscribe()
    await until(() => edited.decoder.tick > 0 && edited.decoder.tick === base.decoder.tick)
    const isClosed = [edited, base].map(
      ({ decoder }) =>
        decoder.tables.find((table) => table.spec.name === 'traffic.links')?.columns['isClosed'][3],
    )
    expect(isClosed).toEqual([1, 0])
    expect(edited.decoder.tick).toBe(base.decoder.tick)
    await socket.emitWithAck('stopScenario', { id })
    expect(await socket.emitWithAck('subscribe', { stream: id })).toMatchObject({ ok: false })
  })

  it('lets pages that ask the same share one run, and others wait with their number', async () => {
    const start = (socket: TestSocket, link: number) =>
      socket.emitWithAck('startScenario', {
        edits: [{ kind: 'closeStreet' as const, id: 'a', links: [link] }],
        horizonS: 600,
        speed: 1,
      })
    const [one, two, three] = [town.connect(), town.connect(), town.connect()]
    const told: ScenarioState[] = []
    three.on('scenario', (state) => told.push(state))
    const first = await start(one, 1)
    expect(await start(two, 1)).toEqual(first)
    await start(two, 2)
    await start(three, 4)
    await until(() => told.length > 0)
    expect(told[0]).toMatchObject({ state: 'queued', ahead: 0 })
    one.disconnect()
    two.disconnect()
    await until(() => told.at(-1)?.state === 'running')
    three.disconnect()
  })

  it('shows another hour from its own beginning, to all who ask, and only a few at once', async () => {
    const [one, two] = [town.connect(), town.connect()]
    const show = (socket: TestSocket, atS: number) =>
      socket.emitWithAck('startScenario', { edits: [], horizonS: 3600, speed: 1, atS })
    const states: ScenarioState[] = []
    one.on('scenario', (state) => states.push(state))
    const first = await show(one, 64_800)
    expect(await show(two, 64_800)).toEqual(first)
    await until(() => states.at(-1)?.startMs !== undefined)
    const localS = ((states.at(-1)?.startMs ?? 0) / 1000 - 10_800) % 86_400
    expect(localS).toBe(64_800)
    await show(two, 28_800)
    expect(await show(one, 0)).toMatchObject({
      ok: false,
      error: expect.stringContaining('2 other hours'),
      busy: 'hours',
    })
    one.disconnect()
    two.disconnect()
  })

  it('keeps the scenario of a page whose line drops and comes back', async () => {
    const page = { page: randomUUID() }
    const before = town.connect({ auth: page })
    const answer = await before.emitWithAck('startScenario', {
      edits: [{ kind: 'closeStreet', id: 'a', links: [5] }],
      horizonS: 600,
      speed: 1,
    })
    const id = answer.ok ? answer.id : ''
    before.disconnect()
    const after = town.connect({ auth: page })
    const states: ScenarioState[] = []
    after.on('scenario', (state) => states.push(state))
    await until(() => states.at(-1)?.id === id && states.at(-1)?.state === 'running')
    expect(await town.connect().emitWithAck('stopScenario', { id })).toMatchObject({ ok: false })
    expect(await after.emitWithAck('stopScenario', { id })).toEqual({ ok: true })
  })

  it('refuses a scenario that neither edits nor shows anything', async () => {
    const answer = await town.connect().emitWithAck('startScenario', { edits: [], horizonS: 60, speed: 1 })
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('an hour to show') })
  })

  it('lives a street that is built where a typical hour begins, and refuses it at a moment that is driven', async () => {
    const socket = town.connect()
    const states: ScenarioState[] = []
    socket.on('scenario', (state) => states.push(state))
    const edits = [{ kind: 'addLanes' as const, id: 'a', links: [5], lanes: 1 }]
    const asked = { edits, horizonS: 60, speed: 0 }
    expect(await socket.emitWithAck('startScenario', asked)).toMatchObject({
      ok: false,
      refused: { refused: { why: 'builtBefore' } },
    })
    expect(await socket.emitWithAck('startScenario', { ...asked, atS: 64_800 })).toMatchObject({ ok: true })
    await until(() => states.at(-1)?.state === 'done')
    socket.disconnect()
  })

  it('refuses edits of rows the city has not', async () => {
    const answer = await town.connect().emitWithAck('startScenario', {
      edits: [{ kind: 'closeStreet', id: 'a', links: [4_000_000] }],
      horizonS: 60,
      speed: 1,
    })
    expect(answer).toMatchObject({
      ok: false,
      error: expect.stringContaining('edit a (closeStreet): there is no link 4000000'),
      // the facts of it, which a page says in its reader's language
      refused: { edit: { id: 'a' }, refused: { why: 'noSuchRow', facts: { row: 4_000_000 } } },
    })
  })

  it('starts the twin again when its thread dies, and pages go on with a keyframe', async () => {
    const socket = town.connect()
    const page = watch(socket, 'live')
    await page.subscribe()
    await until(() => page.keyframes === 1)
    const report = {
      clientId: randomUUID(),
      serviceCode: 'queue',
      lng: -56.17,
      lat: -34.89,
      description: 'filed before the fall',
    }
    await socket.emitWithAck('fileRequest', report)
    void town.served.context.live
      .command({ kind: 'setLinkClosed', link: POISON_LINK, isClosed: true })
      .catch(() => undefined)
    await until(() => page.keyframes === 2)
    const health = (await (await fetch(`${town.address}/health`)).json()) as Record<string, unknown>
    expect(health).toMatchObject({ status: 'running', restarts: 1 })
    expect(health['lastFailure']).toContain('poisoned')
    expect(town.logged.join()).toContain("The twin's thread died")
    const again = await socket.emitWithAck('fileRequest', report)
    const filed = await fetch(`${town.address}/api/requests/${again.ok ? again.request : -1}`)
    expect(await filed.json()).toMatchObject({ status: 'open', description: 'filed before the fall' })
  })
})
