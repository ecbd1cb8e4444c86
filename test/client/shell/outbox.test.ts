/** A report written on a device is never lost, and never filed twice. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepReport, makeClientId, readOutbox, sendWaiting } from '../../../client/shell/outbox.ts'
import type { FileRequest } from '../../../twin/protocol/messages.ts'
import { memoryKeep } from './memoryKeep.ts'

const report = (clientId: string): FileRequest => ({
  clientId,
  serviceCode: 'pothole',
  lng: -56.16,
  lat: -34.9,
  description: 'Deep',
})

test('without a line a report waits, and goes out later under the same id', async () => {
  const keep = memoryKeep()
  keepReport(keep, report('a'), 1, 'town')
  await sendWaiting(keep, () => Promise.reject(new Error('offline')), 'town')
  expect(readOutbox(keep)[0].state).toBe('waiting')

  const sent: FileRequest[] = []
  await sendWaiting(
    keep,
    (given) => {
      sent.push(given)
      return Promise.resolve({ ok: true, request: 12 })
    },
    'town',
  )
  await sendWaiting(keep, () => Promise.reject(new Error('must not be called')), 'town')
  expect(sent).toEqual([report('a')])
  expect(readOutbox(keep)[0]).toMatchObject({ state: 'filed', request: 12 })
})

test('what the server refuses says why and is not sent again', async () => {
  const keep = memoryKeep()
  keepReport(keep, report('a'), 1, 'town')
  await sendWaiting(keep, () => Promise.resolve({ ok: false, error: 'serviceCode: unknown' }), 'town')
  expect(readOutbox(keep)[0]).toMatchObject({ state: 'refused', error: 'serviceCode: unknown' })
})

test('oldest goes first; newest is read first; one id is kept once', async () => {
  const keep = memoryKeep()
  for (const [writtenMs, id] of ['a', 'b', 'a'].entries()) keepReport(keep, report(id), writtenMs, 'town')
  const order: string[] = []
  await sendWaiting(
    keep,
    ({ clientId }) => {
      order.push(clientId)
      return Promise.resolve({ ok: true, request: 1 })
    },
    'town',
  )
  expect(order).toEqual(['b', 'a'])
  expect(readOutbox(keep).map(({ clientId }) => clientId)).toEqual(['a', 'b'])
})

test('what the server refuses only for now goes on waiting', async () => {
  const keep = memoryKeep()
  keepReport(keep, report('a'), 1, 'town')
  const busy = { ok: false, error: 'too many at once', isTemporary: true } as const
  expect(await sendWaiting(keep, () => Promise.resolve(busy), 'town')).toBe(0)
  expect(readOutbox(keep)[0].state).toBe('waiting')
})

test('a report for one city is not sent to the server of another', async () => {
  const keep = memoryKeep()
  keepReport(keep, report('a'), 1, 'town')
  await sendWaiting(keep, () => Promise.reject(new Error('must not be called')), 'village')
  expect(await sendWaiting(keep, () => Promise.resolve({ ok: true, request: 1 }), 'town')).toBe(1)
})

test('old answers are forgotten, what waits never is', async () => {
  const keep = memoryKeep()
  for (let i = 0; i < 30; i++) keepReport(keep, report(`waits ${i}`), i, 'town')
  expect(readOutbox(keep)).toHaveLength(30)
  await sendWaiting(keep, () => Promise.resolve({ ok: true, request: 1 }), 'town')
  keepReport(keep, report('new'), 99, 'town')
  const entries = readOutbox(keep)
  expect(entries).toHaveLength(20)
  expect(entries[0]).toMatchObject({ clientId: 'new', state: 'waiting' })
})

test('the list that older pages kept is read, and sent', async () => {
  const old = { ...report('a'), writtenMs: 1, state: 'waiting' }
  const keep = memoryKeep({ 'citytwin.outbox': JSON.stringify([old, 7]) })
  expect(readOutbox(keep)).toEqual([old])
  expect(keep.getItem('citytwin.outbox')).toBeNull()
  expect(await sendWaiting(keep, () => Promise.resolve({ ok: true, request: 1 }), 'town')).toBe(1)
})

test('where nothing can be kept, the writer is told', () => {
  expect(() => keepReport(undefined, report('a'), 1, 'town')).toThrow('this browser keeps nothing')
  expect(readOutbox(undefined)).toEqual([])
})

test('every report has an id of its own, a version 4 UUID', () => {
  const ids = Array.from({ length: 100 }, makeClientId)
  expect(new Set(ids).size).toBe(100)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('whatever nonsense is kept on the device, the outbox opens', () => {
  const key = fc.constantFrom('citytwin.outbox', 'citytwin.outbox.x', 'citytwin.outbox.', 'another')
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(fc.string(), fc.json())), (kept) => {
      expect(Array.isArray(readOutbox(memoryKeep(kept)))).toBe(true)
    }),
  )
})
