/**
 * What drawing costs the page's main thread, in its own processor time (`threadTicks`): a frame of the mover layer at 100,000
 * and 1,000,000 vehicles with 3,000 new plans a second, the live batch of each second, and beside them the usual ways on as many
 * vehicles: arrays replaced and read by accessors, and deck.gl's TripsLayer. Then the real page: a still camera, and panning.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { warmTwin } from '../../server/loop/makeTwin.ts'
import { parseCity } from '../../twin/city.ts'
import type { Table } from '../../twin/kernel/table.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { startServer } from '../e2e/server.ts'
import type {} from './draw/page.ts'

const START_MS = Date.parse('2026-11-23T21:00:00Z')
const BATCHES = 30
/** Batches until the browser has compiled what takes them in. */
const COMPILED = 10
/** Rows that a batch changes, by table and column. */
const CHANGED = [
  ['traffic.vehicles', 'exitTick', 3000],
  ['traffic.links', 'speedMps', 10_000],
  ['power.buses', 'loadingRatio', 5000],
  ['power.transformers', 'loadingRatio', 5000],
] as const
const SIZES = [100_000, 1_000_000] as const
const FEW = 100_000
const REPLACED = 5
const RUNS = 9
const PANNED = 100

export async function bench(log: (line: string) => void): Promise<void> {
  const path = findChromium()
  if (path === undefined) {
    log(JSON.stringify({ bench: 'draw', skipped: 'no Chromium: apt-get install chromium' }))
    return
  }
  const say = (facts: object) => log(JSON.stringify({ bench: 'draw', ...facts }))
  const browser = await launchChromium(path)
  try {
    await layersAlone(browser, say)
    await wholePage(browser, say)
  } finally {
    await browser.close()
  }
}

async function layersAlone(browser: Browser, say: (facts: object) => void): Promise<void> {
  const frames = await makeBatches()
  const trips = fetchTripsLayer()
  const server = await servePage(frames, trips)
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 640 } })
    page.on('pageerror', (error) => say({ fault: error.message }))
    await page.goto(server.address)
    await page.waitForFunction(() => window.bench !== undefined)
    await page.evaluate(async () => window.bench.begin((await (await fetch('/index.json')).json()) as never))
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })

    const frameMs: number[] = []
    for (const rows of SIZES) {
      await page.evaluate((n) => window.bench.movers(n), rows)
      const runs: number[] = []
      for (let run = 0; run <= RUNS; run++) {
        await page.evaluate(() => window.bench.newPlans())
        const secondMs = await cpuMs(session, () => page.evaluate(() => window.bench.moverFrames()))
        // the first compiles
        if (run > 0) runs.push(secondMs / 60)
      }
      frameMs.push(median(runs))
      say({
        what: 'mover frame',
        vehicles: rows,
        cpuMs: round(median(runs)),
        runs: runs.map(round),
        target: 0.6,
      })
    }
    say({
      what: 'mover frame, 1,000,000 against 100,000',
      ratio: round(frameMs[1] / frameMs[0]),
      target: 1.2,
    })

    await page.evaluate((count) => window.bench.fetchFrames(count), BATCHES + 1)
    await page.evaluate(() => window.bench.takeFirst())
    await page.evaluate((end) => window.bench.batches(1, end), COMPILED + 1)
    const batchMs = await cpuMs(session, () =>
      page.evaluate(([first, end]) => window.bench.batches(first, end), [COMPILED + 1, BATCHES + 1] as const),
    )
    const count = BATCHES - COMPILED
    const idleMs = await cpuMs(session, () => page.evaluate((n) => window.bench.idle(n), count))
    const perBatchMs = (batchMs - idleMs) / count
    say({
      what: 'live batch',
      changed: Object.fromEntries(CHANGED.map(([table, , rows]) => [table, rows])),
      cpuMsPerS: round(perBatchMs),
      drawnBesideMs: round(idleMs / count),
      target: 5,
    })

    await page.evaluate(() => window.bench.clear())
    await page.evaluate(([rows, updates]) => window.bench.prepare(rows, updates), [FEW, REPLACED] as const)
    const accessorMs = (await cpuMs(session, () => page.evaluate(() => window.bench.accessors()))) / REPLACED
    say({
      what: 'accessors, array replaced',
      vehicles: FEW,
      cpuMs: round(accessorMs),
      oursMs: round(perBatchMs),
      ratio: round(accessorMs / perBatchMs),
    })
    if (trips === undefined)
      say({ what: 'TripsLayer, data replaced', skipped: 'npm pack @deck.gl/geo-layers failed' })
    else {
      const tripsMs = (await cpuMs(session, () => page.evaluate(() => window.bench.trips()))) / REPLACED
      say({
        what: 'TripsLayer, data replaced',
        vehicles: FEW,
        cpuMs: round(tripsMs),
        oursMs: round(perBatchMs),
        ratio: round(tripsMs / perBatchMs),
      })
    }
    await page.close()
  } finally {
    server.close()
  }
}

/** The real page at Montevideo's peak: frames while the camera stands still, and while it pans. */
async function wholePage(browser: Browser, say: (facts: object) => void): Promise<void> {
  const server = await startServer(['--at', '18:00'])
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 640 } })
    await openWhole(page, `${server.address}/wall`)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.evaluate(() => {
      const { map } = window.citytwin!
      window.renders = 0
      map.on('render', () => window.renders!++)
    })
    const before = await metricsOf(session)
    const frames = await framesIn(page, 10_000)
    const after = await metricsOf(session)
    say({
      what: 'still camera',
      basemapRepaints: await page.evaluate(() => window.renders),
      screenFrames: frames,
      scriptMsAFrame: round(((after.script - before.script) * 1000) / frames),
      target: 0.5,
    })
    // a wall's map follows no hand
    await openWhole(page, `${server.address}/plan`)
    await page.evaluate(panTo, 0)
    const panMs: number[] = []
    for (let i = 1; i <= PANNED; i++) panMs.push(await cpuMs(session, () => page.evaluate(panTo, i)))
    panMs.sort((a, b) => a - b)
    say({
      what: 'panning, a whole frame',
      frames: panMs.length,
      cpuP50Ms: round(panMs[panMs.length >> 1]),
      cpuP95Ms: round(panMs[Math.floor(panMs.length * 0.95)]),
      target: 8.5,
    })
    await page.close()
  } finally {
    await server.stop()
  }
}

async function openWhole(page: Page, face: string): Promise<void> {
  await page.goto(`${face}?layers=traffic,power&movers=200&lang=en&z=11`)
  await page.waitForFunction(() => (window.citytwin?.layers().length ?? 0) > 0, undefined, {
    timeout: 90_000,
  })
  await page.evaluate(untilRest, { restMs: 6000, mostMs: 90_000 })
}

declare global {
  interface Window {
    renders?: number
  }
}

function framesIn(page: Page, forMs: number): Promise<number> {
  return page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        const endMs = performance.now() + ms
        let frames = 0
        const step = () => {
          frames++
          if (performance.now() < endMs) requestAnimationFrame(step)
          else resolve(frames)
        }
        requestAnimationFrame(step)
      }),
    forMs,
  )
}

/** Runs in the page: ends when the map, built and loaded, has not been drawn for `restMs`; or after `mostMs`, if it never rests. */
function untilRest({ restMs, mostMs }: { restMs: number; mostMs: number }): Promise<void> {
  const { map } = window.citytwin!
  return new Promise((resolve) => {
    let rest = setTimeout(resolve, restMs)
    map.on('render', () => {
      clearTimeout(rest)
      rest = setTimeout(resolve, restMs)
    })
    setTimeout(resolve, mostMs)
  })
}

/** Runs in the page: a hand draws the map some pixels further, and map and layers are drawn there at once, as at full rate. */
function panTo(i: number): void {
  const { map } = window.citytwin!
  const at = {
    bubbles: true,
    buttons: 1,
    clientX: Math.round(500 + Math.sin(i / 8) * 200),
    clientY: Math.round(320 + Math.cos(i / 8) * 200),
  }
  if (i === 0) map.getCanvas().dispatchEvent(new MouseEvent('mousedown', at))
  else document.dispatchEvent(new MouseEvent('mousemove', at))
  map.redraw()
}

/** A keyframe of the evening peak, and batches that change as many rows as a busy second of a large city. */
async function makeBatches(): Promise<Uint8Array[]> {
  const folder = await openCity(citiesFolder, 'montevideo')
  const city = parseCity(await readDatasets(folder))
  const twin = await warmTwin(city, folder.folder, {
    seed: city.info.seed,
    startMs: START_MS,
    utcOffsetS: utcOffsetS(city.info.timeZone, START_MS),
  })
  const encoder = new FrameEncoder(twin.tables)
  const { tick } = twin.clock
  const frames = [encoder.delta(tick)]
  let random = 7
  const dice = (sides: number) => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((random / 0x1_0000_0000) * sides)
  }
  for (let batch = 1; batch <= BATCHES; batch++) {
    for (const [name, column, rows] of CHANGED) {
      const table = twin.tables.find(({ spec }) => spec.name === name) as Table | undefined
      if (table === undefined) throw new Error(`bench: no table ${name}`)
      const values = table.columns[column]
      const step = column === 'exitTick' ? 50 : 0.5
      for (let i = 0; i < rows; i++) values[dice(table.rows)] += step * (1 + dice(5))
    }
    frames.push(encoder.delta(tick + batch * 50))
  }
  return frames
}

interface Served {
  readonly address: string
  close(): void
}

/** Builds the page as the product is built, and serves it with the city and the frames. */
async function servePage(frames: readonly Uint8Array[], trips: string | undefined): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-draw-'))
  const entry = join(import.meta.dirname, 'draw/entry.tmp.ts')
  writeFileSync(
    entry,
    `/** Written by bench draw. */\n${trips === undefined ? '' : `import trips from ${JSON.stringify(trips)}\nwindow.tripsLayer = trips\n`}import './page.ts'\n`,
  )
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      resolve: {
        dedupe: ['@deck.gl/core', '@deck.gl/layers'],
        conditions: ['visgl:webgl-only', 'module', 'browser', 'production'],
      },
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'es2023',
        rollupOptions: { input: entry, output: { entryFileNames: 'page.js', format: 'es' } },
      },
    })
  } finally {
    rmSync(entry)
  }
  // what the layers fetch later is in files beside it
  const built = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name)
        return [path.slice(folder.length), readFileSync(path)] as const
      }),
  )
  rmSync(folder, { recursive: true })
  const city = await openCity(citiesFolder, 'montevideo')
  const datasets = Object.fromEntries(
    [...city.datasets].map(([name, { gzipped }]) => [name, { url: `/city/${name}`, bytes: gzipped.length }]),
  )
  const html =
    '<!doctype html><html lang="en"><head><title>draw</title><link rel="icon" href="data:," /></head><body style="margin:0"><script type="module" src="/page.js"></script></body></html>'
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    if (url === '/') response.setHeader('Content-Type', 'text/html').end(html)
    else if (built.has(url))
      response
        .setHeader('Content-Type', url.endsWith('.css') ? 'text/css' : 'text/javascript')
        .end(built.get(url))
    else if (url === '/index.json')
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ ...city.info, datasets }))
    else if (url.startsWith('/frame/')) response.end(frames[Number(url.slice(7))])
    else {
      const dataset = [...city.datasets].find(([name]) => url === `/city/${name}`)?.[1]
      if (dataset === undefined) response.writeHead(404).end()
      else response.setHeader('Content-Encoding', 'gzip').end(dataset.gzipped)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  }
}

/** The one file of deck.gl's geo-layers that draws trips, of the version of deck.gl here; undefined without the npm registry. */
function fetchTripsLayer(): string | undefined {
  const manifest = join(import.meta.dirname, '../../node_modules/@deck.gl/core/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-trips-'))
  try {
    execFileSync('npm', ['pack', '--silent', `@deck.gl/geo-layers@${version}`], {
      cwd: folder,
      stdio: 'pipe',
    })
    execFileSync('tar', ['xf', `deck.gl-geo-layers-${version}.tgz`], { cwd: folder })
  } catch {
    return undefined
  }
  const file = join(folder, 'package/dist/trips-layer/trips-layer.js')
  return existsSync(file) ? file : undefined
}

async function cpuMs(session: CDPSession, work: () => Promise<unknown>): Promise<number> {
  const before = await metricsOf(session)
  await work()
  const after = await metricsOf(session)
  return (after.task - before.task) * 1000
}

async function metricsOf(session: CDPSession): Promise<{ task: number; script: number }> {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { task: of('TaskDuration'), script: of('ScriptDuration') }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
