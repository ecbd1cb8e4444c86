/** The wall says by itself that it is not live, also when its own script stands still. */
import type { Page } from 'playwright-core'
import { night } from '../../client/theme/theme.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'

const ROOM = [1280, 720] as const
// three seconds until it comes up, and what a browser that draws with a busy processor takes to show it
const STUCK_MS = 12_000

/** The colour of one pixel of a picture, as #rrggbb, read by another page: the one that was photographed is stuck. */
function colorAt(reader: Page, png: string, x: number, y: number): Promise<string> {
  return reader.evaluate(
    async ([png, x, y]) => {
      const blob = await (await fetch(`data:image/png;base64,${png}`)).blob()
      const picture = await createImageBitmap(blob)
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')!
      context.drawImage(picture, 0, 0)
      const { data } = context.getImageData(x, y, 1, 1)
      return `#${[...data.subarray(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`
    },
    [png, x, y] as const,
  )
}

export const cases: readonly Case[] = [
  {
    when: 'alone',
    name: 'W8: a wall whose script is stuck for seconds says that it is not live, and is live again after',
    async run({ open, browser }) {
      const wall = await open('/wall?lang=en&movers=0&theme=night', ...ROOM)
      await untilCity(wall)
      await wall.locator('.not-live').waitFor({ state: 'attached', timeout: PATIENCE_MS })
      const reader = await browser.newPage()
      const session = await wall.context().newCDPSession(wall)
      let last = ''
      session.on('Page.screencastFrame', ({ data, sessionId }) => {
        last = data
        void session.send('Page.screencastFrameAck', { sessionId })
      })
      await session.send('Page.startScreencast', { format: 'png' })
      const begun = wall.waitForEvent('console', { predicate: (message) => message.text() === 'stuck' })
      const stuck = wall.evaluate((forMs) => {
        console.log('stuck')
        const endMs = performance.now() + forMs
        while (performance.now() < endMs);
      }, STUCK_MS)
      await begun
      const beginMs = performance.now()
      let color = ''
      while (color !== night.alarm.critical.toLowerCase() && performance.now() - beginMs < STUCK_MS - 500) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        if (last) color = await colorAt(reader, last, 20, 20)
      }
      const afterMs = performance.now() - beginMs
      await stuck
      await session.send('Page.stopScreencast')
      await reader.close()
      expectThat(
        color === night.alarm.critical.toLowerCase(),
        `the banner stands while the page is stuck (${color})`,
      )
      console.log(`  the banner stood ${afterMs.toFixed(0)} ms after the page got stuck`)
      await wall.waitForFunction(
        () => getComputedStyle(document.querySelector('.not-live')!).opacity === '0',
        undefined,
        { timeout: PATIENCE_MS },
      )
    },
  },
]
