/** The hub against pages that send anything, too much, or from elsewhere. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveTown, type ServedTown, type TestSocket } from '../fixtures/servedTown.ts'

let town: ServedTown

beforeAll(async () => {
  town = await serveTown(10)
})
afterAll(() => town.close())

const events = [
  'subscribe',
  'look',
  'clock',
  'unsubscribe',
  'ack',
  'fileRequest',
  'comment',
  'acknowledge',
  'handleAlarm',
  'actAtDesk',
  'exercise',
  'saveScenario',
  'startScenario',
  'stopScenario',
  'playStory',
  'joinWall',
  'steerWall',
  'touchWall',
  'listWalls',
  'sudo',
  '',
]

/** Sends anything; the typed socket would not let us. */
function emitAnything(socket: TestSocket, event: string, ...rest: unknown[]): void {
  ;(socket as unknown as { emit(...all: unknown[]): void }).emit(event, ...rest)
}

describe('nonsense from a page', () => {
  it('never stops the server', async () => {
    const message = fc.oneof(
      fc.anything(),
      fc.record({ stream: fc.anything(), tick: fc.anything(), id: fc.anything(), edits: fc.anything() }),
      fc.uint8Array({ maxLength: 200 }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...events), message), { minLength: 1, maxLength: 20 }),
        async (said) => {
          const socket = town.connect()
          await new Promise((resolve) => socket.on('connect', () => resolve(undefined)))
          for (const [event, words] of said) {
            try {
              emitAnything(socket, event, words)
            } catch {
              // not all that JavaScript can hold can be sent
            }
          }
          socket.disconnect()
        },
      ),
      { numRuns: 60 },
    )
    expect((await fetch(`${town.address}/health`)).status).toBe(200)
  })

  it('is answered with what was wrong', async () => {
    const socket = town.connect()
    const ask = (event: string, words: unknown) =>
      new Promise((resolve) => emitAnything(socket, event, words, resolve))
    expect(await ask('subscribe', { stream: 7 })).toEqual({
      ok: false,
      error: 'stream: got 7, expected string',
    })
    expect(await ask('subscribe', { stream: '__proto__' })).toMatchObject({ ok: false })
    expect(await ask('sudo', {})).toEqual({ ok: false, error: 'there is no event "sudo"' })
  })

  it('as a speed so low that no timer can wait for it is refused', async () => {
    const edits = [{ kind: 'closeStreet', id: 'a', links: [1] }]
    const said = { edits, horizonS: 600, speed: 5e-324 }
    const socket = town.connect()
    const answer = await new Promise((resolve) => emitAnything(socket, 'startScenario', said, resolve))
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('speed') as string })
  })

  it('in great number is refused, then the socket is closed', async () => {
    const socket = town.connect()
    const closed = new Promise((resolve) => socket.on('disconnect', resolve))
    for (let i = 0; i < 2000; i++) emitAnything(socket, 'subscribe', { stream: 'live' })
    expect(await closed).toBe('io server disconnect')
    expect(town.served.context.hub().refused).toBeGreaterThan(200)
  })

  it('in one huge message closes the socket', async () => {
    const socket = town.connect()
    const closed = new Promise((resolve) => socket.on('disconnect', resolve))
    emitAnything(socket, 'fileRequest', { description: 'x'.repeat(1_000_000) })
    await closed
    expect((await fetch(`${town.address}/health`)).status).toBe(200)
  })

  it('from a foreign page is refused at the door', async () => {
    const answer = await fetch(`${town.address}/socket.io/?EIO=4&transport=polling`, {
      headers: { Origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
    const own = await fetch(`${town.address}/socket.io/?EIO=4&transport=polling`, {
      headers: { Origin: town.address },
    })
    expect(own.status).toBe(200)
  })
})
