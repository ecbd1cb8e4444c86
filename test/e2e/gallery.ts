/**
 * `npm run gallery -- FOLDER [face …]`: stills of the faces at phone, desk and wall size, in every theme, to be looked at one by one.
 * `npm run gallery -- FOLDER kept`: the few that `public/gallery` keeps, under the names they have there.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium } from './browsers.ts'
import { startServer } from './server.ts'

interface Still {
  readonly name: string
  readonly path: string
  readonly width: number
  readonly height: number
  readonly theme: string
}

const sizes = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'wall', width: 3840, height: 2160 },
] as const
const faces = [
  { name: 'public', path: '/' },
  { name: 'plan', path: '/plan' },
  { name: 'desk', path: '/desk' },
  { name: 'wall', path: '/wall' },
] as const
/** Hours at which the city looks different. */
const moments = [
  { name: 'evening', at: '18:00' },
  { name: 'night', at: '03:00' },
] as const
const themes = ['night', 'day', 'contrast'] as const
/** Small enough to travel with the page; of the evening. */
const kept: readonly Still[] = [
  { name: 'plan-desktop-night', path: '/plan', width: 1440, height: 900, theme: 'night' },
  { name: 'public-phone-day', path: '/', width: 390, height: 844, theme: 'day' },
  { name: 'wall-night', path: '/wall', width: 1920, height: 1080, theme: 'night' },
]

const PATIENCE_MS = 180_000

/** The page shows a city: a frame has come, the last layer to be drawn is there, the map has nothing left to load, and it is live. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (window.citytwin?.mirror.tick ?? -1) > 0 && window.citytwin?.store.get().city !== undefined,
    undefined,
    { timeout: PATIENCE_MS },
  )
  await page.waitForFunction(
    () => (window.citytwin?.map.querySourceFeatures('power-substations').length ?? 0) > 0,
    undefined,
    { timeout: PATIENCE_MS },
  )
  await page.waitForFunction(() => window.citytwin?.map.areTilesLoaded(), undefined, { timeout: PATIENCE_MS })
  await page.waitForTimeout(12_000)
  await page
    .getByText(/^live$/i)
    .first()
    .waitFor({ timeout: PATIENCE_MS })
}

async function take(browser: Browser, address: string, folder: string, still: Still): Promise<void> {
  const { name, path, width, height, theme } = still
  const page = await browser.newPage({ viewport: { width, height } })
  await page.goto(`${address}${path}?theme=${theme}&lang=en`)
  const file = join(folder, `${name}.png`)
  try {
    await settle(page)
  } catch (error) {
    console.log(`${file}: ${(error as Error).message.split('\n')[0]}`)
  }
  await page.screenshot({ path: file, timeout: PATIENCE_MS })
  console.log(file)
  await page.close()
}

function stillsOf(moment: string, wanted: readonly string[]): Still[] {
  return faces
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .flatMap((face) =>
      sizes.flatMap((size) =>
        themes.map((theme) => ({
          ...size,
          path: face.path,
          theme,
          name: `${face.name}-${size.name}-${moment}-${theme}`,
        })),
      ),
    )
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
for (const { name, at } of moments) {
  const stills = !wanted.includes('kept') ? stillsOf(name, wanted) : name === 'evening' ? kept : []
  if (stills.length === 0) continue
  const server = await startServer(['--at', at])
  const browser = await launchChromium(path)
  for (const still of stills) await take(browser, server.address, folder, still)
  await browser.close()
  await server.stop()
}
