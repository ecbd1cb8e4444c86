/**
 * Open311 GeoReport v2: what is filed is there, once per key, in both formats and by the standard's own schemas; what a desk makes of
 * it is told; what is simulated stands apart; what is wrong is refused in the standard's words.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { xmlOf } from '../../../../server/api/standards/xml.ts'
import { requestsQuery } from '../../../../server/api/standards/open311/query.ts'
import { chosen, type ServiceRequest } from '../../../../server/api/standards/open311/requests.ts'
import { Deviations } from '../../../../server/feeds/deviations.ts'
import { open311 } from '../../../../server/feeds/formats/open311/open311.ts'
import { parseXml, textOf } from '../../../../server/feeds/xml.ts'
import type { DeskAct } from '../../../../twin/protocol/deskMessages.ts'
import { cases } from '../../../fixtures/cases.ts'
import { serveTown, type ServedTown } from '../../fixtures/servedTown.ts'

let town: ServedTown
beforeAll(async () => {
  town = await serveTown(10, {}, undefined, true)
}, 120_000)
afterAll(() => town?.close())

const at = (path: string) => `${town.address}${path}`
const get = async <T>(path: string) => (await (await fetch(at(path))).json()) as T
const requests = (query = '', under = '/open311') =>
  get<ServiceRequest[]>(`${under}/v2/requests.json${query && `?${query}`}`)
const good = {
  service_code: 'outage',
  lat: '-34.89',
  long: '-56.17',
  description: 'No light since <noon> & dark',
}
const post = (fields: Record<string, string>, headers: Record<string, string> = {}, format = 'json') =>
  fetch(at(`/open311/v2/requests.${format}`), { method: 'POST', body: new URLSearchParams(fields), headers })
const filed = async (fields: Record<string, string> = good, headers: Record<string, string> = {}) => {
  const answer = await post(fields, headers)
  expect(answer.status).toBe(200)
  const [{ service_request_id: id }] = (await answer.json()) as { service_request_id: string }[]
  return id
}
const read = (bytes: Uint8Array, name: string) => {
  const deviations = new Deviations()
  const content = open311.read({ name, bytes }, { nowMs: Date.now(), utcOffsetS: 0 } as never, deviations)
  return { content, deviations }
}

describe('a report', () => {
  it('that is filed is listed, the newest first, and found by its id', async () => {
    const [one, other] = [await filed(), await filed()]
    const ids = (await requests()).map(({ service_request_id: id }) => id)
    expect(ids.indexOf(other)).toBeLessThanOrEqual(ids.indexOf(one))
    for (const id of [one, other])
      expect(await get(`/open311/v2/requests/${id}.json`)).toMatchObject([
        { service_request_id: id, status: 'open', service_code: 'outage', lat: -34.89, long: -56.17 },
      ])
    expect(await get(`/open311/v2/tokens/${one}.json`)).toEqual([{ service_request_id: one, token: one }])
  })

  it('shows its words to who works here, and to no page of elsewhere', async () => {
    const path = at(`/open311/v2/requests/${await filed()}.json`)
    const asked = async (headers: Record<string, string>) =>
      ((await (await fetch(path, { headers })).json()) as ServiceRequest[])[0].description
    expect(await asked({})).toBe(good.description)
    expect(await asked({ Origin: town.address })).toBe(good.description)
    expect(await asked({ Origin: 'https://elsewhere.example' })).toBeUndefined()
  })

  it('sent twice under one key is filed once, and other words under it are refused', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    expect(await filed(good, key)).toBe(await filed(good, key))
    const same = await requests(`service_request_id=${key['Idempotency-Key']}`)
    expect(same).toHaveLength(1)
    expect((await post({ ...good, description: 'other words' }, key)).status).toBe(409)
  })

  it('in JSON is the same as in a form', async () => {
    const answer = await fetch(at('/open311/v2/requests.json'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ service_code: 'outage', lat: -34.89, long: -56.17 }),
    })
    expect(answer.status).toBe(200)
  })

  it('stands as a desk has left it, with its answer and whose it is', async () => {
    const [id, twin] = [await filed(), await filed()]
    const socket = town.connect()
    const say = (act: string, more: object) =>
      socket.emitWithAck('actAtDesk', {
        clientId: randomUUID(),
        who: 'desk 1',
        kind: 'report',
        act,
        ...more,
      } as DeskAct)
    await say('assign', { report: id, to: 'gridControl' })
    await say('merge', { report: twin, into: id })
    await say('answer', { report: id, text: 'Back by six' })
    expect(await get(`/open311/v2/requests/${id}.json`)).toMatchObject([
      { status: 'open', status_notes: 'Back by six', agency_responsible: 'gridControl' },
    ])
    await say('close', { report: id })
    // a duplicate shares its fate
    for (const one of [id, twin])
      expect(await get(`/open311/v2/requests/${one}.json`)).toMatchObject([{ status: 'closed' }])
    const open = await requests('status=open')
    expect(open.filter((one) => [id, twin].includes(one.service_request_id))).toEqual([])
  })

  it.each([
    [{ lat: '-34.89', long: '-56.17' }, 400, 'service_code was not provided'],
    [{ ...good, service_code: 'unicorns' }, 404, 'service_code: there is no service unicorns'],
    [{ service_code: 'outage', address_string: 'Rambla 1' }, 400, 'was not provided'],
    [{ ...good, lat: 'north' }, 400, 'lat: north came'],
    [{ ...good, lat: '51.5' }, 400, 'is outside'],
    [{ ...good, jurisdiction_id: 'elsewhere' }, 404, 'jurisdiction_id'],
    [{ ...good, description: 'x'.repeat(4001) }, 400, 'description'],
  ])('that is not right is refused: %o', async (fields, status, sentence) => {
    const answer = await post(fields as Record<string, string>)
    const [{ code, description }] = (await answer.json()) as { code: number; description: string }[]
    expect([answer.status, code]).toEqual([status, status])
    expect(description).toContain(sentence)
  })

  it('from a page of elsewhere, or under a key that is none, is refused', async () => {
    expect((await post(good, { Origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post(good, { 'Idempotency-Key': 'again' })).status).toBe(400)
    const xml = await (await post({ lat: '1' }, {}, 'xml')).text()
    expect(textOf(parseXml(Buffer.from(xml)), 'error', 'code')).toBe('400')
  })
})

it('what the twin makes up is under /sim/ alone, and says so', async () => {
  const id = await filed()
  const made = await requests('', '/sim/open311')
  expect(made.map((one) => one.service_request_id)).not.toContain(id)
  for (const one of made) expect(one.description).toMatch(/^simulated/)
  const { endpoints } = await get<{ endpoints: { url: string; type: string }[] }>('/open311/discovery.json')
  expect(endpoints.map(({ type }) => type)).toEqual(['production', 'test'])
  for (const { url } of endpoints) expect((await fetch(`${url}/services.json`)).status).toBe(200)
})

it('our own reader of Open311 finds nothing amiss in either format, and the same in both', async () => {
  await filed()
  const [json, xml] = await Promise.all(
    ['json', 'xml'].map(async (format) => {
      const bytes = new Uint8Array(await (await fetch(at(`/open311/v2/requests.${format}`))).arrayBuffer())
      const { content, deviations } = read(bytes, `requests.${format}`)
      expect(deviations.examples()).toEqual([])
      return content.requests
    }),
  )
  expect(json!.length).toBeGreaterThan(0)
  expect(xml).toEqual(json)
})

describe.skipIf(cases('schemas/open311') === undefined)('by the schemas of the standard', () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(`${cases('schemas/open311')}/${name}`, 'utf8')) as object
  const ajv = new Ajv({ strict: false, validateFormats: false })
  for (const name of ['request.json', 'service.json']) ajv.addSchema(schema(name), name)

  it.each([
    ['requests.json', '/open311/v2/requests.json'],
    ['requests.json', '/sim/open311/v2/requests.json'],
    ['services.json', '/open311/v2/services.json'],
    ['service-definition.json', '/open311/v2/services/outage.json'],
  ])('%s holds of %s', async (name, path) => {
    await filed()
    const isValid = ajv.compile(schema(name))
    expect([isValid(await get(path)), isValid.errors]).toEqual([true, null])
  })
})

it('any text comes back from XML as it was, less what XML has no place for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const kept = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      const xml = xmlOf('services', [{ description: text }], { services: 'service' })
      expect(textOf(parseXml(Buffer.from(xml)), 'service', 'description')).toBe(kept.trim())
    }),
  )
})

it('a list of what is asked for is that of all, less what is not', () => {
  const one = fc.record({
    service_request_id: fc.uuid(),
    status: fc.constantFrom('open' as const, 'closed' as const),
    service_code: fc.constantFrom('a', 'b', 'c'),
    requested_datetime: fc
      .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) })
      .map((ms) => new Date(ms).toISOString()),
  })
  const nowMs = Date.UTC(2026, 11, 31)
  fc.assert(
    fc.property(fc.array(one), fc.constantFrom('a', 'a,b', undefined), (all, codes) => {
      const query = requestsQuery({ service_code: codes, status: 'open' }, nowMs)
      const found = chosen(all, query)
      const due = all.filter(
        (each) =>
          each.status === 'open' &&
          Date.parse(each.requested_datetime) >= nowMs - 90 * 86_400_000 &&
          (codes?.split(',').includes(each.service_code) ?? true),
      )
      expect(new Set(found)).toEqual(new Set(due))
      expect(found.map((each) => each.requested_datetime)).toEqual(
        found.map((each) => each.requested_datetime).sort((a, b) => b.localeCompare(a)),
      )
    }),
  )
})
