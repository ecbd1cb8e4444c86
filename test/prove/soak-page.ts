/**
 * Pages that stand for an hour while ten times what a live city sends comes in: ten frames a second, ten seconds of Montevideo in
 * one. What a page holds may not grow: its heap by a hundredth at most (what V8 compiles is counted apart, as in `soak.ts`), its
 * nodes and listeners not at all. `--minutes N` lasts longer or shorter.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { ServerProcess } from './chaos/serverProcess.ts'
import { SoakPage, type PageHeld } from './soak/pages.ts'
import { growthOf } from './soak/trend.ts'

const MINUTES = 60
// Before that rings and caches fill, and what a page uses often is compiled.
const BEGIN_MS = 10 * 60_000
const BEGIN_AT = '08:20'
const MOST_GROWTH = 0.01
const FACES = ['wall', 'desk'] as const

export async function prove(
  log: (line: string) => void,
  minutes = MINUTES,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const chromium = findChromium()
  if (chromium === undefined) return { passed: 0, failed: 0, skipped: FACES.length * 4 }
  const root = join(import.meta.dirname, '../..')
  const { status } = spawnSync('node', ['server/commands/build.ts'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`build ended with ${status}`)
  const server = await ServerProcess.start({
    args: ['--no-build', '--city', 'montevideo', '--at', BEGIN_AT, '--speed', '10'],
    settings: { CITYTWIN_FRAMES_PER_S: '10' },
  })
  const ends: (() => unknown)[] = [() => server.end()]
  try {
    const browser = await launchChromium(chromium)
    ends.push(() => browser.close())
    const pages: SoakPage[] = []
    for (const face of FACES)
      pages.push(await SoakPage.open(browser, face, `${server.url}/${face}?lang=en&movers=100`))
    await new Promise((resolve) => setTimeout(resolve, BEGIN_MS))
    const codeBefore = await inTurn(pages, (page) => page.codeBytes())
    const looks = [await inTurn(pages, (page) => page.held())]
    const startMs = performance.now()
    for (let minute = 1; minute <= minutes; minute++) {
      await new Promise((resolve) => setTimeout(resolve, startMs + minute * 60_000 - performance.now()))
      looks.push(await inTurn(pages, (page) => page.held()))
      log(`${minute} min: ${looks[minute].map(lineOf).join('; ')}`)
    }
    const codeAfter = await inTurn(pages, (page) => page.codeBytes())
    const count = { passed: 0, failed: 0, skipped: 0 }
    const check = (holds: boolean, fact: string) => {
      if (holds) count.passed++
      else count.failed++
      log(`${holds ? '✓' : '✗'} ${fact}`)
    }
    for (const [i, { name, faults }] of pages.entries()) {
      const course = looks.map((look, x) => ({ x, y: look[i].heapBytes }))
      const code = (codeAfter[i] - codeBefore[i]) / course[0].y
      const growth = growthOf(course) - code
      check(
        growth <= MOST_GROWTH,
        `the heap of the ${name} grows by ${percent(growth)}, its code by ${percent(code)}`,
      )
      for (const what of ['nodes', 'listeners'] as const) {
        const counts = looks.map((look) => look[i][what])
        const [before, after] = [lowest(counts, 0), lowest(counts, 1)]
        check(
          after <= before,
          `its ${what === 'nodes' ? 'nodes beside the document' : what} are no more in the last third than in the first: ${before}, ${after}`,
        )
      }
      check(faults.length === 0, `it says no error ${faults.slice(0, 2).join('; ')}`)
    }
    return count
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function inTurn<T>(pages: readonly SoakPage[], look: (page: SoakPage) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (const page of pages) found.push(await look(page))
  return found
}

/** The least of the first third, or of the last: what comes and goes, as an event in a list, is in neither. */
function lowest(counts: readonly number[], end: 0 | 1): number {
  const third = Math.ceil(counts.length / 3)
  return Math.min(...(end === 0 ? counts.slice(0, third) : counts.slice(-third)))
}

function lineOf({ heapBytes, bufferBytes, nodes, listeners, state }: PageHeld): string {
  const mb = (bytes: number) => (bytes / 1e6).toFixed(2)
  return `${mb(heapBytes)} + ${mb(bufferBytes)} MB, ${nodes} nodes, ${listeners} listeners, ${state}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
