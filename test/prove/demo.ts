/** Proves that the folder of `npm run build:demo` works on a bare static host, under a path, with nothing behind it. */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Page } from 'playwright-core'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { DESK, untilCity, withinWindow } from '../e2e/pages.ts'

const root = join(import.meta.dirname, '../..')
const PATH = '/some/where/'
const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export async function prove(
  log: (line: string) => void,
): Promise<{ passed: number; failed: number; skipped?: number }> {
  const chromium = findChromium()
  if (chromium === undefined) return { passed: 0, failed: 0, skipped: 3 }
  const { status } = spawnSync('node', ['server/commands/demo.ts', 'astana'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`build:demo ended with ${status}`)
  const faults: string[] = []
  const host = await serveFolder(join(root, 'demo'), faults)
  const browser = await launchChromium(chromium)
  let passed = 0
  let failed = 0
  const check = (holds: boolean, fact: string) => {
    if (holds) passed++
    else failed++
    log(`${holds ? '✓' : '✗'} ${fact}`)
  }
  try {
    const page = await browser.newPage({ viewport: { width: DESK[0], height: DESK[1] } })
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}${PATH}?lang=en&movers=100`)
    await untilCity(page)
    const before = await tickOf(page)
    await page.waitForTimeout(5000)
    check((await tickOf(page)) > before, 'the city runs in the page')
    const strip = page.getByRole('slider', { name: 'Moment that is shown' })
    await strip.focus()
    await strip.press('Home')
    await withinWindow(page, () => window.citytwin!.store.get().replay?.isSeeking === false)
    const first = await tickOf(page)
    for (let s = 0; s < 3; s++) await strip.press('ArrowUp')
    await withinWindow(page, () => window.citytwin!.store.get().replay?.isSeeking === false)
    await page.waitForTimeout(1000)
    check((await tickOf(page)) === first + 3 * 60 * 50, 'any second of its recording is shown')
    check(
      faults.length === 0,
      `nothing is missing and nothing fails${faults.map((fault) => `\n  ${fault}`).join('')}`,
    )
  } finally {
    await browser.close()
    host.close()
  }
  return { passed, failed }
}

function tickOf(page: Page): Promise<number> {
  return page.evaluate(() => window.citytwin!.mirror.tick)
}

/** A host that knows files and nothing else. */
async function serveFolder(folder: string, missing: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const path = normalize(decodeURIComponent(pathname))
    const file = join(folder, path.slice(PATH.length) || 'index.html')
    readFile(path.startsWith(PATH) ? file : '').then(
      (bytes) =>
        response.setHeader('Content-Type', kinds[extname(file)] ?? 'application/octet-stream').end(bytes),
      () => {
        missing.push(`404 ${pathname}`)
        response.writeHead(404).end()
      },
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}
