/** What a page asks for, and when: before the map stands the city's description alone, and its files only where they are in nobody's way. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FrameSource } from '../../../client/source/frameSource.ts'
import { startLive, type Live } from '../../../client/state/live.ts'
import { viewFromQuery } from '../../../client/state/view.ts'

const folder = new URL('../../../data/cities/astana/', import.meta.url)
const names = ['network', 'zones', 'grid', 'transit', 'reports']
const said: string[] = []
const asked: string[] = []
/** Requests under way, and the most that there were at once. */
let open = 0
let mostOpen = 0
let failing = ''
let live: Live

/** As the server has it. */
function fileOf(name: string): Uint8Array {
  return name === 'reports'
    ? readFileSync(new URL('reports.json', folder))
    : gunzipSync(readFileSync(new URL(`${name}.bin.gz`, folder)))
}

async function answer(url: string): Promise<Response> {
  const name = url.split('/').at(-1)!
  asked.push(name)
  mostOpen = Math.max(mostOpen, ++open)
  await Promise.resolve()
  open--
  if (name === failing) throw new TypeError('no line')
  if (name !== 'city') return new Response(fileOf(name) as BodyInit)
  const info = JSON.parse(readFileSync(new URL('city.json', folder), 'utf8')) as object
  const datasets = Object.fromEntries(names.map((each) => [each, { url: `/city/${each}`, bytes: 1 }]))
  return Response.json({ ...info, datasets })
}

const source = {
  open: () => said.push('open'),
  watch: (stream: string) => said.push(`watch ${stream}`),
  close: () => undefined,
} as unknown as FrameSource

beforeEach(() => {
  said.length = 0
  asked.length = 0
  mostOpen = 0
  failing = ''
  vi.stubGlobal('fetch', answer)
  live = startLive(source, viewFromQuery(''))
})
afterEach(() => {
  live.stop()
  vi.unstubAllGlobals()
})

/** Until nothing is under way. */
async function settled(): Promise<void> {
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve))
}

it('before the map stands nothing is asked for but the description of the city', async () => {
  await settled()
  expect(asked).toEqual(['city'])
  expect(said).toEqual([])
})

it('what is begun ahead is a line on which nothing is asked for, and files that come one at a time; neither is begun again', async () => {
  live.beginAhead()
  live.beginAhead()
  await settled()
  expect(asked).toEqual(['city', ...names])
  expect(mostOpen).toBe(1)
  expect(said).toEqual(['open'])
  expect(live.store.get()).toMatchObject({ city: undefined, loading: undefined })
  live.begin()
  live.begin()
  await settled()
  expect(asked).toHaveLength(1 + names.length)
  expect(said).toEqual(['open', 'watch live'])
  expect(live.store.get().city?.info.id).toBe('astana')
})

it('what failed ahead is asked for again when the map stands', async () => {
  failing = 'grid'
  live.beginAhead()
  await settled()
  failing = ''
  live.begin()
  await settled()
  expect(asked).toEqual(['city', 'network', 'zones', 'grid', ...names])
  expect(live.store.get().city?.info.id).toBe('astana')
})

it('what is sent for once the map stands comes all at once', async () => {
  live.begin()
  await settled()
  expect(mostOpen).toBe(names.length)
  expect(live.store.get().city?.info.id).toBe('astana')
})
