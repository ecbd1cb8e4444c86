/** A server that is open to a network, as a planner and a stranger meet it. */
import { manageAccess } from '../../server/commands/access.ts'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, PHONE, untilCity } from './pages.ts'
import { startServer } from './server.ts'

export const cases: readonly Case[] = [
  {
    name: 'an open server lets all view, and planning asks for a token, takes one, and ends with it',
    limitMs: 240_000,
    mayLog: /status of 401|WebSocket (connection to .* failed|is already in CLOSING)/,
    async run({ openAt }) {
      // on loopback, but told that the world is behind a proxy
      const server = await startServer(['--city', 'astana', '--at', '18:00'], 120_000, {
        CITYTWIN_TRUST_PROXY: '1',
      })
      try {
        const at = server.address
        const visitor = await openAt(at, '/?lang=en&movers=0', ...PHONE)
        await untilCity(visitor)
        await visitor.getByRole('button', { name: 'Report a problem' }).waitFor({ timeout: PATIENCE_MS })
        const stories = await visitor.getByRole('button', { name: /Blackout minute/i }).count()
        expectThat(stories === 1, 'a visitor is offered the blackout minute')
        await visitor.close()

        const page = await openAt(at, '/plan?lang=en&movers=0', ...DESK)
        await page.getByRole('heading', { name: 'Planning needs a token' }).waitFor({ timeout: PATIENCE_MS })
        const field = page.getByLabel('Token')
        expectThat(await field.evaluate((node) => node === document.activeElement), 'the field has the focus')
        await field.fill('deadbeef.no-token-at-all')
        await page.keyboard.press('Enter')
        await page
          .getByRole('alert')
          .getByText('not a token of this server')
          .waitFor({ timeout: PATIENCE_MS })
        const token = /planners, shown only now: \S+#token=(\S+)/.exec(server.said())?.[1] ?? ''
        await field.fill(`  ${token} `)
        await page.getByRole('button', { name: 'Go on' }).click()
        await page.getByRole('checkbox', { name: 'Traffic' }).waitFor({ timeout: PATIENCE_MS })
        const cookies = await page.context().cookies()
        expectThat(
          cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === 'Lax',
          `one session cookie that scripts cannot read: ${JSON.stringify(cookies.map(({ name }) => name))}`,
        )
        await page.getByRole('button', { name: /Blackout minute/i }).waitFor({ timeout: PATIENCE_MS })
        await page.context().clearCookies()
        // two maps at once are more than software can draw in time
        await page.close()

        const [, made] = manageAccess(['add', 'planner'], server.stateFolder, Date.now())
        const linked = await openAt(at, `/plan?lang=es&movers=0#token=${made}`, ...DESK)
        await linked.getByRole('checkbox', { name: 'Tráfico' }).waitFor({ timeout: PATIENCE_MS })
        expectThat(!linked.url().includes('token'), `the token is out of the address bar: ${linked.url()}`)
        await untilCity(linked)
        manageAccess(['revoke', made.split('.')[0]], server.stateFolder, Date.now())
        await linked.getByText('Su acceso terminó').waitFor({ timeout: PATIENCE_MS })
      } finally {
        await server.stop()
      }
    },
  },
]
