/**
 * What the page costs: its script until the map stands and until all lives, how soon a phone has words, a map and moving
 * vehicles over loopback, and words and a map on a slow line, and the processor's share of a frame with all vehicles in the
 * mover layer. Software graphics say nothing about a real GPU, so of that only the main thread's own time counts, and few of
 * the uploaded vehicles are drawn. Times hold for a machine that does nothing else.
 */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { firstMs, gzipBytes, scriptsOf, WORKER } from '../e2e/scripts.ts'
import { startServer } from '../e2e/server.ts'

const PHONE = { width: 390, height: 844 }
/** Drawn of all that are uploaded. */
const DRAWN = 100
const MEASURED_MS = 10_000
/** 1.6 Mb/s, 150 ms: a slow mobile line as Lighthouse assumes one. */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const SLOWER_CPU = 4
const LOOPBACK_VISITS = 5
const SLOW_VISITS = 3
/** A page that fetches no script for so long has all. */
const QUIET_MS = 3000

declare global {
  interface Window {
    moverDrawsMs?: number[]
  }
}

export async function bench(log: (line: string) => void): Promise<void> {
  const path = findChromium()
  if (path === undefined) {
    log(JSON.stringify({ bench: 'page', skipped: 'no Chromium: apt-get install chromium' }))
    return
  }
  const server = await startServer(['--at', '18:00'])
  const browser = await launchChromium(path)
  try {
    for (const measure of [scriptSizes, loopback, slowLine, moverFrame])
      log(JSON.stringify({ bench: 'page', ...(await measure(browser, server.address)) }))
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** The mover layer's own work a frame (uploads of changed plans, uniforms, the draw call), all vehicles uploaded and updated live. */
async function moverFrame(browser: Browser, address: string): Promise<object> {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } })
  await page.goto(`${address}/wall?lng=-56.18&lat=-34.9&z=9&layers=traffic&movers=${DRAWN}`)
  await page.waitForFunction(() => (window.citytwin?.layers().length ?? 0) > 0, undefined, {
    timeout: 90_000,
  })
  await page.waitForFunction(timeMoverDraws, undefined, { timeout: 30_000 })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await timesOf(session, page)
  await page.waitForTimeout(MEASURED_MS)
  const after = await timesOf(session, page)
  const draws = after.drawsMs.slice(before.drawsMs.length).sort((a, b) => a - b)
  const uploaded = await page.evaluate(() => window.citytwin?.live.plans()?.rows)
  const vehicles = await page.evaluate(() => window.citytwin?.drawnPositions(1e6).length)
  await page.close()
  return {
    what: 'mover frame',
    vehicles,
    uploaded,
    frames: draws.length,
    moverMsMedian: round(draws[draws.length >> 1]),
    moverMsMean: round(draws.reduce((sum, ms) => sum + ms, 0) / draws.length),
    pageScriptMsPerS: round(((after.scriptS - before.scriptS) * 1e6) / MEASURED_MS),
    pageTaskMsPerS: round(((after.taskS - before.taskS) * 1e6) / MEASURED_MS),
  }
}

/** Runs in the page: times each draw of the mover layer from now on; false until there is one. */
function timeMoverDraws(): boolean {
  const layer = window.citytwin?.layers().find(({ id }) => id === 'traffic-movers')
  if (layer === undefined) return false
  const times: number[] = []
  window.moverDrawsMs = times
  const kind = Object.getPrototypeOf(layer) as { draw(this: unknown): void }
  const { draw } = kind
  kind.draw = function () {
    const fromMs = performance.now()
    draw.call(this)
    times.push(performance.now() - fromMs)
  }
  return true
}

async function timesOf(session: CDPSession, page: Page) {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  const drawsMs = await page.evaluate(() => window.moverDrawsMs ?? [])
  return { taskS: of('TaskDuration'), scriptS: of('ScriptDuration'), drawsMs }
}

/**
 * Script of the public face, gzipped: what is asked for until the map stands, and all until the page lives (vehicles move, and
 * nothing more is fetched). MapLibre's worker is counted apart.
 */
async function scriptSizes(browser: Browser, address: string): Promise<object> {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  await page.addInitScript(watchFirsts)
  await page.goto(`${address}/?movers=${DRAWN}`)
  const mapMs = await firstMs(page, 'citytwin-map')
  await firstMs(page, 'bench-moving')
  let count = -1
  while (count !== (count = (await scriptsOf(page)).length)) await page.waitForTimeout(QUIET_MS)
  const scripts = await scriptsOf(page)
  await context.close()
  const ofPage = scripts.filter(({ url }) => !url.includes(WORKER))
  return {
    what: 'script, gzip',
    beforeMapBytes: await gzipBytes(ofPage.filter(({ startMs }) => startMs < mapMs)),
    beforeMapFiles: new Set(ofPage.filter(({ startMs }) => startMs < mapMs).map(({ url }) => url)).size,
    liveBytes: await gzipBytes(ofPage),
    workerBytes: await gzipBytes(scripts.filter(({ url }) => url.includes(WORKER))),
  }
}

/** Cold visits of the public face over loopback: until the basemap is drawn whole, and until vehicles move on it. */
async function loopback(browser: Browser, address: string): Promise<object> {
  const visits = await times(LOOPBACK_VISITS, () =>
    visit(browser, address, ['bench-words', 'citytwin-map', 'bench-moving']),
  )
  return { what: 'loopback, medians', visits: LOOPBACK_VISITS, ...asMs(visits, ['words', 'map', 'moving']) }
}

/** Cold visits of the public face on a slow line with a slow processor: until its sentences stand, and the basemap. */
async function slowLine(browser: Browser, address: string): Promise<object> {
  const visits = await times(SLOW_VISITS, () =>
    visit(browser, address, ['bench-words', 'citytwin-map'], async (session) => {
      await session.send('Network.enable')
      await session.send('Network.emulateNetworkConditions', SLOW_LINE)
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU })
    }),
  )
  return { what: 'slow line and processor, medians', visits: SLOW_VISITS, ...asMs(visits, ['words', 'map']) }
}

/** A phone that was never here; when each of the named marks came, milliseconds from the navigation's start. */
async function visit(
  browser: Browser,
  address: string,
  marks: readonly string[],
  slow: (session: CDPSession) => Promise<void> = async () => {},
): Promise<number[]> {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  await page.addInitScript(watchFirsts)
  await slow(await context.newCDPSession(page))
  await page.goto(`${address}/?movers=${DRAWN}`, { waitUntil: 'commit' })
  const found: number[] = []
  for (const mark of marks) found.push(await firstMs(page, mark))
  await context.close()
  return found
}

/** Runs in the page, each frame: marks when the sentences stand, and when a vehicle is drawn elsewhere than the frame before. */
function watchFirsts(): void {
  let before = ''
  const look = () => {
    const has = (mark: string) => performance.getEntriesByName(mark).length > 0
    if (!has('bench-words') && document.querySelector('section.words')) performance.mark('bench-words')
    const twin = window.citytwin
    if (twin?.layers().some(({ id }) => id === 'traffic-movers')) {
      const now = JSON.stringify(twin.drawnPositions(100))
      if (before !== '' && now !== before) performance.mark('bench-moving')
      before = now
    }
    if (!has('bench-moving')) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let i = 0; i < count; i++) made.push(await make())
  return made
}

/** The median of each column of `visits`, by name, and all that were measured. */
function asMs(visits: readonly (readonly number[])[], names: readonly string[]): object {
  const columns = names.map((name, at) => {
    const sorted = visits.map((each) => Math.round(each[at])).sort((a, b) => a - b)
    return [name, sorted] as const
  })
  return Object.fromEntries(
    columns.flatMap(([name, sorted]) => [
      [`${name}Ms`, sorted[sorted.length >> 1]],
      [`${name}AllMs`, sorted],
    ]),
  )
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
