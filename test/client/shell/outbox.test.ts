/** A report written on a device is never lost, and never filed twice. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepReport, readOutbox, sendWaiting } from '../../../client/shell/outbox.ts'
import type { FileRequest } from '../../../twin/protocol/messages.ts'

function memory(first?: string) {
  let kept = first ?? null
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }
}

const report = (clientId: string): FileRequest => ({
  clientId,
  serviceCode: 'pothole',
  lng: -56.16,
  lat: -34.9,
  description: 'Deep',
})

test('without a line a report waits, and goes out later under the same id', async () => {
  const keep = memory()
  keepReport(keep, report('a'), 1)
  await sendWaiting(keep, () => Promise.reject(new Error('offline')))
  expect(readOutbox(keep)[0].state).toBe('waiting')

  const sent: FileRequest[] = []
  await sendWaiting(keep, (given) => {
    sent.push(given)
    return Promise.resolve({ ok: true, request: 12 })
  })
  await sendWaiting(keep, () => Promise.reject(new Error('must not be called')))
  expect(sent).toEqual([report('a')])
  expect(readOutbox(keep)[0]).toMatchObject({ state: 'filed', request: 12 })
})

test('what the server refuses says why and is not sent again', async () => {
  const keep = memory()
  keepReport(keep, report('a'), 1)
  await sendWaiting(keep, () => Promise.resolve({ ok: false, error: 'serviceCode: unknown' }))
  expect(readOutbox(keep)[0]).toMatchObject({ state: 'refused', error: 'serviceCode: unknown' })
})

test('oldest goes first; newest is read first; one id is kept once', async () => {
  const keep = memory()
  for (const id of ['a', 'b', 'a']) keepReport(keep, report(id), 1)
  const order: string[] = []
  await sendWaiting(keep, ({ clientId }) => {
    order.push(clientId)
    return Promise.resolve({ ok: true, request: 1 })
  })
  expect(order).toEqual(['b', 'a'])
  expect(readOutbox(keep).map(({ clientId }) => clientId)).toEqual(['a', 'b'])
})

test('whatever nonsense is kept on the device, the outbox opens', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Array.isArray(readOutbox(memory(text)))).toBe(true)
    }),
  )
})
