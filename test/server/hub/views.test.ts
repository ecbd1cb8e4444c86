/** Viewers of parts of a city with real traffic, over real sockets: each has its part of the whole, whatever it looks at next. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Follower } from '../../../client/source/follower.ts'
import { newPartDecoder } from '../../../client/source/newPartDecoder.ts'
import { makeCutter } from '../../../server/hub/cutter.ts'
import type { Hub } from '../../../server/hub/hub.ts'
import type { Stream } from '../../../server/hub/stream.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { readEnvelope, type Position } from '../../../twin/protocol/envelope.ts'
import { FrameDecoder, FrameEncoder } from '../../../twin/protocol/frame.ts'
import type { Granted, Reply, Subscribed, View } from '../../../twin/protocol/messages.ts'
import { pageParser } from '../../../twin/protocol/socketParser.ts'
import { makeTiling, TILE_M } from '../../../twin/tiles.ts'
import { createTwin } from '../../../twin/twin.ts'
import { NO_LINK } from '../../../twin/traffic/tables.ts'
import { makeQuietHub } from '../../bench/load/quietHub.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import type { TestSocket } from '../fixtures/servedTown.ts'

const city = smallCity({ side: 24, residents: 30_000 })
const tiling = makeTiling(city.network)
const twin = createTwin(city, { startMs: Date.UTC(2026, 7, 5, 17, 30), utcOffsetS: 0, demandFactor: 4 })
const whole = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
const encoder = new FrameEncoder(twin.tables)
let http: Server
let hub: Hub
let stream: Stream
const sockets: TestSocket[] = []

beforeAll(async () => {
  twin.advance(600)
  http = createServer()
  hub = makeQuietHub(http)
  stream = hub.openStream('live')
  const bytes = encoder.delta(twin.clock.tick)
  whole.apply(bytes)
  stream.restart({ bytes: bytes.slice().buffer })
  stream.cutBy(makeCutter(city, whole))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await hub.close()
})

let frames = 0
/** One second of the city. */
function next(): void {
  twin.step()
  const bytes = encoder.delta(twin.clock.tick)
  whole.apply(bytes)
  // bundles are inflated part by part; the whole goes as it is here
  stream.frame({ bytes: bytes.slice().buffer, ...(frames++ % 3 === 0 && { stateHash: whole.stateHash() }) })
}

/** A view of columns and rows of tiles. */
function viewOf(columns: readonly [number, number], rows: readonly [number, number], more = {}): View {
  const at = (column: number, row: number) =>
    lngLatFromLocal(city.projection, [tiling.westM + column * TILE_M, tiling.southM + row * TILE_M])
  const [west, south] = at(columns[0] + 0.1, rows[0] + 0.1)
  const [east, north] = at(columns[1] + 0.9, rows[1] + 0.9)
  return { area: [west, south, east, north], ...more }
}

function page() {
  const socket: TestSocket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    parser: pageParser,
  })
  sockets.push(socket)
  const seen = {
    socket,
    decoder: newPartDecoder(),
    follower: new Follower(),
    kinds: [] as string[],
    bytes: 0,
    hashes: 0,
    messages: 0,
    async subscribe(view: View, had?: Position): Promise<Subscribed> {
      const reply = await new Promise<Reply<Subscribed>>((done) =>
        socket.emit('subscribe', { stream: 'live', view, ...(had && { had }) }, (answer) => {
          if (answer.ok) seen.follower.granted = answer.view
          done(answer)
        }),
      )
      if (!reply.ok) throw new Error(reply.error)
      return reply
    },
    look: (view: View | undefined) =>
      new Promise<Reply<Granted>>((done) =>
        socket.emit('look', { stream: 'live', ...(view && { view }) }, (answer) => {
          if (answer.ok) seen.follower.granted = answer.view
          done(answer)
        }),
      ),
    /** Up to the last frame that was sent. */
    async current(): Promise<void> {
      while (seen.decoder.tick !== whole.tick) await new Promise((done) => setTimeout(done, 5))
    },
  }
  socket.on('frame', (bytes) => {
    const envelope = readEnvelope(bytes)
    if (envelope.kind === 'beat') return
    seen.messages++
    seen.bytes += bytes.length
    seen.kinds.push(envelope.kind)
    expect(envelope.isDeflated).toBe(false)
    expect(seen.follower.continues(envelope)).toBe(true)
    expect(seen.decoder.apply(envelope.payload)).toBe(true)
    seen.follower.took(envelope)
    if (envelope.stateHash !== undefined) {
      seen.hashes++
      expect(seen.decoder.stateHash()).toBe(envelope.stateHash)
    }
    socket.emit('ack', { stream: 'live', seq: envelope.seq })
  })
  return seen
}

/** Links and vehicles that a page knows of, against those of the whole in these tiles. */
function expectTiles(seen: ReturnType<typeof page>, tiles: readonly number[], hasVehicles = true): void {
  const [links, vehicles] = seen.decoder.tables
  const [allLinks, allVehicles] = whole.tables
  const isIn = (link: number) => tiles.includes(tiling.tileOfLink[link])
  for (let row = 0; row < allLinks.rows; row++) {
    const speed = links.columns['speedMps'][row]
    if (isIn(row)) expect(speed).toBe(allLinks.columns['speedMps'][row])
    else expect(speed).toBeNaN()
  }
  let known = 0
  for (let row = 0; row < allVehicles.rows; row++) {
    const link = allVehicles.columns['link'][row]
    const isSeen = hasVehicles && link !== NO_LINK && isIn(link)
    if (isSeen) known++
    expect(vehicles.columns['link'][row] ?? NO_LINK).toBe(isSeen ? link : NO_LINK)
    if (isSeen) expect(vehicles.columns['exitTick'][row]).toBe(allVehicles.columns['exitTick'][row])
  }
  if (hasVehicles) expect(known).toBeGreaterThan(0)
  // all else is everyone's
  whole.tables.slice(2).forEach(({ columns }, t) => {
    for (const name in columns) expect(seen.decoder.tables[t + 2].columns[name]).toEqual(columns[name])
  })
}

describe('a viewer of a district', () => {
  it('has its district and nothing else of streets and vehicles, and what changes there', async () => {
    const seen = page()
    expect(await seen.subscribe(viewOf([0, 1], [0, 1]))).toMatchObject({
      detail: 'vehicles',
      isContinued: false,
    })
    const tiles = [0, 1, tiling.columns, tiling.columns + 1]
    await seen.current()
    expectTiles(seen, tiles)
    for (let i = 0; i < 40; i++) next()
    await seen.current()
    expectTiles(seen, tiles)
    expect(seen.kinds.filter((kind) => kind === 'keyframe')).toHaveLength(1)
    expect(seen.hashes).toBeGreaterThan(5)
  })

  it('looks elsewhere in one message, and back to all of it and from there to the main streets', async () => {
    const seen = page()
    await seen.subscribe(viewOf([0, 1], [0, 0]))
    next()
    await seen.current()
    await seen.look(viewOf([1, 2], [0, 0]))
    next()
    await seen.current()
    expectTiles(seen, [1, 2])
    expect(seen.kinds).toEqual(['keyframe', 'delta', 'view', 'delta'])
    expect(await seen.look(viewOf([1, 2], [0, 0], { detail: 'streets' }))).toMatchObject({
      detail: 'streets',
    })
    next()
    await seen.current()
    expectTiles(seen, [1, 2], false)
    expect(await seen.look(viewOf([0, 2], [0, 2], { budgetBps: 100 }))).toMatchObject({ detail: 'overview' })
    next()
    await seen.current()
    const { columns } = seen.decoder.tables[0]
    for (let link = 0; link < whole.tables[0].rows; link++)
      expect(Number.isNaN(columns['speedMps'][link])).toBe(link >= tiling.mainLinks)
    expect(await seen.look(viewOf([0, 1], [0, 0], { layers: ['power'] }))).toMatchObject({
      detail: 'noStreets',
    })
    next()
    await seen.current()
    expectTiles(seen, [], false)
  })

  it('begins anew as often as the source does, also twice without a frame between', async () => {
    const seen = page()
    await seen.subscribe(viewOf([0, 1], [0, 1]))
    await seen.current()
    for (let i = 0; i < 2; i++) stream.restart({ bytes: encoder.keyframe().slice().buffer })
    next()
    await seen.current()
    expectTiles(seen, [0, 1, tiling.columns, tiling.columns + 1])
    expect(seen.kinds).toEqual(['keyframe', 'keyframe', 'keyframe', 'delta'])
  })

  it('goes on where it was when its line was lost, without beginning anew', async () => {
    const before = page()
    const view = viewOf([1, 1], [1, 1])
    await before.subscribe(view)
    next()
    await before.current()
    before.socket.disconnect()
    const { position } = before.follower
    for (let i = 0; i < 5; i++) next()
    const after = page()
    after.decoder = before.decoder
    after.follower = before.follower
    expect(await after.subscribe(view, position)).toMatchObject({ isContinued: true })
    await after.current()
    expectTiles(after, [tiling.columns + 1])
    expect(after.kinds).toEqual(Array(5).fill('delta'))
    const elsewhere = page()
    expect(await elsewhere.subscribe(viewOf([2, 2], [1, 1]), position)).toMatchObject({ isContinued: false })
  })

  it('is sent frames together when it asks for fewer messages', async () => {
    const seen = page()
    await seen.subscribe(viewOf([0, 0], [0, 0], { maxHz: 2 }))
    await seen.current()
    const fromMs = performance.now()
    let batches = 0
    let lastCount = seen.messages
    while (performance.now() - fromMs < 1600) {
      next()
      await new Promise((done) => setTimeout(done, 100))
      if (seen.messages > lastCount) batches++
      lastCount = seen.messages
    }
    expect(batches).toBeLessThanOrEqual(4)
    expect(batches).toBeGreaterThanOrEqual(2)
  })

  it('shares its messages with all who see the same', async () => {
    const pages = [page(), page(), page()]
    const replies = await Promise.all(pages.map((one) => one.subscribe(viewOf([0, 1], [0, 1]))))
    expect(new Set(replies.map(({ view }) => view)).size).toBe(1)
    for (let i = 0; i < 3; i++) next()
    await Promise.all(pages.map((one) => one.current()))
    expect(new Set(pages.map(({ bytes }) => bytes)).size).toBe(1)
  })

  it('is refused an area that is none', async () => {
    const seen = page()
    await expect(seen.subscribe({ area: [0, 0, 0, 95] })).rejects.toThrow(/area/)
    expect(await seen.look(viewOf([0, 0], [0, 0]))).toMatchObject({ ok: false })
  })
})
