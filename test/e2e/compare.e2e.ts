/** A planner closes a street and reads what that does: maps swiped, side by side and flipped, and where it changes, all by key. */
import type { Page } from 'playwright-core'
import { linkTable } from '../../twin/traffic/tables.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, press, untilCity } from './pages.ts'

/** Narrower, maps stand one above the other. */
const WIDE = [1040, 640] as const

type Which = 'own' | 'side'

/** Waits until the map that is covered or hidden is drawn no more, while the other goes on. */
async function untilRests(page: Page, which: Which): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const drawn = await drawCalls(page)
    const other = which === 'own' ? drawn.side : drawn.own
    if (drawn[which] === 0 && other > 0) return
    expectThat(
      Date.now() < end,
      `the ${which} map rests while it is not seen, and the other does not: ${JSON.stringify(drawn)}`,
    )
  }
}

/** How often each of the two maps is drawn on within two seconds. */
function drawCalls(page: Page): Promise<Record<Which, number>> {
  return page.evaluate(async () => {
    const counts = { own: 0, side: 0 }
    const { prototype } = WebGL2RenderingContext
    const { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced } = prototype
    const note = ({ canvas }: WebGL2RenderingContext) => {
      if (canvas instanceof HTMLCanvasElement) counts[canvas.closest('.side-map') ? 'side' : 'own']++
    }
    prototype.drawElements = function (...given) {
      note(this)
      drawElements.apply(this, given)
    }
    prototype.drawArrays = function (...given) {
      note(this)
      drawArrays.apply(this, given)
    }
    prototype.drawElementsInstanced = function (...given) {
      note(this)
      drawElementsInstanced.apply(this, given)
    }
    prototype.drawArraysInstanced = function (...given) {
      note(this)
      drawArraysInstanced.apply(this, given)
    }
    await new Promise((resolve) => setTimeout(resolve, 2000))
    Object.assign(prototype, { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced })
    return counts
  })
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    limitMs: 300_000,
    name: 'a street is closed, and the city with and without is swiped, laid side by side, flipped and told apart, by key alone',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=0&sel=traffic.links:100&quality=noBodies', ...WIDE)
      await untilCity(page)
      const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
      const offers = page.getByRole('region', { name: 'In a scenario' })
      await press(offers.getByRole('button', { name: /^Close / }).first())
      await page.getByLabel('How far ahead').selectOption('900')
      await press(button('Run it'))

      await press(button('Swipe'))
      const bar = page.getByRole('slider', { name: /^Bar between/ })
      await bar.focus()
      await bar.press('ArrowLeft')
      await bar.press('PageDown')
      expectThat((await bar.getAttribute('aria-valuenow')) === '38', 'arrow and page keys move the bar')
      const side = page.getByRole('group', { name: 'Without the edits' })
      // the second stream has come, and tells its clock
      await side.getByText(/^Without the edits · \d\d:\d\d$/).waitFor({ timeout: PATIENCE_MS })

      await press(button('Side by side'))
      const [left, right] = [
        await side.boundingBox(),
        await page.locator('.map-place > .city-map').boundingBox(),
      ]
      expectThat(left!.width === right!.width && left!.x < right!.x, 'two maps of one size, side by side')

      await page.keyboard.press('x')
      const shown = page.getByRole('status').getByText('The map shows: Without the edits')
      await shown.waitFor()
      await untilRests(page, 'own')
      await page.keyboard.press('x')
      await shown.waitFor({ state: 'detached' })
      expectThat(!(await side.isVisible()), 'flipped back, the map is the edited city’s')
      await untilRests(page, 'side')

      await press(button('One map'))
      await page.getByLabel('How many pairs of runs').selectOption('1')
      await press(button('Measure'))
      await page.waitForFunction(() => (window.citytwin!.store.get().ensemble?.pairs ?? 0) > 0, undefined, {
        timeout: 2 * PATIENCE_MS,
      })
      await press(button('Show it on the map'))
      const difference = () =>
        page.waitForFunction(
          () => window.citytwin!.layers().some(({ id }) => id.startsWith('difference-')),
          undefined,
          { timeout: PATIENCE_MS },
        )
      await difference()
      await press(page.getByRole('table', { name: 'Changes most' }).getByRole('button').first())
      const selected = await page.evaluate(() => window.citytwin!.store.get().view.selection?.table)
      expectThat(selected === linkTable.name, 'a row of the table selects its street')
      const told = page
        .getByRole('region', { name: 'Selected' })
        .getByRole('region', { name: 'Where it changes' })
      await told
        .getByText(/vehicles\/h/)
        .first()
        .waitFor()

      await press(button('Keep for comparing'))
      await press(button('Scenarios beside each other'))
      await page.getByRole('table', { name: /^Over pairs of runs/ }).waitFor()
      await page.keyboard.press('Escape')
    },
  },
]
