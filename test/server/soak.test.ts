/** A short part of `npm run prove -- soak`: viewers that come and go, half of them without a word, leave nothing behind. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { untilHolds } from '../prove/chaos/witness.ts'
import { serveTown, type ServedTown } from './fixtures/servedTown.ts'

const VISITS = 80
const AT_ONCE = 20
// A socket that is held on to is more.
const MOST_BYTES_PER_VISIT = 12_000

let town: ServedTown
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

beforeAll(async () => {
  town = await serveTown(10)
}, 60_000)
afterAll(() => town?.close())

async function visit(isRude: boolean): Promise<void> {
  const socket = town.connect()
  const reply = await socket.emitWithAck('subscribe', { stream: 'live' })
  expect(reply.ok).toBe(true)
  await fetch(`${town.address}/api/replay/span`)
  if (isRude) socket.io.engine.transport.close()
  else socket.disconnect()
}

async function visits(count: number): Promise<void> {
  for (let i = 0; i < count; i += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => visit(at % 2 === 0)))
  const { hub } = town.served.context
  expect(await untilHolds(() => hub().viewers === 0, 10_000)).toBeDefined()
}

function held() {
  collectGarbage()
  const sockets = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length
  return { bytes: process.memoryUsage().heapUsed, sockets }
}

it(`${VISITS} visits leave no viewer, no socket and no memory behind`, async () => {
  await visits(AT_ONCE * 2)
  const before = held()
  await visits(VISITS)
  expect(await untilHolds(() => held().sockets <= before.sockets, 10_000)).toBeDefined()
  expect((held().bytes - before.bytes) / VISITS).toBeLessThan(MOST_BYTES_PER_VISIT)
}, 40_000)
