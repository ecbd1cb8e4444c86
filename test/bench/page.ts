/**
 * What the page costs: the processor's share of a frame with all vehicles in the mover layer, the script before the first map,
 * and how soon a phone on a slow line has words and a map. Software graphics say nothing about a real GPU, so only the main
 * thread's own time counts, and few of the uploaded vehicles are drawn.
 */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { startServer } from '../e2e/server.ts'

const PHONE = { width: 390, height: 844 }
/** Drawn of all that are uploaded. */
const DRAWN = 100
const MEASURED_MS = 10_000
/** 1.6 Mb/s, 150 ms: a slow mobile line as Lighthouse assumes one. */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const SLOWER_CPU = 4

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
    log(JSON.stringify({ bench: 'page', ...(await firstView(browser, server.address)) }))
    log(JSON.stringify({ bench: 'page', ...(await scriptBeforeMap(browser, server.address)) }))
    log(JSON.stringify({ bench: 'page', ...(await moverFrame(browser, server.address)) }))
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

/** Bytes of script on the wire until the map stands, without MapLibre's worker. */
async function scriptBeforeMap(browser: Browser, address: string): Promise<object> {
  const page = await browser.newPage({ viewport: PHONE })
  await page.goto(`${address}/?movers=${DRAWN}`)
  await page.waitForFunction(() => performance.getEntriesByName('citytwin-map').length > 0, undefined, {
    timeout: 90_000,
  })
  const bytes = await page.evaluate(() => {
    const mapMs = performance.getEntriesByName('citytwin-map')[0].startTime
    const scripts = performance
      .getEntriesByType('resource')
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < mapMs)
    return {
      script: scripts.filter(({ name }) => !name.includes('worker')).map((each) => each.name),
      worker: scripts.filter(({ name }) => name.includes('worker')).map((each) => each.name),
    }
  })
  await page.close()
  const sum = async (urls: readonly string[]) => {
    const sizes = await Promise.all([...new Set(urls)].map(gzipBytes))
    return sizes.reduce((total, size) => total + size, 0)
  }
  return {
    what: 'script before the first map',
    gzipBytes: await sum(bytes.script),
    workerGzipBytes: await sum(bytes.worker),
  }
}

async function gzipBytes(url: string): Promise<number> {
  const { gzipSync } = await import('node:zlib')
  return gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()), { level: 9 }).length
}

/** A cold visit of the public face on a slow line with a slow processor. */
async function firstView(browser: Browser, address: string): Promise<object> {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_LINE)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU })
  await page.goto(`${address}/?movers=${DRAWN}`, { waitUntil: 'commit' })
  await page.locator('div.words').first().waitFor({ timeout: 60_000 })
  const wordsMs = await page.evaluate(() => performance.now())
  await page.waitForFunction(() => performance.getEntriesByName('citytwin-map').length > 0, undefined, {
    timeout: 120_000,
  })
  const mapMs = await page.evaluate(() => performance.getEntriesByName('citytwin-map')[0].startTime)
  await context.close()
  return { what: 'slow first view', wordsMs: Math.round(wordsMs), mapMs: Math.round(mapMs) }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
