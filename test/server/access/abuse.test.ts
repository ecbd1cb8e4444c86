/** A server that is attacked, one way at a time: each is refused, the server lives, and others are served meanwhile. */
import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readEnvelope } from '../../../twin/protocol/envelope.ts'
import { serveTown, type ServedTown, type TestSocket } from '../fixtures/servedTown.ts'
import { frameOf, openRaw } from '../fixtures/rawSocket.ts'

const MOST_SOCKETS = 5
let town: ServedTown
let witness: TestSocket
let frames = 0

beforeAll(async () => {
  // through a proxy, so that attackers have addresses of their own
  town = await serveTown(10, { isOpen: true, trustedProxies: 1, socketsPerAddress: MOST_SOCKETS })
  witness = from('10.9.9.9')
  witness.on('frame', (bytes) => {
    const { kind, seq } = readEnvelope(bytes)
    if (kind === 'beat') return
    frames++
    witness.emit('ack', { stream: 'live', seq })
  })
  await witness.emitWithAck('subscribe', { stream: 'live' })
})
afterAll(() => town.close())

/** Somebody else who only watches goes on getting frames, and the door still answers. */
afterEach(async () => {
  const before = frames
  await expect.poll(() => frames, { timeout: 4000 }).toBeGreaterThan(before)
  expect((await fetch(`${town.address}/health`)).status).toBe(200)
})

const from = (address: string, headers: Record<string, string> = {}) =>
  town.connect({ extraHeaders: { 'X-Forwarded-For': address, ...headers } })

/** Resolves with true when the socket opens, false when it is refused. */
const isLetIn = (socket: TestSocket) =>
  new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true))
    socket.on('connect_error', () => resolve(false))
  })

const raw = () => openRaw(town.address, { 'X-Forwarded-For': '10.2.0.1' })

describe('refused', () => {
  it('a socket of a foreign page, on either transport', async () => {
    expect(await isLetIn(from('10.2.0.2', { Origin: 'https://evil.example' }))).toBe(false)
    const polling = await fetch(`${town.address}/socket.io/?EIO=4&transport=polling`, {
      headers: { Origin: 'https://evil.example' },
    })
    expect(polling.status).toBe(403)
    expect(await isLetIn(from('10.2.0.2', { Origin: town.address }))).toBe(true)
  })

  it('an event that its role may not use, and an event there is not', async () => {
    const before = town.served.context.hub().refused
    const socket = from('10.2.0.3') as unknown as {
      emitWithAck(event: string, words: unknown): Promise<unknown>
    }
    for (const event of ['startScenario', 'stopScenario', 'constructor', '__proto__', 'hasOwnProperty'])
      expect(await socket.emitWithAck(event, {})).toMatchObject({ ok: false })
    expect(town.served.context.hub().refused - before).toBe(5)
  })

  it('one message that is too large', async () => {
    const socket = await raw()
    socket.send(frameOf({ opcode: 1, isLast: true, payload: Buffer.alloc(70_000, 'x') }))
    expect(await socket.closed).toBe(1009)
  })

  it('one message that says it will be too large, before it comes', async () => {
    const socket = await raw()
    socket.send(frameOf({ opcode: 1, isLast: true, payload: Buffer.alloc(0), saysBytes: 2 ** 40 }))
    expect(await socket.closed).toBe(1009)
  })

  it('one message in a great many fragments', async () => {
    const socket = await raw()
    const one = frameOf({ opcode: 0, isLast: false, payload: Buffer.from('x') })
    socket.send(frameOf({ opcode: 1, isLast: false, payload: Buffer.from('4') }))
    socket.send(Buffer.concat(Array.from({ length: 100 }, () => one)))
    expect(await socket.closed).toBe(1008)
  })

  it('a flood of messages', async () => {
    const socket = from('10.2.0.4')
    const closed = new Promise((resolve) => socket.on('disconnect', resolve))
    for (let i = 0; i < 5000; i++) socket.emit('unsubscribe', { stream: 'live' }, () => undefined)
    expect(await closed).toBe('io server disconnect')
  })

  it('packets that are none', async () => {
    const socket = await raw()
    socket.send(frameOf({ opcode: 1, isLast: true, payload: Buffer.from('40') }))
    for (const packet of ['451-["a",{"_placeholder":true,"num":9}]', '42{', '4999999', '42["a"'])
      socket.send(frameOf({ opcode: 1, isLast: true, payload: Buffer.from(packet) }))
    // Socket.IO drops who speaks no Socket.IO, and who is dropped and stays is cut off
    await socket.closed
  })

  it('more sockets from one address than are allowed, until one of them goes', async () => {
    const before = town.served.context.doorkeeper.refusedSockets
    const sockets = Array.from({ length: MOST_SOCKETS + 3 }, () => from('10.2.0.5'))
    const letIn = await Promise.all(sockets.map(isLetIn))
    expect(letIn.filter(Boolean)).toHaveLength(MOST_SOCKETS)
    expect(town.served.context.doorkeeper.refusedSockets - before).toBe(3)
    sockets[letIn.indexOf(true)].disconnect()
    await expect.poll(() => isLetIn(from('10.2.0.5')), { timeout: 3000 }).toBe(true)
  })

  it('a socket that opens and never says a word', async () => {
    const socket = await raw()
    const openedMs = performance.now()
    await socket.closed
    expect(performance.now() - openedMs).toBeLessThan(10_000)
  }, 15_000)

  it('headers that come one letter at a time', async () => {
    town.served.http.headersTimeout = 300
    const { port } = new URL(town.address)
    const slow = connectTcp(Number(port), '127.0.0.1')
    let said = ''
    slow.on('data', (chunk: Buffer) => (said += chunk.toString()))
    slow.on('error', () => undefined)
    slow.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n')
    const drip = setInterval(() => slow.write('X'), 50)
    await new Promise((resolve) => slow.on('close', resolve))
    clearInterval(drip)
    expect(said).toContain('408 Request Timeout')
    town.served.http.headersTimeout = 10_000
  })

  it('headers without end', async () => {
    const status = await new Promise((resolve) => {
      const asked = request(`${town.address}/`, { headers: { X: 'x'.repeat(100_000) } }, (answer) =>
        resolve(answer.statusCode),
      )
      asked.on('error', resolve)
      asked.end()
    })
    expect(status).toBe(431)
  })

  it('a body that is too large, and one that is no JSON', async () => {
    const post = (body: string) =>
      fetch(`${town.address}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      })
    expect((await post(`{"token":"${'x'.repeat(5000)}"}`)).status).toBe(413)
    expect((await post('{"token"')).status).toBe(400)
  })
})

describe('on loopback, where nobody logs in,', () => {
  let home: ServedTown
  beforeAll(async () => {
    home = await serveTown(10)
  })
  afterAll(() => home.close())

  /** `fetch` would not let us say another Host. */
  const statusAs = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      request(`${home.address}/api/now`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).end()
    })

  it('a page of elsewhere whose name points here gets nothing', async () => {
    expect(await statusAs({ Host: 'evil.example:4400' })).toBe(403)
    expect(await statusAs({ Host: 'localhost:4400' })).toBe(200)
    const socket = home.connect({ extraHeaders: { Host: 'evil.example', Origin: 'http://evil.example' } })
    expect(await isLetIn(socket)).toBe(false)
  })

  it('a proxy that nobody told the server of gets nothing, since all the world may be behind it', async () => {
    expect(await statusAs({ 'X-Forwarded-For': '203.0.113.7' })).toBe(403)
  })
})
