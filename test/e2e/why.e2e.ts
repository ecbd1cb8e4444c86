/** A planner asks why: from a measured consequence, by keyboard alone, back to the edit that brought it about. */
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, press, untilCity } from './pages.ts'
import { startServer } from './server.ts'

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'a consequence is walked back to its edit by keyboard, each step with its time, its numbers and its place on the map',
    limitMs: 300_000,
    async run({ openAt, after }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'])
      after(() => server.stop())
      const page = await openAt(
        server.address,
        '/plan?lang=en&movers=0&sel=power.substations:0&quality=noBodies',
        ...DESK,
      )
      await untilCity(page)
      await press(page.getByRole('button', { name: /out of service$/ }))
      await page.getByLabel('How far ahead').selectOption('900')
      await page.getByLabel('How many pairs of runs').selectOption('1')
      await press(page.getByRole('button', { name: 'Measure', exact: true }))
      const why = page.getByRole('button', { name: 'Why: Without supply' })
      await why.waitFor({ timeout: 2 * PATIENCE_MS })
      await why.press('Enter')
      const chain = page.getByRole('region', { name: 'Why: Without supply' })
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
      expectThat(
        /^\d\d:\d\d:\d\d Feeders .*0 feeders → \d+ feeders/.test(await focused()),
        `the first step has the focus, a time and both numbers (${await focused()})`,
      )
      const lit = () => page.evaluate(() => window.citytwin!.live.pointing.get()?.rows.length ?? 0)
      expectThat((await lit()) > 0, 'its feeders are lit on the map')
      await page.keyboard.press('End')
      expectThat(
        (await focused()).endsWith('out of service'),
        `the last step is the edit (${await focused()})`,
      )
      expectThat((await lit()) === 1, 'the substation is lit')
      await page.keyboard.press('ArrowUp')
      expectThat(/Feeders/.test(await focused()), 'and back again')
      await page.keyboard.press('Escape')
      await chain.waitFor({ state: 'detached' })
      expectThat((await focused()) === 'Why?', 'Escape goes back to the question')
      expectThat((await lit()) === 0, 'and nothing is lit any more')
    },
  },
]
