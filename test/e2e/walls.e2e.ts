/** A desk steers a wall: its view, its light, a list of views that a hand holds; a visitor hears the story and takes the view along. */
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, PHONE, untilCity } from './pages.ts'

const NAME = 'steered'
const wallPath = `/wall?lang=en&movers=0&theme=night&name=${NAME}&qr=https%3A%2F%2Fcity.example%2Ftwin`
/** Told to all a moment ahead, and flown for three and a half seconds; software drawing takes its own time. */
const THERE_MS = 20_000
const CLOSE_DEG = 0.0005

const cameraOf = (page: Page) => page.evaluate(() => window.citytwin!.store.get().view.camera!)

/** Waits until the wall looks where the desk does. */
async function untilSameView(wall: Page, desk: Page): Promise<void> {
  const wanted = await cameraOf(desk)
  for (const endMs = Date.now() + THERE_MS; ; await wall.waitForTimeout(200)) {
    const { lng, lat, zoom } = await cameraOf(wall)
    const isThere =
      Math.abs(lng - wanted.lng) < CLOSE_DEG &&
      Math.abs(lat - wanted.lat) < CLOSE_DEG &&
      Math.abs(zoom - wanted.zoom) < 0.01
    if (isThere) return
    expectThat(Date.now() < endMs, `the wall looks where the desk does (${lng}, ${lat}, ${zoom})`)
  }
}

async function look(desk: Page, center: [number, number], zoom: number): Promise<void> {
  await desk.evaluate(([at, zoom]) => void window.citytwin!.map.jumpTo({ center: at, zoom }), [
    center,
    zoom,
  ] as const)
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'a desk sends its view and the light to a wall, runs a list of views that a touch holds, and a visitor hears the story',
    limitMs: 300_000,
    async run({ open }) {
      const wall = await open(wallPath, ...DESK)
      const desk = await open('/desk?lang=en&movers=0', ...DESK)
      await untilCity(wall)
      await untilCity(desk)
      await desk.getByRole('button', { name: 'Walls' }).click()
      const panel = desk.getByRole('region', { name: 'Walls' })
      const choice = panel.getByLabel('Wall', { exact: true })
      // other cases may have walls of their own on
      if ((await choice.count()) > 0) await choice.selectOption(NAME)
      await panel.getByRole('heading', { name: NAME }).waitFor({ timeout: PATIENCE_MS })

      await look(desk, [-56.19, -34.9], 14)
      await panel.getByRole('button', { name: 'Send my view' }).click()
      await untilSameView(wall, desk)

      await panel.getByRole('button', { name: 'Lit room' }).click()
      await wall.waitForFunction(() => document.documentElement.dataset['theme'] === 'day', undefined, {
        timeout: PATIENCE_MS,
      })

      await panel.getByLabel('What this view is called').fill('The old town')
      await panel.getByRole('button', { name: 'Add my view' }).click()
      await look(desk, [-56.13, -34.9], 13)
      await panel.getByLabel('What this view is called').fill('Buceo')
      await panel.getByRole('button', { name: 'Add my view' }).click()
      await panel.getByRole('button', { name: 'Start the director' }).click()
      const strip = wall.locator('.wall-strip')
      await strip.getByText('The old town').waitFor({ timeout: PATIENCE_MS })
      await strip.getByText(/1 of 2 · next in \d+ s/).waitFor({ timeout: PATIENCE_MS })

      await wall.mouse.click(300, 300)
      await strip.getByText('Held: somebody is here').waitFor({ timeout: PATIENCE_MS })
      await wall.getByRole('button', { name: /Español/ }).click()
      await wall
        .locator('.wall-strip[lang="es"]')
        .getByText(/Esto es Montevideo/)
        .waitFor({ timeout: PATIENCE_MS })
      await panel.getByText(/Esto es Montevideo/).waitFor({ timeout: PATIENCE_MS })

      // a screen that dies and comes back shows what its wall shows
      await wall.close()
      const again = await open(wallPath, ...DESK)
      await again.locator('.wall-strip[lang="es"]').waitFor({ timeout: PATIENCE_MS })
      await again.waitForFunction(() => document.documentElement.dataset['theme'] === 'day', undefined, {
        timeout: PATIENCE_MS,
      })
      await untilCity(again)

      await panel.getByRole('button', { name: 'Stop what runs' }).click()
      await again.locator('.wall-strip').waitFor({ state: 'detached', timeout: PATIENCE_MS })

      // what a desk told ends when it says so
      await panel.getByRole('button', { name: 'Back to what its address says' }).click()
      await again.waitForFunction(() => document.documentElement.dataset['theme'] === 'night', undefined, {
        timeout: PATIENCE_MS,
      })
      await panel.getByText('what its address says', { exact: false }).first().waitFor()

      // the code opens the same place on a phone
      const address = await again.locator('.wall-qr').getAttribute('data-address')
      expectThat(address?.startsWith('https://city.example/twin/?') === true, `the code says ${address}`)
      const here = await cameraOf(again)
      const phone = await open(`/${new URL(address!).search}`, ...PHONE)
      await untilCity(phone)
      const there = await cameraOf(phone)
      expectThat(
        Math.abs(there.lng - here.lng) < CLOSE_DEG && Math.abs(there.lat - here.lat) < CLOSE_DEG,
        `the phone looks where the wall does (${JSON.stringify(there)})`,
      )
    },
  },
]
