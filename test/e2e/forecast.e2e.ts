/** The hour ahead on the page: read off the strip beside the present, shown on the map as a forecast, and its scores. */
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, untilCity, withinWindow } from './pages.ts'
import { startServer } from './server.ts'

// Half a minute after the start the first is begun; three members and one more for its pictures.
const FIRST_FORECAST_MS = 240_000

async function untilForecast(address: string): Promise<void> {
  for (const endMs = Date.now() + FIRST_FORECAST_MS; ;) {
    const answer = (await (await fetch(`${address}/api/forecast`)).json()) as { hasPictures?: boolean }
    if (answer.hasPictures === true) return
    expectThat(Date.now() < endMs, 'a forecast is made within minutes of the start')
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'right of now the strip reads the forecast while the map stays live; the map shows it when asked, and says so',
    limitMs: FIRST_FORECAST_MS + 120_000,
    async run({ openAt }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'], 120_000, {
        CITYTWIN_FORECAST_MEMBERS: '3',
      })
      try {
        const page = await openAt(server.address, '/plan?lang=en&movers=100', ...DESK)
        await untilCity(page)
        await untilForecast(server.address)
        const strip = page.getByRole('slider', { name: 'Moment that is shown' })
        const origin = page.locator('.ahead-origin', { hasText: 'from 3 runs of the twin' })
        await origin.waitFor({ timeout: PATIENCE_MS })
        await strip.focus()
        for (let minute = 0; minute < 5; minute++) await strip.press('ArrowRight')
        const words = (await strip.getAttribute('aria-valuetext')) ?? ''
        expectThat(words.includes('forecast, in 5 min'), `the strip says what is read off (${words})`)
        expectThat(
          (await page.locator('.ahead-values dt').count()) > 10,
          'every forecast indicator is listed',
        )
        const { stream } = await page.evaluate(() => window.citytwin!.store.get())
        expectThat(stream === 'live', 'the map stays live')
        await page.getByText('The map shows the present').waitFor({ timeout: PATIENCE_MS })

        await page.getByRole('button', { name: 'Show it on the map' }).click()
        await withinWindow(page, () => {
          const { replay, clock } = window.citytwin!.store.get()
          return replay?.forecast !== undefined && !replay.isSeeking && clock !== undefined
        })
        const { aheadMs, members } = await page.evaluate(() => {
          const { replay, clock } = window.citytwin!.store.get()
          return { aheadMs: clock!.timeMs - replay!.forecast!.madeMs, members: replay!.forecast!.members }
        })
        expectThat(aheadMs > 0 && aheadMs <= 3_600_000, `the clock is within the hour ahead (${aheadMs} ms)`)
        expectThat(members === 3, 'the page knows how many members there were')
        const banner = await page.locator('.past-banner').innerText()
        expectThat(banner.includes('Forecast for'), `the map says that it is a forecast (${banner})`)

        await page.getByRole('button', { name: 'Back to live' }).click()
        await withinWindow(page, () => window.citytwin!.store.get().stream === 'live')
        await page.getByRole('button', { name: 'How good are the forecasts?' }).click()
        await page.getByText('compared with what came').waitFor({ timeout: PATIENCE_MS })
        // before its server goes, of which it would complain
        await page.close()
      } finally {
        await server.stop()
      }
    },
  },
]
