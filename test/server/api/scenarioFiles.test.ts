/** Scenarios as documents through the server's doors: saved once, branched, overtaken; published, commented, withdrawn. */
import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPicture } from '../../../server/api/picture.ts'
import { dataVersion } from '../../../server/loop/cityFolder.ts'
import { writeScenario, type Scenario } from '../../../twin/scenario/document.ts'
import type { Publication } from '../../../twin/scenario/publication.ts'
import { serveTown, type ServedTown } from '../fixtures/servedTown.ts'

let town: ServedTown

beforeAll(async () => {
  town = await serveTown(10)
})
afterAll(() => town?.close())

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown> & { readonly error?: string }
}

async function ask(method: string, path: string, said?: unknown, more: HeadersInit = {}): Promise<Answer> {
  const response = await fetch(`${town.address}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...more },
    ...(said !== undefined && { body: JSON.stringify(said) }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

async function documentOf(link: number, parent?: string, more: Partial<Scenario> = {}): Promise<string> {
  const { body } = await ask('GET', '/api/scenario-base')
  const { date, ...base } = body
  return writeScenario({
    citytwin: 'scenario',
    version: 1,
    title: 'Bridge',
    base: { ...base, from: { kind: 'typical', date, at: '18:00' } } as Scenario['base'],
    horizonS: 3600,
    ...(parent !== undefined && { parent }),
    edits: [{ kind: 'closeStreet', id: 'e1', links: [link] }],
    ...more,
  })
}

const view = 'lng=-56.17&lat=-34.89&z=14.00'

describe('a saved scenario', () => {
  it('is kept once under its id, follows its parent, and is overtaken by who came first', async () => {
    const first = randomUUID()
    const document = await documentOf(3)
    const saved = await ask('PUT', `/api/versions/${first}`, { document, view })
    expect(saved).toMatchObject({ status: 200, body: { id: first, tree: first, branch: first, step: 0 } })
    const hash = createHash('sha256').update(document).digest('hex')
    expect(saved.body['hash']).toBe(hash)
    expect(await ask('PUT', `/api/versions/${first}`, { document, view })).toEqual(saved)
    expect(await ask('PUT', `/api/versions/${first}`, { document: await documentOf(2), view })).toMatchObject(
      {
        status: 409,
        body: { error: expect.stringContaining('other words') },
      },
    )

    const next = { parent: first, document: await documentOf(2, hash), view }
    const mine = randomUUID()
    expect(await ask('PUT', `/api/versions/${mine}`, next)).toMatchObject({
      body: { branch: first, step: 1, parent: first },
    })
    const late = randomUUID()
    expect(
      await ask('PUT', `/api/versions/${late}`, { ...next, document: await documentOf(1, hash) }),
    ).toEqual({
      status: 409,
      body: { error: 'others have saved since', newer: mine },
    })
    expect(
      await ask('PUT', `/api/versions/${late}`, {
        ...next,
        isBranch: true,
        document: await documentOf(1, hash),
      }),
    ).toMatchObject({ status: 200, body: { tree: first, branch: late, step: 0, parent: first } })
    const { body: tree } = await ask('GET', `/api/trees/${first}`)
    expect((tree as unknown as { id: string }[]).map(({ id }) => id)).toEqual([first, mine, late])
    const { body: tips } = await ask('GET', '/api/branches')
    expect((tips as unknown as { id: string }[]).map(({ id }) => id).sort()).toEqual([mine, late].sort())
    expect(await ask('GET', `/api/versions/${first}`)).toMatchObject({
      body: { document, view, tip: { id: mine } },
    })
  })

  it.each([
    ['of another city', { base: { city: 'elsewhere' } }, /base.city is elsewhere, expected small/],
    ['of other data', { base: { data: '0123456789ab' } }, /base.data is 0123456789ab/],
    [
      'of rows that are not there',
      { edits: [{ kind: 'closeStreet', id: 'a', links: [4_000_000] }] },
      /no link/,
    ],
    ['that is none', { horizonS: 1 }, /line \d+: horizonS is 1/],
    ['whose parent is another', { parent: '0123456789ab' }, /parent: is 0123456789ab, expected none/],
  ])('is refused with the reason when it is a document %s', async (_, wrong, why) => {
    const good = JSON.parse(await documentOf(3)) as Scenario
    const document = JSON.stringify({
      ...good,
      ...wrong,
      base: { ...good.base, ...('base' in wrong ? wrong.base : {}) },
    })
    const { status, body } = await ask('PUT', `/api/versions/${randomUUID()}`, { document, view })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body.error).toMatch(why)
  })

  it('is not taken from a page of elsewhere', async () => {
    const said = { document: await documentOf(3), view }
    const from = { Origin: 'http://elsewhere.example' }
    expect((await ask('PUT', `/api/versions/${randomUUID()}`, said, from)).status).toBe(403)
  })

  it('begins from a moment that is kept, and says so of one that is not', async () => {
    const { body } = await ask('POST', '/api/moments')
    expect(body).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
      state: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    const { moments, folder } = town.served.context
    const data = dataVersion(folder!)
    const fork = await moments.read(body['state'] as string, data)
    expect(fork.seed).toBe(town.served.context.live.facts?.seed)
    expect(Object.keys(fork.state).length).toBeGreaterThan(0)
    await expect(moments.read('0123456789abcdef', data)).rejects.toThrow('is not kept on this server')
    await expect(moments.read('../../../etc/passwd', data)).rejects.toThrow('is not kept on this server')
    await expect(moments.read(body['state'] as string, 'others')).rejects.toThrow('is of data')
  })
})

describe('a published scenario', () => {
  const publication = (version: string, closesMs = Date.now() + 60_000): Publication => ({
    version,
    assumptions: 'Nobody moves.',
    contact: 'plan@city.example',
    comments: { opensMs: Date.now() - 1000, closesMs },
    edits: [{ en: 'Close Bridge', es: 'Cerrar Puente', lines: [[[-56.17, -34.89]]] }],
  })
  const publish = async (closesMs?: number) => {
    const [version, id] = [randomUUID(), randomUUID()]
    await ask('PUT', `/api/versions/${version}`, { document: await documentOf(3), view })
    const said = { publication: publication(version, closesMs), picture: '' }
    const answer = await ask('PUT', `/api/published/${id}`, said)
    return { id, version, said, answer }
  }

  it('is open to all, takes comments once, and when it is withdrawn says so and why', async () => {
    const { id, said, answer } = await publish()
    expect(answer.status).toBe(200)
    expect(await ask('PUT', `/api/published/${id}`, said)).toEqual(answer)
    const { body } = await ask('GET', `/api/published/${id}`)
    expect(body).toMatchObject({
      scenario: { title: 'Bridge' },
      body: { contact: 'plan@city.example', city: { name: expect.any(String) }, card: {} },
    })
    const saying = `/api/published/${id}/comments/${randomUUID()}`
    const words = { text: 'And the ferry?', language: 'en' }
    const first = await ask('PUT', saying, words)
    expect(first.status).toBe(200)
    expect(await ask('PUT', saying, words)).toEqual(first)
    expect((await ask('GET', `/api/published/${id}/comments`)).body).toMatchObject([words])
    const withdrawal = { id: randomUUID(), reason: 'The bridge has moved' }
    expect((await ask('PUT', `/api/published/${id}/withdrawal`, withdrawal)).status).toBe(200)
    expect((await ask('PUT', `/api/published/${id}/withdrawal`, withdrawal)).status).toBe(200)
    const gone = (await ask('GET', `/api/published/${id}`)).body
    expect(gone).toMatchObject({
      scenario: { title: 'Bridge' },
      withdrawn: { reason: 'The bridge has moved' },
    })
    expect(gone).not.toHaveProperty('body')
    expect(await ask('PUT', saying.replace(/.{12}$/, '0123456789ab'), words)).toMatchObject({ status: 409 })
    expect((await ask('GET', '/api/published')).body).toContainEqual(
      expect.objectContaining({
        id,
        title: 'Bridge',
        timeZone: expect.any(String),
        nowMs: expect.any(Number),
      }),
    )
  })

  it('takes no comments once its window is closed, through no door', async () => {
    const { id, version } = await publish(Date.now() - 500)
    const words = { text: 'Too late', language: 'en' }
    expect(await ask('PUT', `/api/published/${id}/comments/${randomUUID()}`, words)).toMatchObject({
      status: 409,
      body: { error: 'comments are not open now' },
    })
    const comment = { clientId: randomUUID(), subject: { kind: 'scenario' as const, id: version }, ...words }
    expect(await town.connect().emitWithAck('comment', comment)).toMatchObject({ ok: false })
  })

  it('leads from its own address to where its page is', async () => {
    const response = await fetch(`${town.address}/published/abc`, { redirect: 'manual' })
    expect(response.status).toBe(302)
    expect(response.headers.get('Location')).toBe('../published?id=abc')
  })
})

describe('a picture that was sent', () => {
  it('is what its first bytes say, and nothing else is one', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2])
    const url = (type: string, bytes: Buffer) => `data:image/${type};base64,${bytes.toString('base64')}`
    expect(readPicture(url('jpeg', png))).toEqual({ type: 'image/png', bytes: png })
    expect(readPicture(url('svg+xml', png))).toBeUndefined()
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array().map((bytes) => url('png', Buffer.from(bytes))),
        ),
        (text) => {
          const picture = readPicture(text)
          if (picture !== undefined) expect(picture.type).toMatch(/^image\/(png|jpeg|webp)$/)
        },
      ),
    )
  })
})
