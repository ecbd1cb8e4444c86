/** Going back in time: one page rewinds and plays while another stays live; a saved file shows the same without the server. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, untilCity, withinWindow } from './pages.ts'

/** So much is recorded before anyone goes back. */
const RECORDED_MS = 20_000

const shown = (page: Page) =>
  page.evaluate(() => {
    const { clock, stream, replay } = window.citytwin!.store.get()
    return { timeMs: clock?.timeMs ?? 0, tick: window.citytwin!.mirror.tick, stream, asked: replay?.timeMs }
  })

/** Everything the page's tables hold, as one number. */
const fingerprint = (page: Page) =>
  page.evaluate(() => {
    let hash = 0
    for (const name of ['traffic.links', 'traffic.vehicles', 'transit.vehicles', 'power.substations']) {
      const { rows, columns } = window.citytwin!.mirror.table({ name } as never)
      for (const column of Object.values(columns))
        for (const value of column.subarray(0, rows))
          hash = (Math.imul(hash, 31) + Math.round(value * 1000)) | 0
    }
    return hash
  })

async function untilRecorded(page: Page, ms: number): Promise<void> {
  await page.waitForFunction(
    async (least) => {
      const answer = await fetch('/api/replay/span')
      if (answer.status !== 200) return false
      const { parts } = (await answer.json()) as { parts: { fromMs: number; toMs: number }[] }
      return parts.length > 0 && parts[parts.length - 1].toMs - parts[parts.length - 1].fromMs >= least
    },
    ms,
    { timeout: PATIENCE_MS, polling: 500 },
  )
}

function firstRecorded(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { parts } = (await (await fetch('/api/replay/span')).json()) as { parts: { fromMs: number }[] }
    return parts[0].fromMs
  })
}

async function untilShown(page: Page): Promise<void> {
  await withinWindow(page, () => {
    const { replay, clock } = window.citytwin!.store.get()
    return replay !== undefined && !replay.isSeeking && Math.abs((clock?.timeMs ?? 0) - replay.timeMs) < 1500
  })
}

/** Waits until both pages show the same moment, to a few seconds; a page that draws in software answers late. */
async function untilTogether(page: Page, live: Page): Promise<Awaited<ReturnType<typeof shown>>> {
  for (const endMs = Date.now() + PATIENCE_MS; ;) {
    const [now, then] = await Promise.all([shown(page), shown(live)])
    const apartS = (now.timeMs - then.timeMs) / 1000
    if (Math.abs(apartS) < 5) return then
    expectThat(Date.now() < endMs, `both pages show the present (${apartS} s apart)`)
    await page.waitForTimeout(500)
  }
}

export const cases: readonly Case[] = [
  {
    when: 'alone',
    name: 'one page drags back and plays at 60×, says that it is the past, and returns; another stays live all the while',
    async run({ open }) {
      const live = await open('/plan?lang=en&movers=100', ...DESK)
      await untilCity(live)
      const page = await open('/plan?lang=en&movers=100', ...DESK)
      await untilCity(page)
      await untilRecorded(page, RECORDED_MS)
      const strip = page.getByRole('slider', { name: 'Moment that is shown' })
      await strip.waitFor({ timeout: PATIENCE_MS })
      const before = await fingerprint(page)
      await strip.focus()
      await strip.press('Home')
      await untilShown(page)
      const past = await shown(page)
      const present = await shown(live)
      expectThat(past.stream === 'replay', 'the past is shown')
      const first = await firstRecorded(page)
      expectThat(
        past.timeMs === first,
        `the clock shows the first second (${past.timeMs}, recorded ${first})`,
      )
      expectThat(present.timeMs > past.timeMs, 'the other page shows a later one')
      expectThat((await fingerprint(page)) !== before, 'the tables are others than the present ones')
      expectThat(
        (await page.locator('.past-banner').innerText()).includes('Past'),
        'the map says that it is the past',
      )
      await strip.press('ArrowRight')
      await untilShown(page)
      expectThat((await shown(page)).timeMs === past.timeMs + 1000, 'an arrow goes one second on')
      await page.getByRole('button', { name: '60×' }).click()
      // some twenty seconds are recorded: at 60× they are over within a second, and the present comes back by itself
      await withinWindow(page, () => window.citytwin!.store.get().stream === 'live')
      await withinWindow(page, () => (window.citytwin!.store.get().clock?.timeMs ?? 0) > 0)
      expectThat((await page.locator('.past-banner').count()) === 0, 'nothing says past any more')
      await page.mouse.move(0, 0)
      await strip.focus()
      await strip.press('Home')
      await untilShown(page)
      await page.getByRole('button', { name: 'Back to live' }).click()
      await withinWindow(page, () => window.citytwin!.store.get().stream === 'live')
      await withinWindow(page, () => window.citytwin!.mirror.tick > 0)
      const then = await untilTogether(page, live)
      expectThat(then.stream === 'live' && then.timeMs > present.timeMs, 'the other page was live throughout')
    },
  },
  {
    name: 'the last minutes are saved as a file that shows the same picture again, and a foreign file is refused in words',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=100', ...DESK)
      await untilCity(page)
      await untilRecorded(page, RECORDED_MS)
      const strip = page.getByRole('slider', { name: 'Moment that is shown' })
      await strip.waitFor({ timeout: PATIENCE_MS })
      await strip.focus()
      await strip.press('Home')
      for (let s = 0; s < 6; s++) await strip.press('ArrowRight')
      await untilShown(page)
      const wanted = { ...(await shown(page)), print: await fingerprint(page) }
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save the last five minutes' }).click(),
      ])
      const name = file.suggestedFilename()
      expectThat(
        /^montevideo \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.citytwin$/.test(name),
        `named by city and time: ${name}`,
      )
      const bytes = readFileSync(await file.path())
      await page.close()

      const other = await open('/plan?lang=en&movers=100', ...DESK)
      await untilCity(other)
      await other.locator('.past-strip').waitFor({ timeout: PATIENCE_MS })
      // the frames come from the file alone
      await other.route('**/api/replay?*', (route) => route.abort())
      const choose = (given: Buffer, called: string) =>
        other
          .locator('input[accept=".citytwin"]')
          .setInputFiles({ name: called, mimeType: 'application/octet-stream', buffer: given })
      await choose(Buffer.from('nothing of ours'), 'notes.txt')
      await other.getByText('notes.txt could not be opened: This is not a Citytwin recording.').waitFor()
      await choose(bytes, name)
      await untilShown(other)
      const again = other.getByRole('slider', { name: 'Moment that is shown' })
      await again.focus()
      for (let s = 0; s < 6; s++) await again.press('ArrowRight')
      await untilShown(other)
      const got = await shown(other)
      expectThat(got.tick === wanted.tick, `the same moment (tick ${got.tick}, saved at ${wanted.tick})`)
      expectThat((await fingerprint(other)) === wanted.print, 'the same picture')
    },
  },
]
