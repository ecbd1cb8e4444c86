/** The whole page behind a reverse proxy that ends TLS and serves it under a path. */
import { expectThat, type Case } from './case.ts'
import { noNginx, startProxy } from './nginx.ts'
import { PATIENCE_MS, PHONE, untilCity } from './pages.ts'
import { startServer } from './server.ts'

const BASE = '/citytwin'

export const cases: readonly Case[] = [
  {
    name: 'behind nginx with TLS and a path, the page stands, its line is wss, a report files, and a link logs in',
    limitMs: 240_000,
    skip: noNginx,
    async run({ browser }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'], 120_000, {
        CITYTWIN_TRUST_PROXY: '1',
        CITYTWIN_BASE: BASE,
      })
      const proxy = await startProxy(Number(new URL(server.address).port)).catch(async (error: Error) => {
        await server.stop()
        throw error
      })
      const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        viewport: { width: PHONE[0], height: PHONE[1] },
      })
      const faults: string[] = []
      try {
        const page = await context.newPage()
        const lines: string[] = []
        page.on('websocket', (line) => lines.push(line.url()))
        page.on('pageerror', (error) => faults.push(error.message))
        page.on('requestfailed', (request) => {
          const isPart = ['script', 'stylesheet', 'document'].includes(request.resourceType())
          if (isPart) faults.push(`${request.failure()?.errorText} ${request.url()}`)
        })
        page.on('response', (response) => {
          const isUnder = response.url().startsWith(`${proxy.address}${BASE}`)
          if (response.status() >= 400 || !isUnder) faults.push(`${response.status()} ${response.url()}`)
        })
        // without the slash at the end, as people type it
        await page.goto(`${proxy.address}${BASE}?lang=en&movers=0`)
        await untilCity(page)
        expectThat(page.url().startsWith(`${proxy.address}${BASE}/`), `sent on to the path: ${page.url()}`)
        expectThat(
          lines.length > 0 &&
            lines.every((line) => line.startsWith(`wss://localhost:`) && line.includes(`${BASE}/`)),
          `the line is wss, under the path: ${lines.join(' ')}`,
        )
        await page.getByRole('button', { name: 'Report a problem' }).click()
        await page.getByRole('radio').first().check({ force: true })
        await page.getByRole('textbox', { name: /In your words/ }).fill('A lamp post leans over the footpath')
        await page.getByRole('button', { name: 'Send the report' }).click()
        await page.getByText(/Filed as number/).waitFor({ timeout: PATIENCE_MS })

        const token = /walls, shown only now: \S+#token=(\S+)/.exec(server.said())?.[1] ?? ''
        await page.goto(`${proxy.address}${BASE}/wall?lang=en&movers=0#token=${token}`)
        await untilCity(page)
        const [cookie] = await context.cookies()
        expectThat(cookie.secure && cookie.path === `${BASE}/`, 'the session is for TLS and this path only')
        const docs = await page.goto(`${proxy.address}${BASE}/docs`)
        await page.getByRole('link', { name: 'server' }).click()
        await page.waitForURL(`${proxy.address}${BASE}/docs/server.md`)
        expectThat(docs?.ok() === true, 'the docs are there')
        expectThat(faults.length === 0, `no fault: ${faults.join('\n')}`)
      } catch (error) {
        throw new Error([(error as Error).message, ...faults].join('\n'), { cause: error })
      } finally {
        await context.close()
        await proxy.stop()
        await server.stop()
      }
    },
  },
]
