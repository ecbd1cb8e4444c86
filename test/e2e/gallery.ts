/** `npm run gallery -- FOLDER [face …]`: stills of the faces at phone, desk and wall size, in every theme, to be looked at one by one. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { findChromium, launchChromium } from './browsers.ts'
import { startServer } from './server.ts'

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

const PATIENCE_MS = 180_000

/** The page shows a city: a frame has come, and the map has nothing left to load. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (window.citytwin?.mirror.tick ?? -1) > 0 && window.citytwin?.store.get().city !== undefined,
    undefined,
    { timeout: PATIENCE_MS },
  )
  await page.waitForFunction(() => window.citytwin?.map.areTilesLoaded(), undefined, { timeout: PATIENCE_MS })
  await page.waitForTimeout(6000)
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
for (const moment of moments) {
  const server = await startServer(['--at', moment.at])
  const browser = await launchChromium(path)
  for (const face of faces.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    for (const size of sizes) {
      for (const theme of themes) {
        const page = await browser.newPage({ viewport: { width: size.width, height: size.height } })
        await page.goto(`${server.address}${face.path}?theme=${theme}&lang=en`)
        const file = join(folder, `${face.name}-${size.name}-${moment.name}-${theme}.png`)
        try {
          await settle(page)
        } catch (error) {
          console.log(`${file}: ${(error as Error).message.split('\n')[0]}`)
        }
        await page.screenshot({ path: file, timeout: PATIENCE_MS })
        console.log(file)
        await page.close()
      }
    }
  }
  await browser.close()
  await server.stop()
}
