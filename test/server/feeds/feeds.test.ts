/** Feeds as they are taken: from servers and files, each by itself. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { tellFeed } from '../../../server/api/feeds.ts'
import type { FeedDeclaration } from '../../../server/feeds/declaration.ts'
import { Feed } from '../../../server/feeds/feed.ts'
import { Reader } from '../../../server/feeds/reader.ts'
import { NOW_MS, samples } from '../../prove/feeds/samples.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const sampleOf = (name: string) => samples.find((sample) => sample.name === name)!.bytes

function feedOf(reader: Reader, declaration: Partial<FeedDeclaration>, env: Record<string, string> = {}) {
  let nowMs = NOW_MS
  const feed = new Feed({
    declaration: {
      id: 'f',
      title: 'Feed',
      format: 'gbfs',
      from: '',
      cadenceS: 15,
      freshnessS: 60,
      owner: { name: 'Owner', role: 'public', contact: 'a@example.org' },
      licence: 'CC0-1.0',
      allowPrivate: true,
      ...declaration,
    },
    reader,
    nowMs: () => nowMs,
    dice: () => 0.5,
    env,
    cityUtcOffsetS: () => 0,
  })
  ends.push(() => feed.close())
  return { feed, later: (s: number) => (nowMs += s * 1000) }
}

function newReader(): Reader {
  const reader = new Reader()
  ends.push(() => reader.close())
  return reader
}

interface Answer {
  status?: number | undefined
  bytes: Uint8Array
}

async function serverOf(answer: Answer): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers['if-none-match'] ?? 'all')
    const etag = `"${answer.bytes.length}"`
    if (answer.status === undefined && request.headers['if-none-match'] === etag)
      response.writeHead(304).end()
    else response.writeHead(answer.status ?? 200, { etag }).end(answer.bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`, asked }
}

it('a feed that is killed, garbled and whole again says so, and what was known stays', async () => {
  const answer: Answer = { bytes: sampleOf('station_status.json') }
  const { url } = await serverOf(answer)
  const { feed, later } = feedOf(newReader(), { from: url })
  expect(feed.standing().state).toBe('waiting')
  await feed.look()
  expect(feed.standing()).toMatchObject({ state: 'live', why: '', ageS: 30 })
  answer.status = 503
  later(31)
  await feed.look()
  expect(feed.standing()).toMatchObject({ state: 'down', why: expect.stringContaining('answered 503') })
  answer.status = undefined
  answer.bytes = new TextEncoder().encode('{"data": ')
  await feed.look()
  expect(feed.standing()).toMatchObject({ state: 'malformed', why: expect.stringContaining('json') })
  expect(feed.reading?.shown).toMatchObject([{ what: 'sharing stations', count: 1 }])
  answer.bytes = new TextEncoder().encode(
    new TextDecoder().decode(sampleOf('station_status.json')).replaceAll('17:29', '17:30'),
  )
  await feed.look()
  expect(feed.standing().state).toBe('live')
})

it('a feed is told with what is measured of it, null where nothing is, and without where it comes from', async () => {
  const { url } = await serverOf({ bytes: sampleOf('station_status.json') })
  const { feed } = feedOf(newReader(), { from: `${url}?key=secret` })
  expect(tellFeed(feed)).toMatchObject({ state: 'waiting', ageS: null, quality: { uptime: null }, shown: [] })
  await feed.look()
  const told = tellFeed(feed)
  expect(told).toMatchObject({
    id: 'f',
    promise: { cadenceS: 15, freshnessS: 60 },
    state: 'live',
    ageS: 30,
    quality: { uptime: 1, validity: 1, completeness: 1, freshness: 1 },
    shown: [{ what: 'sharing stations', count: 1 }],
    deviations: {},
  })
  expect(JSON.stringify(told)).not.toContain('secret')
})

it('a feed that has not changed is not read again', async () => {
  const { url, asked } = await serverOf({ bytes: sampleOf('station_status.json') })
  const { feed } = feedOf(newReader(), { from: url })
  await feed.look()
  const first = feed.reading
  await feed.look()
  expect(asked).toEqual(['all', `"${sampleOf('station_status.json').length}"`])
  expect(feed.reading).toBe(first)
  expect(feed.standing().quality).toMatchObject({ uptime: 1, validity: 1 })
})

it('a file is read when it has changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'requests.json')
  const { feed } = feedOf(newReader(), { from: file, format: 'open311' })
  await feed.look()
  // where on this machine it lies is nobody's business
  expect(feed.standing()).toMatchObject({ state: 'down', why: 'requests.json cannot be read (ENOENT)' })
  writeFileSync(file, sampleOf('requests.json'))
  await feed.look()
  const first = feed.reading
  expect(first?.content.requests).toHaveLength(1)
  await feed.look()
  expect(feed.reading).toBe(first)
  utimesSync(file, new Date(), new Date(Date.now() + 5000))
  await feed.look()
  expect(feed.reading).not.toBe(first)
})

it('a feed that takes the thread with it is refused, and the next is read', async () => {
  const reader = newReader()
  const { url } = await serverOf({ bytes: sampleOf('station_status.json') })
  const { feed: other } = feedOf(reader, { from: url })
  // no such format: a fault of ours, which ends the thread
  const hostile = reader.read({
    format: 'gtfs',
    file: { name: 'x', bytes: undefined as unknown as Uint8Array },
    options: { nowMs: NOW_MS, utcOffsetS: 0 },
  })
  const look = other.look()
  await expect(hostile).rejects.toThrow(/reading failed/)
  await look
  expect(other.standing().state).toBe('live')
})

it('a key is taken from the environment, and its absence is said', async () => {
  const { url } = await serverOf({ bytes: sampleOf('station_status.json') })
  const headersFromEnv = { 'x-api-key': 'FEED_KEY' }
  const { feed } = feedOf(newReader(), { from: url, headersFromEnv })
  await feed.look()
  expect(feed.standing()).toMatchObject({
    state: 'down',
    why: expect.stringContaining('FEED_KEY is not set'),
  })
  const { feed: keyed } = feedOf(newReader(), { from: url, headersFromEnv }, { FEED_KEY: 'k' })
  await keyed.look()
  expect(keyed.standing().state).toBe('live')
})
