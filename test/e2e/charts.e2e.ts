/** The drawings in a real browser: each is reached and read by key, and what one points at lights up in the others and on the map. */
import type { Locator, Page } from 'playwright-core'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'

const ROOM = [1280, 800] as const
const FEEDER = 12

async function openPlan(
  open: (path: string, width: number, height: number) => Promise<Page>,
  query: string,
): Promise<Page> {
  const page = await open(`/plan?lang=en&movers=0&${query}`, ...ROOM)
  await untilCity(page)
  return page
}

function pointed(page: Page) {
  return page.evaluate(() => {
    const it = window.citytwin!.live.pointing.get()
    return it && { table: it.table, rows: [...it.rows] }
  })
}

function selected(page: Page) {
  return page.evaluate(() => window.citytwin!.store.get().view.selection)
}

/** Words of the mark that is pointed at in a drawing. */
async function litIn(drawing: Locator): Promise<string | null> {
  const lit = drawing.locator('[role=option][aria-selected=true]')
  await lit.first().waitFor({ state: 'attached', timeout: PATIENCE_MS })
  return lit.first().getAttribute('aria-label')
}

async function untilRinged(page: Page): Promise<void> {
  await page.waitForFunction(
    () => window.citytwin!.layers().some(({ id }) => id === 'pointed-points'),
    undefined,
    { timeout: PATIENCE_MS },
  )
}

export const cases: readonly Case[] = [
  {
    name: 'a feeder is drawn: a key in its diagram lights its voltage and the map, a hand on the map lights both, Enter selects',
    async run({ open }) {
      const page = await openPlan(open, `sel=power.feeders:${FEEDER}&z=14`)
      const diagram = page.getByRole('listbox', { name: /^Single-line diagram/ })
      const profile = page.getByRole('listbox', { name: /^Voltage along the way/ })
      await diagram.waitFor({ timeout: PATIENCE_MS })
      await profile.waitFor()
      const buses = await page.evaluate(
        (feeder) => window.citytwin!.store.get().city!.grid!.feeders.busCount[feeder],
        FEEDER,
      )
      for (const drawing of [diagram, profile])
        expectThat(
          (await drawing.getByRole('option').count()) === buses + 1,
          'every bus and the busbar stand in it',
        )

      await diagram.focus()
      await page.keyboard.press('End')
      const words = (await litIn(diagram)) ?? ''
      expectThat(words.startsWith('Transformer'), `a row ends with a transformer (${words})`)
      expectThat((await litIn(profile))?.split(' · ')[0] === words.split(' · ')[0], 'its voltage is lit')
      await untilRinged(page)
      await page.keyboard.press('Enter')
      const transformer = await selected(page)
      expectThat(transformer?.table === 'power.transformers', 'Enter selects it')
      await page.getByText(`Transformer ${transformer?.row}`).first().waitFor({ timeout: PATIENCE_MS })

      const bus = await page.evaluate((feeder) => {
        const { city } = window.citytwin!.store.get()
        const { feeders, buses } = city!.grid!
        const row = feeders.firstBus[feeder] + 2
        const { origin, mPerDegLng, mPerDegLat } = city!.projection
        const lng = origin[0] + buses.xM[row] / mPerDegLng
        const lat = origin[1] + buses.yM[row] / mPerDegLat
        window.citytwin!.map.jumpTo({ center: [lng, lat], zoom: 16 })
        return row
      }, FEEDER)
      const box = await page.locator('.map-place').boundingBox()
      expectThat(box !== null, 'the map has a place')
      for (const dx of [40, 0]) await page.mouse.move(box!.x + box!.width / 2 + dx, box!.y + box!.height / 2)
      await page.waitForFunction((row) => window.citytwin!.live.pointing.get()?.rows[0] === row, bus, {
        timeout: PATIENCE_MS,
      })
      await litIn(diagram)
      await litIn(profile)
    },
  },
  {
    name: 'a line is drawn as strings, one a trip: the bus that is selected stands out, another is pointed at and chosen by key',
    async run({ open }) {
      const page = await openPlan(open, 'z=12')
      // of the pattern with most buses on the road
      const row = await page.evaluate((spec) => {
        const { mirror, store } = window.citytwin!
        const { trips } = store.get().city!.timetable!
        const { trip } = mirror.table(spec).columns
        const rows = Array.from(trip.keys()).filter((each) => trip[each] < trips.pattern.length)
        const patternOf = (each: number) => trips.pattern[trip[each]]
        const size = (each: number) => rows.filter((other) => patternOf(other) === patternOf(each)).length
        const best = rows.reduce((a, b) => (size(b) > size(a) ? b : a))
        store.setView({ selection: { layer: 'transit', table: spec.name, row: best } })
        return best
      }, transitVehicleTable)
      const strings = page.getByRole('listbox', { name: /^The line, stop by stop/ })
      await strings.waitFor({ timeout: PATIENCE_MS })
      expectThat((await strings.getByRole('option').count()) > 2, 'several trips are drawn')
      await strings.focus()
      await page.keyboard.press('Home')
      for (let i = 0; i < 60; i++) {
        const words = await litIn(strings)
        if (/late|early|on time/.test(words ?? '') && (await selected(page))?.row === row) {
          await page.keyboard.press('Enter')
          if ((await selected(page))?.row !== row) break
        }
        await page.keyboard.press('ArrowRight')
      }
      expectThat((await selected(page))?.row !== row, 'another bus of the line was chosen')
      await page.keyboard.press('ArrowLeft')
      expectThat((await pointed(page))?.table === 'transit.trips', 'a trip is pointed at')
      await litIn(strings)
      await untilRinged(page)
    },
  },
  {
    name: 'beside each list stands the whole: speeds and delays by class, electricity from sources to uses',
    async run({ open }) {
      const page = await openPlan(open, 'z=12')
      for (const [tab, name, least] of [
        ['Traffic', /^Speeds on main streets/, 10],
        ['Power', /^Electricity from sources/, 8],
        ['Buses', /^Delays of buses/, 10],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click()
        const drawing = page.getByRole('listbox', { name })
        await drawing.waitFor({ timeout: PATIENCE_MS })
        expectThat((await drawing.getByRole('option').count()) >= least, `${tab} has its marks`)
        await drawing.focus()
        await page.keyboard.press('End')
        // a class may hold nothing, which is read all the same; the map rings the first that holds something
        for (let left = least; left > 0; left--) {
          await page.keyboard.press('ArrowLeft')
          await litIn(drawing)
          if (((await pointed(page))?.rows.length ?? 0) > 0) break
        }
        await untilRinged(page)
      }
      await page.getByRole('tab', { name: 'Reports' }).click()
      expectThat((await pointed(page)) === undefined, 'nothing is pointed at once no drawing is there')
    },
  },
]
