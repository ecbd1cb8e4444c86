/**
 * Proves that a town dropped on the planner's face is alive within a minute, and that the largest that is allowed can be borne: prints
 * the seconds of each, and the most memory that the page's process took.
 */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { makeTown } from '../../client/source/town/makeTown.ts'
import { factsOfFault } from '../../client/source/town/townFault.ts'
import { townLimits } from '../../client/source/town/townLimits.ts'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { dropFiles, untilTown, type DroppedFile } from '../e2e/dropTown.ts'
import { DESK, withinWindow } from '../e2e/pages.ts'
import { startServer } from '../e2e/server.ts'
import { cases as published } from '../fixtures/cases.ts'
import { brokenBytes } from '../fixtures/outsideBytes.ts'
import { townMapBytes } from '../fixtures/townBytes.ts'
import { wideTownBytes } from '../fixtures/wideTown.ts'

const ALIVE_S = 60
const BROKEN = 600
const PATIENCE_MS = 600_000

export async function prove(
  log: (line: string) => void,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const chromium = findChromium()
  const monaco = published('osm/monaco.osm.pbf')
  if (chromium === undefined) return { passed: 0, failed: 0, skipped: 3 }
  const server = await startServer([])
  let passed = 0
  let failed = 0
  const check = (holds: boolean, fact: string) => {
    if (holds) passed++
    else failed++
    log(`${holds ? '✓' : '✗'} ${fact}`)
  }
  const alive = async (file: DroppedFile): Promise<Alive> => {
    const browser = await launchChromium(chromium)
    try {
      return await seconds(browser, server.address, file)
    } finally {
      await browser.close()
    }
  }
  try {
    const outcomes = [...brokenBytes(townMapBytes(3, false), BROKEN)].map(outcome)
    check(
      !outcomes.includes('failed'),
      `${BROKEN} broken maps end in a town or in a reason (${outcomes.filter((one) => one === 'town').length} towns)`,
    )
    if (monaco !== undefined) {
      const { madeS, aliveS, memoryMb, faults } = await alive({
        name: 'monaco.osm.pbf',
        bytes: new Uint8Array(readFileSync(monaco)),
      })
      check(
        aliveS <= ALIVE_S,
        `Monaco is made in ${madeS.toFixed(1)} s and alive after ${aliveS.toFixed(1)} s (${memoryMb} MB at most)`,
      )
      check(faults.length === 0, `nothing fails on its page ${faults.join('\n')}`)
    }
    const wide = { name: 'wide.osm.pbf', bytes: wideTownBytes(0.97 * townLimits.streetKm) }
    const { madeS, aliveS, memoryMb, stepMs, faults } = await alive(wide)
    check(
      faults.length === 0,
      `the largest (${(wide.bytes.length / 1e6).toFixed(1)} MB) is made in ${madeS.toFixed(0)} s, alive after ${aliveS.toFixed(0)} s, ` +
        `${memoryMb} MB at most, its clock at ${stepMs.toFixed(0)} ms a second ${faults.join('\n')}`,
    )
  } finally {
    await server.stop()
  }
  return { passed, failed, skipped: monaco === undefined ? 2 : 0 }
}

function outcome(bytes: Uint8Array): string {
  try {
    makeTown({ map: { name: 'broken.osm.pbf', bytes }, feed: undefined }, () => undefined)
    return 'town'
  } catch (error) {
    return factsOfFault(error).kind
  }
}

interface Alive {
  readonly madeS: number
  readonly aliveS: number
  readonly memoryMb: number
  /** By which the town's clock went in the second after. */
  readonly stepMs: number
  readonly faults: readonly string[]
}

async function seconds(browser: Browser, address: string, file: DroppedFile): Promise<Alive> {
  const page = await browser.newPage({ viewport: { width: DESK[0], height: DESK[1] } })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(`${address}/plan?lang=en&movers=300&quality=full`)
  await page.getByRole('button', { name: 'Your own town …' }).waitFor()
  const droppedMs = Date.now()
  const since = () => (Date.now() - droppedMs) / 1000
  await dropFiles(page, [file])
  await page.waitForURL((url) => url.searchParams.has('town'), { timeout: PATIENCE_MS })
  const madeS = since()
  await untilTown(page, file.name.replace('.osm.pbf', ''), PATIENCE_MS)
  await withinWindow(page, () => (window.citytwin?.drawnPositions(10).length ?? 0) > 2)
  const aliveS = since()
  const tick = () => page.evaluate(() => window.citytwin!.mirror.tick)
  const first = await tick()
  await page.waitForTimeout(10_000)
  const stepMs = (((await tick()) - first) * 20) / 10
  return { madeS, aliveS, memoryMb: await mostMemoryMb(browser), stepMs, faults }
}

/** The most that any page's process of this browser took, by the system's own count. */
async function mostMemoryMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const of = (pid: number): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000
  }
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return Math.round(Math.max(0, ...renderers.map(({ id }) => of(id))))
}
