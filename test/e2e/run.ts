/**
 * Runs the end-to-end cases against one server, one after another; beside them those that mostly wait, and last, alone, those that
 * measure times. Two cores and software rendering allow no more, and other work on the machine can starve a browser for seconds:
 * of a run in which few cases failed, each is tried once more, alone, and both outcomes are printed.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { countLine, type Count } from '../count.ts'
import { findChromium, findFirefox, launchChromium } from './browsers.ts'
import type { Case, FirefoxCase } from './case.ts'
import { drawLittle } from './drawLittle.ts'
import { startServer } from './server.ts'

const CASE_LIMIT_MS = 120_000
/** More failures than these are no chance. */
const MOST_TRIED_AGAIN = 3

interface CaseFile {
  cases?: readonly Case[]
  firefoxCases?: readonly FirefoxCase[]
}

/** Runs every case whose file's name begins with one of `wanted` (all when none), and counts; of long ones those that are named. */
export async function runEndToEnd(wanted: readonly string[] = []): Promise<Count> {
  const { cases, firefoxCases } = await loadCases(wanted)
  return runCases(wanted.length > 0 ? cases : withoutLong(cases), firefoxCases)
}

/** Runs the long cases alone. */
export async function runLong(): Promise<Count> {
  const { cases } = await loadCases([])
  return runCases(
    cases.filter(({ when }) => when === 'long'),
    [],
  )
}

function withoutLong(cases: readonly Case[]): readonly Case[] {
  const rest = cases.filter(({ when }) => when !== 'long')
  console.log(`${cases.length - rest.length} long cases are run by \`npm run prove -- browser\``)
  return rest
}

async function runCases(cases: readonly Case[], firefoxCases: readonly FirefoxCase[]): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  const chromiumPath = findChromium()
  const firefoxPath = findFirefox()
  if (chromiumPath === undefined) {
    count.skipped += cases.length
    console.log(
      `${cases.length} cases skipped: there is no Chromium. Install it (Debian: apt-get install chromium) or name one in CITYTWIN_CHROMIUM.`,
    )
  }
  if (firefoxPath === undefined) {
    count.skipped += firefoxCases.length
    console.log(
      `${firefoxCases.length} cases skipped: there is no Firefox. Install it (Debian: apt-get install firefox-esr) or name one in CITYTWIN_FIREFOX.`,
    )
  }
  if (chromiumPath === undefined && firefoxPath === undefined) return count
  // members would share the cores with the browser; the case of the forecast has a server of its own
  const server = await startServer(['--at', '18:00'])
  try {
    await untilBuilt(server.address)
    if (chromiumPath !== undefined) {
      // one for all cases: two of them draw on both processors at once, and starve the server
      const browser = await launchChromium(chromiumPath)
      const failed: Case[] = []
      const tryOne = (one: Case) => passes(one.name, () => runCase(one, server.address, browser), one.limitMs)
      const inTurn = async (when: Case['when']) => {
        for (const one of cases.filter((each) => each.when === when)) {
          const why = one.skip?.()
          if (why !== undefined) {
            count.skipped++
            console.log(`- ${one.name}: skipped, ${why}`)
          } else if (await tryOne(one)) count.passed++
          else failed.push(one)
        }
      }
      await Promise.all([inTurn(undefined), inTurn('beside')])
      await inTurn('long')
      await inTurn('alone')
      if (failed.length > 0 && failed.length <= MOST_TRIED_AGAIN) console.log('— Once more, alone')
      for (const one of failed) {
        if (failed.length <= MOST_TRIED_AGAIN && (await tryOne(one))) count.passed++
        else count.failed++
      }
      await browser.close()
    }
    if (firefoxPath !== undefined) {
      for (const one of firefoxCases) {
        if (await passes(one.name, () => one.run(server.address, firefoxPath))) count.passed++
        else count.failed++
      }
    }
  } finally {
    await server.stop()
  }
  return count
}

/** Servers that start together on a fresh clone would build the page into one folder, each while others read it. */
async function untilBuilt(address: string): Promise<void> {
  for (const endMs = Date.now() + CASE_LIMIT_MS; Date.now() < endMs;) {
    if (!(await (await fetch(address)).text()).includes('Citytwin is starting')) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('the page was not built in time')
}

async function loadCases(wanted: readonly string[]): Promise<{ cases: Case[]; firefoxCases: FirefoxCase[] }> {
  const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.e2e.ts'))
  const chosen =
    wanted.length === 0 ? names : names.filter((name) => wanted.some((start) => name.startsWith(start)))
  const files = await Promise.all(
    chosen.map((name) => import(join(import.meta.dirname, name)) as Promise<CaseFile>),
  )
  return {
    cases: files.flatMap((file) => file.cases ?? []),
    firefoxCases: files.flatMap((file) => file.firefoxCases ?? []),
  }
}

async function passes(name: string, run: () => Promise<void>, limitMs = CASE_LIMIT_MS): Promise<boolean> {
  const startMs = Date.now()
  try {
    await within(limitMs, run())
    console.log(`✓ ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`)
    return true
  } catch (error) {
    console.log(`✗ ${name}\n  ${(error as Error).message.split('\n').join('\n  ')}`)
    return false
  }
}

/** Runs one case in a browser context of its own, watching its pages. */
async function runCase(one: Case, address: string, browser: Browser): Promise<void> {
  const faults: string[] = []
  const ends: (() => Promise<unknown>)[] = []
  // a proxy of a case's own has a certificate of its own
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const openAt = async (at: string, path: string, width: number, height: number): Promise<Page> => {
    const page = await context.newPage()
    await page.setViewportSize({ width, height })
    if (one.looks !== true) await page.addInitScript(drawLittle)
    page.on('pageerror', (error) => faults.push(`error on ${path}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && one.mayLog?.test(message.text()) !== true)
        faults.push(`console error on ${path}: ${message.text()}`)
    })
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== new URL(at).origin)
        faults.push(`request off the machine on ${path}: ${request.url()}`)
    })
    // software draws slowly, and what is looked at is the whole picture
    const [asked, hash] = path.split('#')
    const full = asked.includes('quality=') ? asked : `${asked}${asked.includes('?') ? '&' : '?'}quality=full`
    await page.goto(`${at}${full}${hash === undefined ? '' : `#${hash}`}`)
    return page
  }
  try {
    const open = (path: string, width: number, height: number) => openAt(address, path, width, height)
    await one.run({ address, browser, open, openAt, after: (end) => ends.push(end) })
  } catch (error) {
    for (const page of context.pages()) console.log(`  ${page.url()} shows: ${await shownBy(page)}`)
    throw error
  } finally {
    await context.close()
    for (const end of ends) await end()
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** The words on a page whose case has failed, as far as it still answers. */
async function shownBy(page: Page): Promise<string> {
  const words = page
    .evaluate(() => document.body.innerText.replace(/\s+/g, ' ').slice(0, 600))
    .catch((error: Error) => error.message)
  const silence = new Promise<string>((resolve) => setTimeout(() => resolve('it does not answer'), 5000))
  return Promise.race([words, silence])
}

function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${limitMs / 1000} s`)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

if (import.meta.main) {
  const count = await runEndToEnd(process.argv.slice(2))
  console.log(countLine(count))
  process.exitCode = count.failed === 0 ? 0 : 1
}
