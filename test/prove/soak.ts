/**
 * Half an hour of Montevideo at ten seconds in one, ten frames a second, ten times what a live city sends: five hours of the city,
 * recorded, followed by a wall, a plan page and a viewer that stay and by others that come and go. What server and pages
 * hold must not grow, and frames must not stop; of the pictures little is drawn, since software drawing starves what is measured. What V8 compiles as functions prove to be used often is counted apart: it ends
 * with the program's text, hours later. `--minutes N` lasts longer or shorter; `SOAK=seed` runs the same again.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { ServerProcess } from './chaos/serverProcess.ts'
import { GAP_MS, Gaps } from './soak/gaps.ts'
import { Inspector, type Held, type ThreadHeld } from './soak/inspector.ts'
import { SoakPage, type PageHeld } from './soak/pages.ts'
import { growthOf, slopeOf, type Point } from './soak/trend.ts'
import { Viewers } from './soak/viewers.ts'

const MINUTES = 30
// Before that: rings and caches that fill are no leak, nor is what a page that begins compiles and uploads a gap.
const BEGIN_MS = 10 * 60_000
// So that the morning's peak is over when it begins, and the evening's not yet there when it ends: more vehicles are no leak either.
const BEGIN_AT = '08:20'
const SPEED = 10
const FRAMES_PER_S = 10
const MOST_MB_PER_H = 1
const MOST_PAGE_GROWTH = 0.01
// Sockets and files that happen to be open at one look and not at another.
const HANDLES_APART = 8
const HOUR_MIN = 60
// Visitors stay so long at most.
const LEAVE_MS = 10_000

interface Look {
  readonly atMin: number
  readonly server: Held & { readonly files: number; readonly anonymousKb: number }
  readonly pages: readonly PageHeld[]
}

export async function prove(
  log: (line: string) => void,
  minutes = MINUTES,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const chromium = findChromium()
  if (chromium === undefined) return { passed: 0, failed: 0, skipped: 5 }
  const seed = Number(process.env['SOAK'] ?? randomInt(2 ** 31))
  log(`seed ${seed}; ${minutes} minutes`)
  const root = join(import.meta.dirname, '../..')
  const { status } = spawnSync('node', ['server/commands/build.ts'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`build ended with ${status}`)
  const server = await ServerProcess.start({
    nodeFlags: ['--inspect=127.0.0.1:0'],
    args: ['--no-build', '--city', 'montevideo', '--at', BEGIN_AT, '--speed', String(SPEED)],
    settings: { CITYTWIN_FRAMES_PER_S: String(FRAMES_PER_S) },
  })
  const ends: (() => unknown)[] = [() => server.end()]
  try {
    const inspector = await Inspector.open(server.said)
    ends.push(() => inspector.close())
    const browser = await launchChromium(chromium)
    ends.push(() => browser.close())
    const pages = [
      await SoakPage.open(browser, 'wall', `${server.url}/wall?lang=en&movers=100`),
      await SoakPage.open(browser, 'plan', `${server.url}/plan?lang=en&movers=100`),
    ]
    const gaps = new Gaps()
    const viewers = new Viewers(server.url, seed, gaps)
    ends.push(() => gaps.close())
    ends.push(() => viewers.close())
    const looks: Look[] = []
    await until(performance.now() + BEGIN_MS)
    const codeBefore = await codeOf(pages)
    looks.push(await lookAt(0, server, inspector, pages))
    for (const page of pages) await page.begin()
    viewers.frames = 0
    viewers.visits = 0
    gaps.begin()
    const startMs = performance.now()
    for (let minute = 1; minute <= minutes; minute++) {
      await until(startMs + minute * 60_000 - LEAVE_MS)
      await viewers.untilAlone()
      const look = await lookAt(minute, server, inspector, pages)
      viewers.isClosed = false
      looks.push(look)
      for (const [i, { gapMs, gapAgoMs }] of look.pages.entries())
        gaps.waited(`${pages[i].name} page`, gapMs, gapAgoMs)
      log(lineOf(look, gaps.takeLongest('raw viewer')))
    }
    // looking at code stops this process too, which is no gap
    viewers.close()
    const codeAfter = await codeOf(pages)
    const pageCode = codeAfter.map((bytes, i) => bytes - codeBefore[i])
    return judge(looks, gaps, pages, pageCode, viewers, minutes, log)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function codeOf(pages: readonly SoakPage[]): Promise<number[]> {
  const found = []
  for (const page of pages) found.push(await page.codeBytes())
  return found
}

async function lookAt(
  atMin: number,
  server: ServerProcess,
  inspector: Inspector,
  pages: readonly SoakPage[],
): Promise<Look> {
  const held = await inspector.held()
  const files = readdirSync(`/proc/${server.pid}/fd`).length
  const ofPages = []
  for (const page of pages) ofPages.push(await page.held())
  return { atMin, server: { ...held, files, anonymousKb: server.memoryKb }, pages: ofPages }
}

function judge(
  looks: readonly Look[],
  gaps: Gaps,
  pages: readonly SoakPage[],
  pageCode: readonly number[],
  viewers: Viewers,
  minutes: number,
  log: (line: string) => void,
): { passed: number; failed: number; skipped: number } {
  const count = { passed: 0, failed: 0, skipped: 0 }
  const check = (holds: boolean, fact: string) => {
    if (holds) count.passed++
    else count.failed++
    log(`${holds ? '✓' : '✗'} ${fact}`)
  }
  const course = (of: (look: Look) => number): Point[] =>
    looks.map((look) => ({ x: look.atMin, y: of(look) }))
  const mbPerH = (of: (look: Look) => number) => (slopeOf(course(of)) * HOUR_MIN) / 1e6
  // a thread that has ended holds nothing, and must not hide what others hold
  const staying = [...looks[0].server.threads.keys()].filter((id) =>
    looks.every(({ server }) => server.threads.has(id)),
  )
  const rises = staying.map((id) => {
    const of = (what: keyof ThreadHeld) => mbPerH(({ server }) => server.threads.get(id)![what])
    return { objects: of('heapBytes') - of('codeBytes'), code: of('codeBytes') }
  })
  const objects = sum(rises.map((rise) => rise.objects))
  check(
    objects <= MOST_MB_PER_H,
    `the server's heap rises by ${objects.toFixed(2)} MB an hour, and its code by ${sum(rises.map(({ code }) => code)).toFixed(2)}`,
  )
  const byThread = rises.map((rise) => rise.objects.toFixed(2)).join(', ')
  const buffers = mbPerH(({ server }) => server.bufferBytes).toFixed(2)
  log(
    `  by thread that stays, the main one first: ${byThread} MB/h; array buffers of all, also of those that end, ${buffers} MB/h`,
  )
  for (const [what, of] of [
    ['open files and sockets', ({ server }: Look) => server.files],
    ['things that its loop waits for', ({ server }: Look) => server.resources],
  ] as const) {
    const counts = looks.map(of)
    const third = Math.ceil(counts.length / 3)
    const [before, after] = [median(counts.slice(0, third)), median(counts.slice(-third))]
    check(Math.abs(after - before) <= HANDLES_APART, `${what} of the server: ${before}, in the end ${after}`)
  }
  for (const [i, { name, faults }] of pages.entries()) {
    const heap = course((look) => look.pages[i].heapBytes)
    const code = pageCode[i] / heap[0].y
    const growth = growthOf(heap) - code
    const nodes = looks.map((look) => look.pages[i].nodes)
    check(
      growth <= MOST_PAGE_GROWTH,
      `the ${name} page's heap grows by ${percent(growth)}, and its code by ${percent(code)}`,
    )
    log(
      `  its buffers by ${percent(growthOf(course((look) => look.pages[i].bufferBytes)))}; ` +
        `nodes ${nodes[0]} to ${nodes.at(-1)}`,
    )
    check(faults.length === 0, `it said no error ${faults.slice(0, 2).join('; ')}`)
  }
  const perS = viewers.frames / (minutes * 60)
  check(
    perS >= FRAMES_PER_S * 0.9,
    `${perS.toFixed(2)} frames a second came; ${viewers.visits} others came and went`,
  )
  const { unanswered } = viewers
  check(unanswered.length === 0, `every visitor was answered ${unanswered.slice(0, 2).join('; ')}`)
  check(gaps.found.length === 0, `no gap between frames was over ${GAP_MS} ms`)
  for (const { who, ms, atS, load, starvedShare, lateMs } of gaps.found)
    log(
      `  ${who}: ${ms} ms before ${atS} s; load ${load.toFixed(2)}, some process waited for a processor ` +
        `${starvedShare === undefined ? '?' : Math.round(starvedShare * 100)} % of it, our own timers were ${lateMs} ms late`,
    )
  return count
}

function lineOf({ atMin, server, pages }: Look, gapMs: number): string {
  const threads = [...server.threads.values()]
  const ofPages = pages.map(
    ({ heapBytes, bufferBytes, nodes, gapMs: pageGapMs, state }) =>
      `${mb(heapBytes)} + ${mb(bufferBytes)} MB, ${nodes} nodes, gap ${Math.round(pageGapMs)} ms, ${state}`,
  )
  return (
    `${atMin} min: server ${threads.map(({ heapBytes }) => mb(heapBytes)).join(' + ')} MB, code ${threads.map(({ codeBytes }) => mb(codeBytes)).join(' + ')} MB, buffers ${mb(server.bufferBytes)} MB, ` +
    `anonymous ${Math.round(server.anonymousKb / 1000)} MB, ${server.files} files, ${server.resources} resources, ` +
    `gap ${Math.round(gapMs)} ms; wall ${ofPages[0]}; plan ${ofPages[1]}; load ${loadavg()[0].toFixed(2)}`
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

async function until(atMs: number): Promise<void> {
  await new Promise((done) => setTimeout(done, Math.max(0, atMs - performance.now())))
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
