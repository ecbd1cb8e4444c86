/**
 * `npm run gallery -- FOLDER [start of a name …]`: stills of every face by night, day, peak, outage, incident and exercise, at phone,
 * desk and wall size, to be looked at one by one. `npm run gallery -- FOLDER kept`: the few that `public/gallery` keeps, under the
 * names they have there. Great screens are drawn with fewer pixels than they have, and laid out as large as they are.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium } from './browsers.ts'
import { startServer } from './server.ts'

interface Still {
  readonly name: string
  readonly path: string
  readonly size: keyof typeof sizes
  readonly theme: (typeof themes)[number]
  readonly act?: (page: Page) => Promise<void>
}

interface Scene {
  readonly name: string
  /** Of the server. */
  readonly args: readonly string[]
  /** What happens at a desk before the first still. */
  readonly before?: (desk: Page) => Promise<void>
  readonly stills: readonly Still[]
}

const sizes = {
  phone: [390, 844],
  desktop: [1440, 900],
  full: [1920, 1080],
  wall: [3840, 2160],
  wide: [7680, 2160],
  row: [5760, 1080],
} as const
const themes = ['night', 'day', 'contrast'] as const
const faces = { public: '/', plan: '/plan', desk: '/desk', wall: '/wall' } as const
/** Pixels of a picture at most: beyond, software draws for half a minute, and the page is no longer live. */
const MOST_PIXELS = 2.2e6
const PATIENCE_MS = 180_000

const still = (face: keyof typeof faces, size: Still['size'], theme: Still['theme'], more = {}): Still => ({
  name: `${face}-${size}-${theme}`,
  path: faces[face],
  size,
  theme,
  ...more,
})

const scenes: readonly Scene[] = [
  {
    name: 'kept',
    args: ['--at', '18:00'],
    stills: [
      still('plan', 'desktop', 'night', { name: 'plan-desktop-night' }),
      still('public', 'phone', 'day', { name: 'public-phone-day' }),
      still('wall', 'full', 'night', { name: 'wall-night' }),
    ],
  },
  {
    name: 'peak',
    args: ['--at', '18:00'],
    stills: [
      ...(['public', 'plan'] as const).flatMap((face) =>
        (['phone', 'desktop', 'wall'] as const).flatMap((size) =>
          (['night', 'day'] as const).map((theme) => still(face, size, theme)),
        ),
      ),
      ...(['desktop', 'wall'] as const).map((size) => still('desk', size, 'day')),
      ...(['full', 'wall', 'wide', 'row'] as const).map((size) => still('wall', size, 'night')),
      still('wall', 'full', 'day'),
      ...(['public', 'plan', 'desk'] as const).map((face) => still(face, 'desktop', 'contrast')),
      still('wall', 'full', 'contrast'),
      { name: 'published-list', path: '/published', size: 'desktop', theme: 'day' },
      { name: 'docs', path: '/docs', size: 'desktop', theme: 'day' },
    ],
  },
  {
    name: 'morning',
    args: ['--at', '08:00'],
    stills: [still('public', 'desktop', 'day'), still('wall', 'full', 'day'), still('plan', 'phone', 'day')],
  },
  {
    name: 'small-hours',
    args: ['--at', '03:00'],
    stills: [still('public', 'phone', 'night'), still('wall', 'full', 'night')],
  },
  {
    name: 'outage',
    args: ['--at', '18:00'],
    before: failAndOpen,
    stills: [
      still('wall', 'full', 'night'),
      still('wall', 'full', 'day'),
      still('wall', 'full', 'contrast'),
      still('wall', 'wall', 'night', { path: '/wall?viewing=4&screen=55' }),
      still('wall', 'wide', 'night'),
      still('wall', 'row', 'night'),
      ...(['night', 'day', 'contrast'] as const).map((theme) => still('desk', 'desktop', theme)),
      still('public', 'phone', 'day'),
      still('public', 'desktop', 'night'),
      still('plan', 'desktop', 'day'),
      still('wall', 'full', 'night', { name: 'wall-past', act: sentBack }),
      still('wall', 'wide', 'night', { name: 'wall-wide-past', act: sentBack }),
    ],
  },
  {
    name: 'astana',
    args: ['--city', 'astana', '--at', '18:00'],
    stills: [
      still('public', 'phone', 'night'),
      still('plan', 'desktop', 'day'),
      still('wall', 'full', 'night'),
      still('wall', 'wall', 'day'),
    ],
  },
]

/** Fails a substation as an exercise, and opens an incident of it, by key. */
async function failAndOpen(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Exercise …' }).click({ timeout: PATIENCE_MS })
  await desk.getByRole('button', { name: 'Let it fail' }).click()
  const list = desk.getByRole('listbox', { name: 'Alarms' })
  await list.getByRole('option', { name: / is out/ }).waitFor({ timeout: PATIENCE_MS })
  await list.focus()
  await desk.keyboard.press('Home')
  await desk.keyboard.press('i')
  const incidents = desk.getByRole('listbox', { name: 'Incidents' })
  await incidents.getByRole('option', { name: / is out/ }).waitFor({ timeout: PATIENCE_MS })
  await desk.keyboard.press('o')
  await desk.waitForTimeout(20_000)
}

/** As a desk sends a wall: to twenty seconds ago. */
async function sentBack(wall: Page): Promise<void> {
  await wall.evaluate(() => {
    const { live, store } = window.citytwin!
    const timeMs = Math.round(store.get().clock!.timeMs - 20_000)
    return live.source.walls!.steer({ name: 'main', act: 'moment', timeMs })
  })
  await wall.locator('.past-banner').waitFor({ timeout: PATIENCE_MS })
  await wall.waitForTimeout(6000)
}

/** The page shows a city: a frame has come, the last layer to be drawn is there, the map has nothing left to load. */
async function settle(page: Page): Promise<void> {
  const reached = (what: () => boolean) =>
    page.waitForFunction(what, undefined, { timeout: PATIENCE_MS, polling: 500 })
  await reached(
    () => (window.citytwin?.mirror.tick ?? -1) > 0 && window.citytwin?.store.get().city !== undefined,
  )
  await reached(() => (window.citytwin?.map.querySourceFeatures('power-substations').length ?? 0) > 0)
  await reached(() => window.citytwin?.map.areTilesLoaded() === true)
  await page.waitForTimeout(15_000)
}

async function take(browser: Browser, address: string, file: string, one: Still): Promise<void> {
  const { path, size, theme, act } = one
  const [width, height] = sizes[size]
  const deviceScaleFactor = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)))
  const page = await browser.newPage({
    viewport: { width, height },
    screen: { width, height },
    deviceScaleFactor,
    hasTouch: size === 'phone',
  })
  page.on('pageerror', (error) => console.log(`! ${file}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`! ${file}: ${message.text()}`)
  })
  await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}theme=${theme}&lang=en`)
  try {
    if (Object.values<string>(faces).includes(path.split('?')[0])) await settle(page)
    else await page.waitForTimeout(2000)
    await act?.(page)
  } catch (error) {
    console.log(`! ${file}: ${(error as Error).message.split('\n')[0]}`)
  }
  await page.screenshot({ path: file, timeout: PATIENCE_MS })
  console.log(file)
  await page.close()
}

async function takeScene(browser: Browser, folder: string, scene: Scene): Promise<void> {
  const server = await startServer(scene.args)
  try {
    if (scene.before) {
      const desk = await browser.newPage({ viewport: { width: 1000, height: 700 } })
      await desk.goto(`${server.address}/desk?lang=en&movers=0`)
      await settle(desk)
      await scene.before(desk)
      await desk.close()
    }
    for (const one of scene.stills) await take(browser, server.address, join(folder, `${one.name}.png`), one)
  } finally {
    await server.stop()
  }
}

const [folder, ...wanted] = process.argv.slice(2)
const path = findChromium()
if (folder === undefined || path === undefined) {
  console.error(
    folder === undefined ? 'gallery: expected a folder to write to' : 'gallery: there is no Chromium',
  )
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const isWanted = (name: string) => wanted.length === 0 || wanted.some((start) => name.startsWith(start))
const browser = await launchChromium(path)
for (const { name, stills, ...scene } of scenes) {
  // those that are kept have the names that they are kept under, and are taken when they are asked for
  const named = stills.map((one) => (name === 'kept' ? one : { ...one, name: `${name}-${one.name}` }))
  const chosen =
    name === 'kept' ? (wanted.includes(name) ? named : []) : named.filter((one) => isWanted(one.name))
  if (chosen.length > 0) await takeScene(browser, folder, { name, ...scene, stills: chosen })
}
await browser.close()
