/** One picture over four screens: one clock, one camera, and a screen that dies comes back in step. */
import type { Page } from 'playwright-core'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'

// Small: four of them are drawn by software.
const SCREEN = { width: 480, height: 300 } as const
const BEZEL_PX = 16
const SAMPLE_MS = 2500
const MOST_APART_MS = 20
const MOST_SEAM_PX = 0.5
/** Four pages that draw in software share two cores; how long it took is printed. */
const BACK_MS = 15_000

const places = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const

const pathOf = ([col, row]: readonly [number, number]) =>
  `/wall?wall=2x2&tile=${col},${row}&bezel=${BEZEL_PX}&name=four&lang=en&theme=night&movers=300`

interface Sample {
  readonly atMs: number
  readonly tick: number
}

/** What the page's clock draws, again and again, with the machine's time. */
function sampled(page: Page): Promise<Sample[]> {
  return page.evaluate(async (forMs) => {
    const { clock } = window.citytwin!.live
    const samples: Sample[] = []
    const endMs = performance.now() + forMs
    while (performance.now() < endMs) {
      const nowMs = performance.now()
      clock.advance(nowMs)
      samples.push({ atMs: performance.timeOrigin + nowMs, tick: clock.tick() })
      await new Promise((resolve) => setTimeout(resolve, 8))
    }
    return samples
  }, SAMPLE_MS)
}

/** The tick at `atMs`, between two samples that are close together; undefined where there are none. */
function tickAt(samples: readonly Sample[], atMs: number): number | undefined {
  const next = samples.findIndex((sample) => sample.atMs >= atMs)
  if (next <= 0) return undefined
  const [a, b] = [samples[next - 1], samples[next]]
  if (b.atMs - a.atMs > 60) return undefined
  return a.tick + ((b.tick - a.tick) * (atMs - a.atMs)) / (b.atMs - a.atMs)
}

/** How far apart the pages' clocks stand at most, milliseconds of the city, over all pairs and the moments at which all were asked. */
async function apart(pages: readonly Page[]): Promise<{ worst: number; count: number }> {
  const all = await Promise.all(pages.map(sampled))
  const found = all[0].flatMap(({ atMs }) => {
    const ticks = all.map((samples) => tickAt(samples, atMs))
    const known = ticks.filter((tick) => tick !== undefined)
    return known.length < pages.length
      ? []
      : [((Math.max(...known) - Math.min(...known)) * 1000) / TICKS_PER_S]
  })
  return { worst: Math.max(0, ...found), count: found.length }
}

/**
 * When the pages were first seen to draw one moment, since `sinceMs`; the sample itself is not counted. A page that has just begun
 * draws its first picture for seconds in software, and stands at its first frame meanwhile.
 */
async function untilInStep(pages: readonly Page[], sinceMs: number) {
  for (;;) {
    const backMs = Date.now() - sinceMs
    const { worst, count } = await apart(pages)
    if (count > 20 && worst <= MOST_APART_MS) return { backMs, worst }
    expectThat(
      backMs <= BACK_MS,
      `in step within ${BACK_MS} ms (${worst.toFixed(1)} ms apart at ${count} moments)`,
    )
  }
}

/** Where the page draws a place, from its upper left. */
function drawnAt(page: Page, at: readonly [number, number]): Promise<readonly [number, number]> {
  return page.evaluate(([lng, lat]) => {
    const { map } = window.citytwin!
    const { x, y } = map.project([lng, lat])
    const box = map.getContainer().getBoundingClientRect()
    return [x + box.left, y + box.top] as const
  }, at)
}

/** The place under a point of the page. */
function placeAt(page: Page, x: number, y: number): Promise<readonly [number, number]> {
  return page.evaluate(
    ([x, y]) => {
      const { map } = window.citytwin!
      const box = map.getContainer().getBoundingClientRect()
      const { lng, lat } = map.unproject([x - box.left, y - box.top])
      return [lng, lat] as const
    },
    [x, y] as const,
  )
}

/** How far a place at a seam is drawn from where the other screen has it, the bezel taken off, pixels. */
async function seamsOff(pages: readonly Page[]): Promise<number> {
  let worst = 0
  for (const [one, place] of places.entries()) {
    for (const [other, there] of places.entries()) {
      const [dx, dy] = [there[0] - place[0], there[1] - place[1]]
      if (dx + dy !== 1 || dx < 0 || dy < 0) continue
      for (const share of [0.1, 0.5, 0.9]) {
        const at =
          dx === 1 ? [SCREEN.width, SCREEN.height * share] : [SCREEN.width * share * 0.6, SCREEN.height]
        const [x, y] = await drawnAt(pages[other], await placeAt(pages[one], at[0], at[1]))
        const due = dx === 1 ? [-BEZEL_PX, at[1]] : [at[0], -BEZEL_PX]
        worst = Math.max(worst, Math.hypot(x - due[0], y - due[1]))
      }
    }
  }
  return worst
}

/** Sends the wall elsewhere, as a desk does. */
async function steer(page: Page): Promise<void> {
  const reply = await page.evaluate(() => {
    const camera = { lng: -56.17, lat: -34.9, zoom: 11.87, bearing: 20, pitch: 0 }
    return window.citytwin!.live.source.walls!.steer({ name: 'four', act: 'look', camera })
  })
  expectThat(reply.ok, 'the wall takes a view')
}

/** The different cameras of the whole picture that pages have. */
async function camerasOf(pages: readonly Page[]): Promise<Set<string>> {
  const cameras = await Promise.all(
    pages.map((page) => page.evaluate(() => JSON.stringify(window.citytwin!.store.get().view.camera))),
  )
  return new Set(cameras)
}

export const cases: readonly Case[] = [
  {
    when: 'alone',
    looks: true,
    name: 'four screens are one picture: clocks within 20 ms, streets go on across the seams, a killed one is back in step',
    limitMs: 240_000,
    async run({ open }) {
      const pages: Page[] = []
      for (const place of places) pages.push(await open(pathOf(place), SCREEN.width, SCREEN.height))
      for (const page of pages) await untilCity(page)
      // two frames after the last of them has begun
      await pages[0].waitForTimeout(3500)

      const clocks = await untilInStep(pages, Date.now())
      console.log(`  clocks apart: worst ${clocks.worst.toFixed(1)} ms`)

      const seams = await seamsOff(pages)
      console.log(`  seams: worst ${seams.toFixed(3)} px`)
      expectThat(seams <= MOST_SEAM_PX, `streets go on across the seams (${seams.toFixed(2)} px off)`)

      await steer(pages[0])
      await pages[0].waitForTimeout(6000)
      expectThat((await camerasOf(pages)).size === 1, 'all screens look where the desk told them')
      expectThat((await seamsOff(pages)) <= MOST_SEAM_PX, 'the picture is one after a move')

      await pages[3].close()
      const killedMs = Date.now()
      pages[3] = await open(pathOf(places[3]), SCREEN.width, SCREEN.height)
      await pages[3].waitForFunction(() => (window.citytwin?.live.clock.tick() ?? 0) > 0, undefined, {
        timeout: PATIENCE_MS,
      })
      const { backMs, worst } = await untilInStep(pages, killedMs)
      console.log(`  back in step after ${backMs} ms: ${worst.toFixed(1)} ms apart`)
      expectThat((await camerasOf(pages)).size === 1, 'it looks where the others do')
      expectThat((await seamsOff(pages)) <= MOST_SEAM_PX, 'the picture is whole again')
    },
  },
]
