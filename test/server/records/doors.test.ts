/** Comments, acknowledgements and saved scenarios through the server's doors. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reply } from '../../../twin/protocol/messages.ts'
import { serveTown, type ServedTown } from '../fixtures/servedTown.ts'

let town: ServedTown

beforeAll(async () => {
  town = await serveTown(10)
})
afterAll(() => town?.close())

const get = async (path: string) => (await fetch(`${town.address}${path}`)).json()
const report = () => ({
  clientId: randomUUID(),
  serviceCode: 'outage',
  lng: -56.17,
  lat: -34.89,
  description: '',
})

describe('the doors of the records', () => {
  it('take a comment on a report once, and give it to all', async () => {
    const socket = town.connect()
    const filed = report()
    const { request } = (await socket.emitWithAck('fileRequest', filed)) as { request: number }
    const { id } = (await get(`/api/requests/${request}`)) as { id: string }
    expect(id).toBe(filed.clientId)
    const comment = {
      clientId: randomUUID(),
      subject: { kind: 'request' as const, id },
      text: 'Sigue oscuro',
      language: 'es-UY',
    }
    const first = await socket.emitWithAck('comment', comment)
    expect(first).toMatchObject({ ok: true })
    expect(await socket.emitWithAck('comment', comment)).toEqual(first)
    expect(await get(`/api/comments?request=${id}`)).toMatchObject([
      { id: comment.clientId, text: 'Sigue oscuro', language: 'es-UY' },
    ])
    expect(await socket.emitWithAck('comment', { ...comment, text: 'No' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('with other words'),
    })
  })

  it('take an acknowledgement of an alarm', async () => {
    const clientId = randomUUID()
    const message = { clientId, what: 'alarm:customersOut', who: 'Shift 2' }
    expect(await town.connect().emitWithAck('acknowledge', message)).toMatchObject({ ok: true })
    expect(await get('/api/acknowledgements')).toMatchObject([{ id: clientId, what: 'alarm:customersOut' }])
  })

  it('save a scenario of rows the city has, and list it', async () => {
    const socket = town.connect()
    const edit = (link: number) => ({ kind: 'closeStreet' as const, id: 'a', links: [link] })
    const scenario = { clientId: randomUUID(), name: 'Bridge', edits: [edit(3)], horizonS: 3600 }
    expect(await socket.emitWithAck('saveScenario', scenario)).toMatchObject({ ok: true })
    expect(await get('/api/scenarios')).toMatchObject([
      { id: scenario.clientId, name: 'Bridge', edits: [edit(3)] },
    ])
    const wrong = { ...scenario, clientId: randomUUID(), edits: [edit(4_000_000)] }
    expect(await socket.emitWithAck('saveScenario', wrong)).toMatchObject({
      ok: false,
      error: expect.stringContaining('there is no link 4000000'),
    })
  })

  it.each([
    ['comment', { subject: { kind: 'city', id: randomUUID() }, text: 'x', language: 'es' }, 'subject.kind'],
    [
      'comment',
      { subject: { kind: 'request', id: randomUUID() }, text: 'x', language: 'es' },
      'there is no request',
    ],
    ['comment', { subject: { kind: 'request', id: randomUUID() }, text: ' ', language: 'es' }, 'text'],
    ['acknowledge', { what: 'any thing', who: 'me' }, 'what'],
    ['saveScenario', { name: 'none', edits: [], horizonS: 3600 }, 'edits'],
  ] as const)('refuse a %s that is wrong, for good: %j', async (event, words, sentence) => {
    const socket = town.connect()
    const answer = (await socket.emitWithAck(event, { clientId: randomUUID(), ...words } as never)) as Reply
    expect(answer).toEqual({ ok: false, error: expect.stringContaining(sentence) })
  })

  it('refuse what is too much at once as something that will pass', async () => {
    const socket = town.connect()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => socket.emitWithAck('fileRequest', report())),
    )
    expect(answers.filter(({ ok }) => !ok)).toEqual([
      { ok: false, error: expect.stringContaining('try again'), isTemporary: true },
      { ok: false, error: expect.stringContaining('try again'), isTemporary: true },
    ])
  })
})
