/**
 * From a drag on the strip to the picture: the time until the page's tables hold the asked moment and the next draw is issued,
 * and how long the main thread was held meanwhile. Layers are off, the map is a strip and drawing is stubbed, since software
 * graphics say nothing of a GPU; the city is Montevideo at its evening peak.
 */
import type { Page } from 'playwright-core'
import { findChromium, launchChromium } from '../e2e/browsers.ts'
import { drawLittle } from '../e2e/drawLittle.ts'
import { startServer } from '../e2e/server.ts'

const SEEKS = 40
/** The page has been there for so long before the first press. */
const THERE_MS = 5000
/** So much is recorded before: two keyframes and the deltas between. */
const RECORDED_MS = 130_000

interface Seek {
  readonly ms: number
  /** The longest task of the main thread within it. */
  readonly heldMs: number
}

export async function bench(log: (line: string) => void): Promise<void> {
  const path = findChromium()
  if (path === undefined) {
    log(JSON.stringify({ bench: 'replayPage', skipped: 'no Chromium: apt-get install chromium' }))
    return
  }
  const server = await startServer(['--at', '18:00'])
  const browser = await launchChromium(path)
  try {
    await new Promise((resolve) => setTimeout(resolve, RECORDED_MS))
    const page = await browser.newPage({ viewport: { width: 1440, height: 420 } })
    await page.addInitScript(drawLittle)
    await page.goto(`${server.address}/plan?lang=en&layers=&movers=0`)
    await page.locator('.past-strip').waitFor({ timeout: 90_000 })
    await page.waitForFunction(() => window.citytwin?.store.get().city !== undefined, undefined, {
      timeout: 90_000,
    })
    await page.waitForTimeout(THERE_MS)
    const seeks = await seekAbout(page)
    const sorted = seeks.map(({ ms }) => ms).sort((a, b) => a - b)
    const held = seeks.map(({ heldMs }) => heldMs).sort((a, b) => a - b)
    const at = (list: number[], share: number) => Math.round(list[Math.floor(share * (list.length - 1))])
    log(
      JSON.stringify({
        bench: 'replayPage',
        what: 'from the drag to state applied and draw issued',
        seeks: SEEKS,
        p50Ms: at(sorted, 0.5),
        p95Ms: at(sorted, 0.95),
        maxMs: at(sorted, 1),
        firstMs: Math.round(seeks[0].ms),
        longestTaskP50Ms: at(held, 0.5),
        longestTaskMaxMs: at(held, 1),
      }),
    )
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Presses on the strip at random places, each when the one before is shown. */
function seekAbout(page: Page): Promise<Seek[]> {
  return page.evaluate(async (count) => {
    const strip = document.querySelector<HTMLElement>('.past-strip')!
    const { left, width, top } = strip.getBoundingClientRect()
    // capturing a pointer that is not there throws
    strip.setPointerCapture = () => undefined
    const { parts } = (await (await fetch('/api/replay/span')).json()) as {
      parts: { fromMs: number; toMs: number }[]
    }
    const [{ fromMs, toMs }] = parts
    // the strip spans ten minutes while less is recorded
    const firstShare = 1 - (toMs - fromMs) / 600_000
    const tasks: { startTime: number; duration: number }[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ entryTypes: ['longtask'] })
    const found: { ms: number; heldMs: number }[] = []
    let random = 7
    for (let i = 0; i < count; i++) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      const clientX = left + width * (firstShare + (0.98 - firstShare) * (random / 2 ** 32))
      const startMs = performance.now()
      const press = { clientX, clientY: top + 30, bubbles: true, pointerId: 1, button: 0 }
      strip.dispatchEvent(new PointerEvent('pointerdown', press))
      strip.dispatchEvent(new PointerEvent('pointerup', press))
      const isShown = () => {
        const { replay, clock } = window.citytwin!.store.get()
        return (
          replay !== undefined && !replay.isSeeking && Math.abs((clock?.timeMs ?? 0) - replay.timeMs) < 1500
        )
      }
      while (!isShown() && performance.now() - startMs < 20_000)
        await new Promise((resolve) => setTimeout(resolve, 1))
      await new Promise(requestAnimationFrame)
      const endMs = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 300))
      const within = tasks.filter(({ startTime }) => startTime >= startMs && startTime < endMs)
      found.push({ ms: endMs - startMs, heldMs: Math.max(0, ...within.map(({ duration }) => duration)) })
    }
    return found
  }, SEEKS)
}
