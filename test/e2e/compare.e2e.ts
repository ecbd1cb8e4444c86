/** A planner closes a street and reads what that does: maps swiped, side by side and flipped, and where it changes, all by key. */
import { linkTable } from '../../twin/traffic/tables.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, press, untilCity } from './pages.ts'

/** Narrower, maps stand one above the other. */
const WIDE = [1040, 640] as const

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
      await page.keyboard.press('x')
      await shown.waitFor({ state: 'detached' })
      expectThat(!(await side.isVisible()), 'flipped back, the map is the edited city’s')

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
