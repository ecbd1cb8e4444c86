/** Pages in a browser that follow for as long as they are let, and what they hold. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { drawLittle } from '../../e2e/drawLittle.ts'
import { leastOf } from './trend.ts'

// Two pages that draw in software beside the server, on a machine that others use too.
const BEGINS_WITHIN_MS = 240_000
// Without a graphics card drawing takes both processors for seconds, and a page that waits for it reads no frame. Every call is made
// and everything is uploaded, but one triangle of a call is drawn, and only so often.
const DRAW_MS = 1000

export interface PageHeld {
  /** JavaScript objects once the garbage is gone, and the bytes of buffers beside them. */
  readonly heapBytes: number
  readonly bufferBytes: number
  /** Held beside those of the document, which come and go with what it has to say. */
  readonly nodes: number
  readonly listeners: number
  /** The longest that the page waited for a frame since it was last asked, milliseconds. */
  readonly gapMs: number
  readonly gapAgoMs: number
  readonly state: string
}

interface Usage {
  readonly usedSize: number
  readonly backingStorageSize?: number
}

declare global {
  interface Window {
    soakGap?: { lastMs: number | undefined; mostMs: number; atMs: number }
  }
}

export class SoakPage {
  readonly name: string
  readonly faults: string[] = []
  private readonly page: Page
  private readonly session: CDPSession

  private constructor(name: string, page: Page, session: CDPSession) {
    this.name = name
    this.page = page
    this.session = session
  }

  static async open(browser: Browser, name: string, url: string): Promise<SoakPage> {
    const page = await browser.newPage({ viewport: { width: 480, height: 360 } })
    await page.addInitScript(drawLittle)
    await page.addInitScript(drawSeldom, DRAW_MS)
    const session = await page.context().newCDPSession(page)
    const soaked = new SoakPage(name, page, session)
    page.on('pageerror', (error) => soaked.faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && soaked.faults.push(message.text()))
    await page.goto(url)
    const isThere = () =>
      (window.citytwin?.mirror.tick ?? -1) > 0 && window.citytwin?.store.get().city !== undefined
    await page.waitForFunction(isThere, undefined, { timeout: BEGINS_WITHIN_MS })
    await page.evaluate(() => {
      const gap: NonNullable<Window['soakGap']> = { lastMs: undefined, mostMs: 0, atMs: 0 }
      window.soakGap = gap
      window.citytwin!.mirror.onFrame(() => {
        const nowMs = performance.now()
        const ms = nowMs - (gap.lastMs ?? nowMs)
        gap.lastMs = nowMs
        if (ms <= gap.mostMs) return
        gap.mostMs = ms
        gap.atMs = nowMs
      })
    })
    await session.send('Performance.enable')
    return soaked
  }

  /** Of its heap, what is compiled code. Stops the page for some seconds. */
  async codeBytes(): Promise<number> {
    const parts: string[] = []
    const take = ({ chunk }: { chunk: string }) => parts.push(chunk)
    this.session.on('HeapProfiler.addHeapSnapshotChunk', take)
    await this.session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    this.session.off('HeapProfiler.addHeapSnapshotChunk', take)
    return codeBytesOf(parts.join(''))
  }

  /** Gaps count from now on. */
  async begin(): Promise<void> {
    await this.page.evaluate(() => Object.assign(window.soakGap!, { lastMs: undefined, mostMs: 0 }))
  }

  async held(): Promise<PageHeld> {
    const { inDocument, ...shown } = await this.page.evaluate(() => {
      const { mostMs, atMs } = window.soakGap!
      window.soakGap!.mostMs = 0
      const { state } = window.citytwin!.store.get().connection
      const walker = document.createTreeWalker(document)
      let inDocument = 1
      while (walker.nextNode() !== null) inDocument++
      return { inDocument, gapMs: mostMs, gapAgoMs: performance.now() - atMs, state }
    })
    const { usedSize, backingStorageSize } = await leastOf(
      (usage: Usage) => usage.usedSize,
      async () => {
        for (let i = 0; i < 2; i++) await this.session.send('HeapProfiler.collectGarbage')
        // `backingStorageSize` is newer than the types of the protocol that playwright has
        return (await this.session.send('Runtime.getHeapUsage')) as Usage
      },
    )
    const { metrics } = await this.session.send('Performance.getMetrics')
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN
    const bufferBytes = backingStorageSize ?? NaN
    return {
      heapBytes: usedSize,
      bufferBytes,
      nodes: of('Nodes') - inDocument,
      listeners: of('JSEventListeners'),
      ...shown,
    }
  }
}

/** Runs in the page before any of its own script: it asks for the next frame no sooner than after `everyMs`. */
function drawSeldom(everyMs: number): void {
  const next = requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (draw) => window.setTimeout(() => next(draw), everyMs)
  window.cancelAnimationFrame = clearTimeout
}

/** What of V8's heap snapshots is read: nodes in one list of numbers, and what stands where in it. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly node_types: readonly [readonly string[], ...unknown[]]
    }
  }
  readonly nodes: readonly number[]
}

function codeBytesOf(text: string): number {
  const { snapshot, nodes } = JSON.parse(text) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  const code = types[0].indexOf('code')
  let sum = 0
  for (let node = 0; node < nodes.length; node += fields.length)
    if (nodes[node + type] === code) sum += nodes[node + size]
  return sum
}
