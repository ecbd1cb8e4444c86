/** Every HTTP door over a real port: city files, tiles, page, present, past, health. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readColumnsFile } from '../../../twin/kernel/columnsFile.ts'
import { networkSchema } from '../../../twin/traffic/network.ts'
import { serveTown, type ServedTown } from '../fixtures/servedTown.ts'

let town: ServedTown
const page = mkdtempSync(join(tmpdir(), 'citytwin-page-'))

beforeAll(async () => {
  town = await serveTown(20)
})
afterAll(async () => {
  await town.close()
  rmSync(page, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(town.address + path, { headers })
const json = async (path: string) => (await (await get(path)).json()) as never

/** Headers and bytes as they are on the wire; `fetch` would unpack them. */
function raw(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((done, failed) => {
    request(town.address + path, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
      .on('error', failed)
      .end()
  })
}

describe('the city door', () => {
  it('lists the datasets, and each is what it says', async () => {
    const city = (await json('/api/city')) as {
      id: string
      datasets: Record<string, { url: string; bytes: number }>
    }
    expect(city.id).toBe('small')
    expect(Object.keys(city.datasets)).toEqual(['network', 'zones', 'grid', 'transit', 'weather', 'reports'])
    const answer = await get(city.datasets['network'].url)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    const network = readColumnsFile(networkSchema, new Uint8Array(await answer.arrayBuffer())).tables
    expect(network.links.lengthM[0]).toBe(250)
  })

  it('passes the stored gzip on, unpacks it for who cannot, and answers 304 to who has it', async () => {
    const packed = await raw('/city/network', { 'Accept-Encoding': 'gzip' })
    const plain = await raw('/city/network')
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body.subarray(0, 4).toString()).toBe('CTC1')
    expect(packed.body.length).toBeLessThan(plain.body.length)
    const again = await raw('/city/network', { 'If-None-Match': String(packed.headers['etag']) })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  it.each(['/city/passwords', '/city/..%2f..%2fcity.json', '/city/__proto__', '/city/constructor'])(
    'has nothing at %s',
    async (path) => expect((await get(path)).status).toBe(404),
  )
})

describe('the tile door', () => {
  it('gives a stored tile as it is', async () => {
    const answer = await raw('/tiles/0/0/0.mvt', { 'Accept-Encoding': 'gzip' })
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'gzip'])
    expect(await (await get('/tiles/0/0/0.mvt')).text()).toBe('a tile')
    expect((await raw('/tiles/0/0/0.mvt')).body.toString()).toBe('a tile')
  })

  it('answers 204 where the map is empty', async () => {
    expect((await get('/tiles/5/3/3.mvt')).status).toBe(204)
  })

  it.each([
    '/tiles/0/1/0.mvt',
    '/tiles/99/0/0.mvt',
    '/tiles/a/b/c.mvt',
    '/tiles/1/-1/0.mvt',
    '/tiles/5/1e1/3.mvt',
  ])('has no tile %s', async (path) => expect((await get(path)).status).toBe(404))
})

describe('the page door', () => {
  it('says that the page is being built, then gives it as small as the browser takes it', async () => {
    const before = await get('/plan')
    expect([before.status, await before.text()]).toEqual([200, expect.stringContaining('is starting')])
    mkdirSync(join(page, 'assets'))
    writeFileSync(join(page, 'index.html'), '<!doctype html>page')
    writeFileSync(join(page, 'index.html.br'), brotliCompressSync('<!doctype html>page'))
    writeFileSync(join(page, 'assets/main-1a2b3c.js'), 'run()')
    writeFileSync(join(page, '.built'), 'secret')
    town.served.context.page = page
    for (const path of ['/', '/plan', '/wall', '/?lng=1&lat=2']) {
      const answer = await raw(path, { 'Accept-Encoding': 'gzip, br' })
      expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-cache' })
      expect(answer.headers['content-type']).toContain('text/html')
      expect(await (await get(path)).text()).toBe('<!doctype html>page')
    }
    expect((await raw('/')).body.toString()).toBe('<!doctype html>page')
    const script = await raw('/assets/main-1a2b3c.js')
    expect(script.headers['cache-control']).toContain('immutable')
    expect(script.headers['content-type']).toContain('javascript')
    for (const path of ['/.built', '/assets/../.built', '/assets/%2e%2e/.built', '/nothing.js', '/other'])
      expect((await raw(path)).status).toBe(404)
  })

  it('forbids everything from elsewhere', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self';script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://${new URL(town.address).host} `)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect([headers.get('x-powered-by'), headers.get('strict-transport-security')]).toEqual([null, null])
  })

  it.each([
    ['what is no HTTP', 'Connection: close\r\n\r\nno HTTP'],
    ['a body that is none', 'Transfer-Encoding: chunked\r\n\r\nno chunk'],
    ['nothing more', '\r\n'],
  ])('while a file is sent, takes %s for no failure of its own', async (_what, more) => {
    const port = Number(new URL(town.address).port)
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`GET /docs/atkinson.woff2 HTTP/1.1\r\nHost: localhost\r\n${more}`)
        setTimeout(() => socket.destroy(), 100)
      })
      socket.on('error', () => undefined).on('close', () => done())
    })
    await new Promise((done) => setTimeout(done, 100))
    expect(town.logged.filter((line) => line.includes(' failed: '))).toEqual([])
    expect((await get('/health')).status).toBe(200)
  })

  it('answers a broken address with 400', async () => {
    expect((await raw('/assets/%ff')).status).toBe(400)
  })
})

describe('the present', () => {
  it('is told in few bytes', async () => {
    const answer = await raw('/api/now')
    const now = JSON.parse(answer.body.toString()) as Record<string, unknown>
    expect(now).toMatchObject({ cityId: 'small', speed: 20, utcOffsetS: -10_800 })
    expect(now['timeMs']).toBe(1_700_000_000_000 + (now['tick'] as number) * 20)
    expect(now['provenance']).toMatchObject({ kind: 'simulated', quality: 'good', exceptions: {} })
    expect(now['indicators']).toMatchObject({ vehicles: (now['tick'] as number) / 50 })
    const [slowest, next] = now['slowStreets'] as { speedMps: number; freeSpeedMps: number }[]
    expect(slowest.speedMps / slowest.freeSpeedMps).toBeLessThanOrEqual(next.speedMps / next.freeSpeedMps)
    expect(answer.body.length).toBeLessThan(2000)
  })

  it('has departures at a stop, soonest first', async () => {
    const departures = (await json('/api/stops/0/departures')) as {
      expectedMs: number
      plannedMs: number
      provenance: { kind: string; sources: { id: string }[] }
    }[]
    expect(departures.length).toBeGreaterThan(0)
    for (const { provenance } of departures) {
      expect(provenance.kind).toBe('forecast')
      expect(provenance.sources.map(({ id }) => id)).toContain('transit')
    }
    const expected = departures.map(({ expectedMs }) => expectedMs)
    expect(expected).toEqual([...expected].sort((a, b) => a - b))
    expect((await get('/api/stops/9999/departures')).status).toBe(404)
  })

  it('finds streets, houses and stops, and says which row a stop is', async () => {
    const found = async (query: string) =>
      (await json(`/api/search?q=${query}`)) as { kind: string; name: string }[]
    expect(await found('unica')).toHaveLength(2)
    expect((await found('unica 1234'))[0]).toMatchObject({ kind: 'address', name: 'Calle Única 1234' })
    expect((await found('mayor'))[0]).toMatchObject({ kind: 'stop', row: 1 })
    expect(await found('')).toEqual([])
    expect(await json('/api/search?q=unica&near=somewhere')).toHaveLength(2)
  })

  it('has a past, by the minute', async () => {
    const series = (await json('/api/history/traffic.links/2?minutes=60')) as Record<string, unknown>
    expect(Object.keys(series['values'] as object)).toEqual(['speedMps', 'flowVph', 'queueM'])
    const provenance = series['provenance'] as Record<string, { observedMs: number }>
    expect(Object.keys(provenance)).toEqual(['speedMps', 'flowVph', 'queueM'])
    expect(provenance['speedMps']).toMatchObject({ kind: 'simulated', quality: 'good' })
    expect(provenance['speedMps'].observedMs).toBeGreaterThanOrEqual(1_700_000_000_000)
    expect((await get('/api/history/traffic.links/99999')).status).toBe(404)
    expect((await get('/api/history/nothing/0')).status).toBe(404)
    expect((await get('/api/history/traffic.links/0?minutes=-3')).status).toBe(400)
  })

  it('has the delays of a line’s trips, by the minute', async () => {
    const { fromMs, trips, provenance } = (await json('/api/lines/0/0/delays?minutes=60')) as {
      fromMs: number
      trips: { trip: number; timesMs: number[]; delayS: number[] }[]
      provenance: { kind: string }
    }
    expect(provenance.kind).toBe('simulated')
    for (const { timesMs, delayS } of trips) {
      expect(delayS).toHaveLength(timesMs.length)
      for (const timeMs of timesMs) expect(timeMs).toBeGreaterThanOrEqual(fromMs)
    }
    expect((await get('/api/lines/99/0/delays')).status).toBe(404)
    expect((await get('/api/lines/x/0/delays')).status).toBe(404)
    expect((await get('/api/lines/0/0/delays?minutes=500')).status).toBe(400)
  })

  it('names what is not there', async () => {
    expect((await get('/api/requests/5')).status).toBe(404)
    expect(await json('/api/events')).toEqual([])
    expect(await json('/no/such/place')).toEqual({ error: 'there is nothing at /no/such/place' })
  })
})

describe('the watch on the server', () => {
  it('says that it is well', async () => {
    const answer = await get('/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ status: 'running', city: 'small', speed: 20, viewers: 0 })
  })

  it('counts, in the words of Prometheus', async () => {
    const text = await (await get('/metrics')).text()
    expect(text).toMatch(/^citytwin_up 1$/m)
    expect(text).toMatch(/^citytwin_frames_total \d+$/m)
    for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+ [\d.e+-]+$)/)
  })
})
