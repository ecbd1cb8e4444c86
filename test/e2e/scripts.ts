/** The scripts that a page has asked for, and how many bytes they are gzipped. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** In the name of MapLibre's worker; what it shares with the page counts as the page's. */
export const WORKER = 'maplibre-gl-worker'

export interface Script {
  readonly url: string
  readonly startMs: number
}

/** What the page itself has asked for; what workers import is not among it. */
export function scriptsOf(page: Page): Promise<Script[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, startTime }) => ({ url: name, startMs: startTime })),
  )
}

/** Of all of them together, each once. */
export async function gzipBytes(scripts: readonly Script[]): Promise<number> {
  const urls = new Set(scripts.map(({ url }) => url))
  const sizes = await Promise.all([...urls].map(sizeOf))
  return sizes.reduce((total, size) => total + size, 0)
}

async function sizeOf(url: string): Promise<number> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
  return gzipSync(bytes, { level: 9 }).length
}

/** When a mark of the page came, milliseconds from the navigation's start; waits for it. */
export async function firstMs(page: Page, mark: string): Promise<number> {
  const timeout = 120_000
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark, { timeout })
  return page.evaluate((name) => performance.getEntriesByName(name)[0].startTime, mark)
}
