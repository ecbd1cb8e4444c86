/** Incidents, reports and the change of shift as desks live through them: from the keyboard, on every page at once, kept and signed. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, PHONE, untilCity } from './pages.ts'
import { startServer } from './server.ts'

const ROOM = [1280, 720] as const
/** Where stills are left to be looked at; none are when it is not set. */
const stills = process.env['CITYTWIN_STILLS']

async function still(page: Page, name: string): Promise<void> {
  if (stills !== undefined) await page.screenshot({ path: join(stills, `${name}.png`), timeout: PATIENCE_MS })
}

/** Fails a substation of the city, and waits for its alarm. */
async function failSubstation(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Exercise …' }).click()
  await desk.getByLabel('What fails').selectOption({ index: 0 })
  await desk.getByRole('button', { name: 'Let it fail' }).click()
  const alarm = desk.getByRole('listbox', { name: 'Alarms' }).getByRole('option', { name: / is out/ })
  await alarm.waitFor({ timeout: PATIENCE_MS })
}

/** Waits until a report's pin on the map is filled, or hollow. */
async function untilPin(page: Page, row: number, state: 'open' | 'closed'): Promise<void> {
  await page.waitForFunction(
    ([row, state]) =>
      window.citytwin?.map
        .querySourceFeatures('reports')
        .some(({ properties }) => properties['row'] === row && `${properties['image']}`.endsWith(state)),
    [row, state] as const,
    { timeout: PATIENCE_MS },
  )
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'an incident: opened from an alarm by one key, owned, handled and cleared by key, on the wall, and in the handover that two sign',
    limitMs: 420_000,
    async run({ openAt }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'])
      try {
        const wall = await openAt(server.address, '/wall?lang=en&movers=0', ...ROOM)
        const desk = await openAt(server.address, '/desk?lang=en&movers=0', ...ROOM)
        const other = await openAt(server.address, '/desk?lang=es&movers=0', ...ROOM)
        await untilCity(desk)
        await untilCity(wall)
        await untilCity(other)
        await failSubstation(desk)
        await desk.getByRole('listbox', { name: 'Alarms' }).focus()
        await desk.keyboard.press('Home')
        await desk.keyboard.press('i')
        const incidents = desk.getByRole('listbox', { name: 'Incidents' })
        const ours = incidents.getByRole('option', { name: / is out/ })
        await ours.getByText('found, nobody has it').waitFor({ timeout: PATIENCE_MS })
        await ours.getByText('Power distribution control room').waitFor()
        await still(desk, 'desk-found')
        expectThat(
          await incidents.evaluate((list) => list === document.activeElement),
          'whoever opens an incident is at its list, where its keys act',
        )
        // the same alarm opens no second one
        await desk.keyboard.press('ArrowLeft')
        await desk.keyboard.press('Home')
        await desk.keyboard.press('i')
        // other pages see it at once, each in its own words
        await wall
          .locator('.wall-incidents')
          .getByText(/ is out/)
          .waitFor({ timeout: PATIENCE_MS })
        await other.getByText('encontrado, nadie lo tiene').waitFor({ timeout: PATIENCE_MS })

        expectThat(
          await incidents.evaluate((list) => list === document.activeElement),
          'the alarm leads to the incident that it is in',
        )
        await desk.keyboard.press('o')
        await ours.getByText('owned by desk').waitFor({ timeout: PATIENCE_MS })
        await desk.keyboard.press('l')
        await desk.getByLabel('Who leads').selectOption('fireBrigade')
        await desk.getByRole('checkbox', { name: 'Police' }).check()
        await desk.getByRole('dialog').getByRole('button', { name: 'Lead', exact: true }).click()
        await ours.getByText('Fire brigade').waitFor({ timeout: PATIENCE_MS })
        await incidents.focus()
        await desk.keyboard.press('n')
        await desk.getByLabel('What the next desk must know').fill('Crew left the depot')
        await desk.keyboard.press('Enter')
        const log = desk.locator('.incident-log')
        await log.getByText('Crew left the depot').waitFor({ timeout: PATIENCE_MS })
        await incidents.focus()
        await desk.keyboard.press('h')
        await ours.getByText('being handled').waitFor({ timeout: PATIENCE_MS })
        await wall
          .locator('.wall-incidents')
          .getByText(/being handled/)
          .waitFor({ timeout: PATIENCE_MS })
        await still(desk, 'desk-handled')
        await still(wall, 'wall-handled')

        // the map of then
        await desk.keyboard.press('t')
        await desk.locator('.past-banner').waitFor({ timeout: PATIENCE_MS })
        await still(desk, 'desk-then')
        await desk.getByRole('button', { name: 'Back to live' }).click()
        await desk.locator('.past-banner').waitFor({ state: 'detached', timeout: PATIENCE_MS })

        // while it is open it is handed over
        await desk.getByRole('button', { name: 'Handover', exact: true }).click()
        const page = desk.locator('.handover')
        await page.getByText('Crew left the depot').first().waitFor({ timeout: PATIENCE_MS })
        expectThat(new URL(desk.url()).pathname.endsWith('/desk'), 'it is a page of the desk')
        await page.getByPlaceholder(/spoke to the fire brigade/).fill('The depot calls when it is done')
        await page.getByLabel('Handed over by').fill('night shift')
        await still(desk, 'handover')
        await page.getByRole('button', { name: 'Hand over', exact: true }).click()
        await page.getByText('Nobody has taken over yet.').first().waitFor({ timeout: PATIENCE_MS })
        await page.getByLabel('Taken over by').fill('day shift')
        await page.getByRole('button', { name: 'Take over' }).click()
        await page
          .getByText(/Taken over by day shift/)
          .first()
          .waitFor({ timeout: PATIENCE_MS })
        await desk.waitForFunction(() => /handover=[\w-]{36}/.test(location.search))
        await page.getByRole('button', { name: 'Replay the shift in 60 seconds' }).click()
        await desk.locator('.past-banner').waitFor({ timeout: PATIENCE_MS })
        await desk.getByRole('button', { name: 'Back to live' }).click()
        await desk.locator('.past-banner').waitFor({ state: 'detached', timeout: PATIENCE_MS })

        await ours.click()
        await incidents.focus()
        await desk.keyboard.press('c')
        await desk.getByLabel('How it ended').fill('Fed from the neighbour')
        await desk.keyboard.press('Enter')
        await ours.getByText('cleared').waitFor({ timeout: PATIENCE_MS })
        await wall.locator('.wall-incidents').waitFor({ state: 'detached', timeout: PATIENCE_MS })
        await desk.getByRole('button', { name: 'Handover', exact: true }).click()
        await page.getByText('Cleared in this shift').waitFor({ timeout: PATIENCE_MS })
        await page
          .getByText(/cleared: Fed from the neighbour/)
          .first()
          .waitFor({ timeout: PATIENCE_MS })

        const kept = (await (await fetch(`${server.address}/api/incidents`)).json()) as {
          state: string
          log: { act: string }[]
        }[]
        const acts = kept[0].log.map(({ act }) => act).join()
        expectThat(kept.length === 1, 'one alarm, one incident')
        expectThat(acts === 'open,own,lead,note,handle,clear', `all is kept, in order (${acts})`)
        // a page whose server is gone says so on its console
        for (const one of [wall, desk, other]) await one.close()
      } finally {
        await server.stop()
      }
    },
  },
  {
    name: 'a report: filed on a phone, assigned and answered at the desk by key, and its phone shows both',
    limitMs: 300_000,
    async run({ openAt }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'])
      try {
        const phone = await openAt(server.address, '/?lang=en&movers=0', ...PHONE)
        await untilCity(phone)
        // as the form files it: kept on the device, sent by its courier
        const clientId = await phone.evaluate(async () => {
          const { city, info } = window.citytwin!.store.get()
          const [west, south, east, north] = info!.bounds
          const report = {
            clientId: crypto.randomUUID(),
            serviceCode: city!.services!.services[0].serviceCode,
            lng: (west + east) / 2,
            lat: (south + north) / 2,
            description: 'It has been dark since noon',
            cityId: info!.id,
            writtenMs: Date.now(),
            state: 'waiting',
          }
          localStorage.setItem(`citytwin.outbox.${report.clientId}`, JSON.stringify(report))
          return Promise.resolve(report.clientId)
        })
        await phone.reload()
        await untilCity(phone)
        const desk = await openAt(server.address, '/desk?lang=en&movers=0', ...ROOM)
        await untilCity(desk)
        const reports = desk.getByRole('listbox', { name: 'Reports from people' })
        await reports.getByText(/dark since noon/).waitFor({ timeout: PATIENCE_MS })
        await reports.focus()
        await desk.keyboard.press('Home')
        await desk.keyboard.press('a')
        await desk.getByLabel('To whom').selectOption('gridControl')
        await desk.keyboard.press('Enter')
        await reports.getByText(/assigned: Power/).waitFor({ timeout: PATIENCE_MS })
        await reports.focus()
        await desk.keyboard.press('r')
        await desk.getByLabel(/What their phone shows/).fill('A crew is on its way')
        await desk.keyboard.press('Enter')
        await desk
          .locator('.desk-detail')
          .getByText('A crew is on its way')
          .first()
          .waitFor({ timeout: PATIENCE_MS })
        await still(desk, 'desk-report')
        const told = (await (await fetch(`${server.address}/api/requests/${clientId}`)).json()) as {
          row: number
          desk: { state: string; answer: string }
        }
        expectThat(
          told.desk.state === 'assigned' && told.desk.answer === 'A crew is on its way',
          `its phone is told (${JSON.stringify(told)})`,
        )
        await phone.getByText('Answer: A crew is on its way').waitFor({ timeout: PATIENCE_MS })
        await still(phone, 'phone-answer')

        // what others say of it stands at the phone and at the desk, for whoever looks
        await phone
          .locator('section')
          .getByRole('button', { name: /assigned/ })
          .first()
          .click()
        await phone.getByLabel('Your comment').fill('Ours is dark as well')
        await phone.getByRole('button', { name: 'Say it' }).click()
        await phone.getByText('Your comment is kept').waitFor({ timeout: PATIENCE_MS })
        await desk.locator('.desk-detail').getByText('Ours is dark as well').waitFor({ timeout: PATIENCE_MS })
        await still(phone, 'phone-comment')
        await untilPin(desk, told.row, 'open')

        // joined to an incident by mistake, and taken out of it again; a screen of a wall of many shows the incident
        const tile = await openAt(server.address, '/wall?lang=en&movers=0&wall=2x1&tile=1,0', ...ROOM)
        await desk.getByRole('button', { name: 'New …' }).click()
        await desk.getByLabel('What it is, in one line').fill('A dark street')
        await desk.keyboard.press('Enter')
        const incidents = desk.getByRole('listbox', { name: 'Incidents' })
        await incidents.getByText('A dark street').waitFor({ timeout: PATIENCE_MS })
        await reports.focus()
        await desk.keyboard.press('Home')
        await desk.keyboard.press('j')
        await desk.getByLabel('Which incident').waitFor()
        await desk.keyboard.press('Enter')
        const log = desk.locator('.incident-log')
        await log.getByText(/added /).waitFor({ timeout: PATIENCE_MS })
        await incidents.focus()
        await desk.keyboard.press('x')
        await desk.getByLabel('What was added by mistake').waitFor()
        await still(desk, 'desk-leave')
        await desk.keyboard.press('Enter')
        await log.getByText(/took out /).waitFor({ timeout: PATIENCE_MS })
        expectThat(
          await desk.getByRole('button', { name: 'Take out …' }).isDisabled(),
          'there is nothing left to take out',
        )
        await tile.locator('.wall-incidents').getByText('A dark street').waitFor({ timeout: PATIENCE_MS })
        await still(tile, 'tile-incident')

        // what is closed is hollow on every map
        await reports.focus()
        await desk.keyboard.press('Home')
        await desk.keyboard.press('c')
        await desk.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
        await untilPin(desk, told.row, 'closed')
        await untilPin(phone, told.row, 'closed')
        await still(desk, 'desk-closed')
        // a page whose server is gone says so on its console
        for (const one of [phone, desk, tile]) await one.close()
      } finally {
        await server.stop()
      }
    },
  },
]
