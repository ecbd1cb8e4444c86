/** The rules of a control room's wall (W1 to W20) that only a browser can tell: sizes, places, light, freshness. */
import type { Page } from 'playwright-core'
import type { PageState, Store } from '../../client/state/store.ts'
import { leastFontPx, pixelPitchMm } from '../../client/theme/viewing.ts'
import { FaultProxy } from '../prove/chaos/faultProxy.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'
import { brightStills, faultsOfLayout, letteringOf, lightOf } from './wallScan.ts'

const HD = [1920, 1080] as const
/** A full wall, two screens side by side, and three in a row. */
const WALLS = [
  [5760, 1080],
  [3840, 2160],
  [7680, 2160],
] as const
/** From where a wall is seen, and how large it is: metres, inches. */
const VIEWINGS = [
  [4, 86],
  [6, 86],
  [2, 55],
  [4, 55],
  [6, 55],
] as const
const SEED = 4711
/** What the page promises: later than this a frame is late, and later than that lost; and a second for saying so. */
const LATE_MS = 2500
const LOST_MS = 15_000
const SAID_WITHIN_MS = 1000
const BACK_WITHIN_MS = 10_000
const HOUR_MS = 3_600_000

declare global {
  interface Window {
    /** Kept beside the hook, which goes with the map. */
    wallStore?: Store
    /** By how much the page's clock of day is wrong. */
    shiftMs?: number
    /** When a state was first said: the age of what was shown then, milliseconds. */
    firstSaid?: Partial<Record<PageState['connection']['state'], number>>
  }
}

async function openWall(open: (path: string, width: number, height: number) => Promise<Page>, query: string) {
  const wall = await open(`/wall?lang=en&movers=0&layers=power&${query}`, ...HD)
  await untilCity(wall)
  await wall.locator('.wall-number b').first().filter({ hasText: /\d/ }).waitFor({ timeout: PATIENCE_MS })
  await wall.evaluate(() => {
    window.wallStore = window.citytwin!.store
  })
  return wall
}

async function expectSizes(wall: Page, distanceM: number, diagonalIn: number): Promise<void> {
  const [acrossPx, downPx, ratio] = await wall.evaluate((): [number, number, number] => [
    screen.width,
    screen.height,
    devicePixelRatio,
  ])
  const pitchMm = pixelPitchMm(diagonalIn, acrossPx * ratio, downPx * ratio)
  const where = `${distanceM} m before ${diagonalIn} inches`
  const letters = await letteringOf(wall)
  expectThat(letters.length > 10, `${where}: there is something to read (${letters.length})`)
  for (const { text, sizePx, isValue } of letters) {
    const leastPx = leastFontPx(distanceM, pitchMm, isValue ? 20 : 16)
    expectThat(
      sizePx * ratio >= leastPx - 0.1,
      `W1 ${where}: “${text}” is ${sizePx.toFixed(1)} of ${leastPx.toFixed(1)} px`,
    )
  }
}

async function expectLayout(wall: Page, where: string): Promise<void> {
  // it may take a frame or two until what was resized stands
  for (const endMs = Date.now() + PATIENCE_MS / 4; ; await wall.waitForTimeout(300)) {
    const faults = await faultsOfLayout(wall)
    if (faults.length === 0) return
    expectThat(Date.now() < endMs, `W15 ${where}: everything has its place:\n${faults.join('\n')}`)
  }
}

/** Notes when each state of the line is first said by all of the wall's values. */
function watchStates(wall: Page): Promise<void> {
  return wall.evaluate(() => {
    const said: Window['firstSaid'] = (window.firstSaid = {})
    const look = () => {
      const states = new Set(
        [...document.querySelectorAll('.freshness, .wall-number')].map((one) =>
          one.getAttribute('data-state'),
        ),
      )
      const [state] = states as Set<'live' | 'late' | 'lost'>
      if (states.size === 1) said[state] ??= performance.now() - window.citytwin!.mirror.cutAtMs!
    }
    new MutationObserver(look).observe(document.body, { subtree: true, attributeFilter: ['data-state'] })
  })
}

function clockMs(wall: Page): Promise<number> {
  return wall.evaluate(() => window.citytwin!.store.get().clock?.timeMs ?? 0)
}

export const cases: readonly Case[] = [
  {
    name: 'W1 W15 W19: on walls of every shape and from every distance all is large enough, in its place, and nothing scrolls',
    limitMs: 200_000,
    async run({ open }) {
      const wall = await openWall(open, 'theme=night')
      await expectLayout(wall, HD.join('×'))
      for (const [distanceM, diagonalIn] of VIEWINGS) {
        await wall.evaluate((viewing) => window.wallStore!.setView({ viewing }), { distanceM, diagonalIn })
        await expectLayout(wall, `${distanceM} m before ${diagonalIn} inches`)
        await expectSizes(wall, distanceM, diagonalIn)
      }
      await wall.evaluate(() => window.wallStore!.setView({ viewing: undefined }))
      for (const [width, height] of WALLS) {
        await wall.setViewportSize({ width, height })
        await expectLayout(wall, `${width}×${height}`)
      }
      const quiet = await wall.evaluate(() => ({
        dialogs: document.querySelectorAll('dialog, [role="dialog"], [role="alertdialog"]').length,
        cursors: [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).cursor !== 'none')
          .length,
      }))
      expectThat(quiet.dialogs === 0, 'W19: no dialog')
      // the head of the document has nothing to show one over
      expectThat(quiet.cursors === 0, `W19: no cursor (${quiet.cursors})`)
    },
  },
  {
    looks: true,
    name: 'W2 W10 W13 W14 W17 W18: calm when nothing is wrong, framed, few numbers each with its context, and no more light than a room bears',
    async run({ open, browser }) {
      const wall = await openWall(open, 'theme=night')
      const dark = await lightOf(wall, browser)
      console.log(
        `  dark room: mean luminance ${(dark.mean * 100).toFixed(1)} %, saturated ${(dark.saturated * 100).toFixed(2)} % of the panels`,
      )
      expectThat(dark.saturated < 0.03, `W2: ${dark.saturated} of the panels is saturated`)
      expectThat(dark.mean <= 0.35, `W17: mean luminance ${dark.mean}`)
      const bright = await brightStills(wall, 0.6)
      expectThat(bright.length === 0, `W17: nothing that never changes is bright (${bright.join('; ')})`)
      const frame = await wall.evaluate(() => {
        const style = getComputedStyle(document.querySelector('.wall')!)
        return { widthPx: parseFloat(style.borderTopWidth), line: style.borderTopStyle }
      })
      expectThat(frame.widthPx >= 4 && frame.line === 'solid', `W10: a frame (${JSON.stringify(frame)})`)
      expectThat(await wall.getByText('EXERCISE').isVisible(), 'W10: and its word')
      const numbers = await wall.locator('.wall-number').evaluateAll((all) =>
        all.map((one) => ({
          value: one.querySelector('b')?.textContent ?? '',
          about: one.querySelector('p span')?.textContent ?? '',
          context: one.querySelector('small')?.textContent ?? '',
          hasTrend: one.querySelector('.trend svg[role=img]') !== null,
          hasBand: one.querySelector('.trend-band') !== null,
          numeric: getComputedStyle(one.querySelector('b')!).fontVariantNumeric,
        })),
      )
      expectThat(numbers.length <= 10 && numbers.length > 0, `W13: at most ten numbers (${numbers.length})`)
      for (const number of numbers) {
        const told = JSON.stringify(number)
        const digits = number.value.replace(/\D/g, '').replace(/^0+|0+$/g, '')
        expectThat(digits.length <= 3, `W14: three digits that count (${told})`)
        expectThat(/[^\d.,\s]/.test(number.value) || number.about !== '', `W14: a unit (${told})`)
        expectThat(number.hasTrend && number.hasBand, `W14: the hour and what is normal in it (${told})`)
        expectThat(/Normal is|Usual at/.test(number.context), `W14: what it is held against (${told})`)
        expectThat(number.numeric.includes('tabular-nums'), `W14: digits of one width (${told})`)
      }
      await wall.close()
      const lit = await lightOf(await openWall(open, 'theme=day'), browser)
      console.log(
        `  lit room: mean luminance ${(lit.mean * 100).toFixed(1)} %, saturated ${(lit.saturated * 100).toFixed(2)} % of the panels`,
      )
      expectThat(lit.mean <= 0.75 && lit.mean > 0.4, `W17 W18: mean luminance ${lit.mean}`)
      expectThat(lit.saturated < 0.03, `W2: ${lit.saturated} of the panels is saturated`)
    },
  },
  {
    when: 'alone',
    name: 'W7 W9 W19: a feed that stops is told within its promise and a second, its values go, and it is back within ten; the clock of day plays no part',
    mayLog: /WebSocket|ERR_|Failed to load resource/,
    async run({ openAt, address }) {
      const proxy = await FaultProxy.open(Number(new URL(address).port), SEED)
      try {
        const first = await openAt(proxy.url, '/health', ...HD)
        await first.addInitScript((shiftMs) => {
          window.shiftMs = shiftMs
          const Real = Date
          class Wrong extends Real {
            constructor(...given: [] | [number]) {
              super(given.length === 0 ? Real.now() + window.shiftMs! : given[0])
            }
            static override now(): number {
              return Real.now() + window.shiftMs!
            }
          }
          Object.assign(window, { Date: Wrong })
        }, HOUR_MS)
        const wall = await openWall(async (path) => {
          await first.goto(`${proxy.url}${path}`)
          return first
        }, 'theme=night')
        for (const shiftMs of [HOUR_MS, -HOUR_MS]) {
          await wall.evaluate((shiftMs) => {
            window.shiftMs = shiftMs
          }, shiftMs)
          await wall.locator('.freshness[data-state=live]').waitFor({ timeout: PATIENCE_MS })
          const { timeMs } = (await (await fetch(`${address}/api/now`)).json()) as { timeMs: number }
          const awayMs = Math.abs((await clockMs(wall)) - timeMs)
          expectThat(awayMs < 5000, `W9: the host's time is shown, ${awayMs} ms away, at ${shiftMs} ms`)
        }
        await watchStates(wall)
        proxy.fault = { kind: 'blackhole' }
        await wall.locator('.freshness[data-state=lost]').waitFor({ timeout: PATIENCE_MS })
        const said = await wall.evaluate(() => window.firstSaid!)
        const notLiveMs = Math.min(said.late ?? Infinity, said.lost ?? Infinity)
        console.log(`  not live after ${notLiveMs.toFixed(0)} ms, lost after ${said.lost?.toFixed(0)} ms`)
        expectThat(notLiveMs <= LATE_MS + SAID_WITHIN_MS, `W7: told after ${notLiveMs} ms`)
        expectThat((said.lost ?? Infinity) <= LOST_MS + SAID_WITHIN_MS, `W7: lost after ${said.lost} ms`)
        const shown = await wall.evaluate(() => ({
          values: [...document.querySelectorAll('.wall-number b')].map((one) => one.textContent),
          ages: [...document.querySelectorAll('.wall-number .wall-trouble')].map(
            (one) => one.textContent ?? '',
          ),
          hatch: getComputedStyle(document.querySelector('.wall-number b')!).backgroundImage,
          word: document.querySelector('.freshness')?.textContent ?? '',
        }))
        const told = JSON.stringify(shown)
        expectThat(
          shown.values.every((value) => value === '—'),
          `W7: no value that is lost is shown (${told})`,
        )
        expectThat(
          shown.ages.length === shown.values.length &&
            shown.ages.every((age) => /nothing new for \d/.test(age)),
          `W7: each says for how long (${told})`,
        )
        expectThat(shown.hatch.includes('gradient'), `W7: and is hatched (${told})`)
        expectThat(/LOST.*\d+ s old/.test(shown.word), `W7: in a word (${told})`)
        proxy.fault = { kind: 'none' }
        const healedMs = Date.now()
        await wall.locator('.freshness[data-state=live]').waitFor({ timeout: PATIENCE_MS })
        const backMs = Date.now() - healedMs
        console.log(`  live again ${backMs} ms after the line`)
        expectThat(backMs <= BACK_WITHIN_MS, `W19: back within ten seconds (${backMs} ms)`)
        await wall
          .locator('.wall-number b')
          .first()
          .filter({ hasText: /\d/ })
          .waitFor({ timeout: PATIENCE_MS })
      } finally {
        proxy.close()
      }
    },
  },
]
