/** Scenarios as documents: edited, saved, branched, published, opened elsewhere; and two planners on one, neither's work lost. */
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, untilCity } from './pages.ts'

const VIEW = 'lang=en&movers=0&lng=-56.16000&lat=-34.90000&z=14.00&layers=traffic,power'

/** The edits at hand, in words. */
function edits(page: Page): Promise<string[]> {
  return page.locator('.edit-list summary').allInnerTexts()
}

async function addEdit(page: Page, kind: RegExp): Promise<void> {
  const choice = page.getByLabel('Add an edit …')
  const label = (await choice.locator('option').allInnerTexts()).find((text) => kind.test(text))
  await choice.selectOption({ label: label ?? '' })
}

function stand(page: Page, words: string) {
  return page.locator('.document [role=status]').filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS })
}

export const cases: readonly Case[] = [
  {
    name: 'a scenario is edited, saved, branched and published by mouse and key, and opens elsewhere as it was',
    limitMs: 180_000,
    async run({ open, address, browser, after }) {
      const page = await open(`/plan?${VIEW}`, ...DESK)
      await untilCity(page)
      await addEdit(page, /electric/)
      await page.getByLabel('Title of the scenario').fill('Cars at the kerb')
      // by key alone from here: an hour to begin at, then save
      await page.getByLabel('Begin').focus()
      await page.keyboard.press('End')
      await page.getByRole('button', { name: 'Save', exact: true }).focus()
      await page.keyboard.press('Enter')
      await stand(page, 'Version 1')
      await addEdit(page, /warmer/)
      await stand(page, 'Changed since version 1')
      await page.reload()
      await untilCity(page)
      await stand(page, 'Your unsaved work is back')
      expectThat((await edits(page)).length === 2, `both edits are back: ${(await edits(page)).join()}`)
      await page.getByRole('button', { name: 'Branch' }).click()
      await stand(page, 'branch of its own')

      const id = await page.evaluate(() => window.citytwin!.store.get().view.scenario)
      const context = await browser.newContext()
      after(() => context.close())
      const fresh = await context.newPage()
      await fresh.setViewportSize({ width: DESK[0], height: DESK[1] })
      const pictureOf = (of: Page) =>
        of.evaluate(() => {
          const { camera, layersOn } = window.citytwin!.store.get().view
          return JSON.stringify([
            camera && [camera.lng, camera.lat, camera.zoom].map((n) => n.toFixed(3)),
            layersOn,
          ])
        })
      await fresh.goto(`${address}/plan?lang=en&movers=0&quality=full&scenario=${id}`)
      await untilCity(fresh)
      await stand(fresh, 'Version 1')
      const [own, others] = [await edits(page), await edits(fresh)]
      expectThat(own.join() === others.join() && own.length === 2, `the same edits: ${others.join()}`)
      const [here, there] = [await pictureOf(page), await pictureOf(fresh)]
      expectThat(here === there, `the same picture: ${here} and ${there}`)
      expectThat((await fresh.getByLabel('Begin').inputValue()) === 'kept', 'and the same beginning')
      await fresh.close()

      await page.getByLabel('More to do with the scenario').click()
      await page.getByRole('button', { name: 'Publish …' }).click()
      await page.getByLabel('Contact: who answers for it').fill('plan@city.example')
      await page.getByAltText('The map as it will be shown').waitFor({ timeout: PATIENCE_MS })
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      const link = page.getByRole('list', { name: 'Published of this scenario' }).getByRole('link')
      const path = (await link.getAttribute('href', { timeout: PATIENCE_MS })) ?? ''
      await page.close()
      const published = await open(path.replace(/^\./, '') + '&lang=en', ...DESK)
      await published.getByRole('heading', { name: 'Cars at the kerb' }).waitFor({ timeout: PATIENCE_MS })
      await published.getByText('plan@city.example').waitFor()
      await published.getByLabel('Your comment').fill('And who walks?')
      await published.getByRole('button', { name: 'Send' }).click()
      await published.getByText('Thank you').waitFor({ timeout: PATIENCE_MS })
      await published.locator('.published-sayings li').getByText('And who walks?').waitFor()
    },
  },
  {
    name: 'two planners on one scenario: who saves second is told, merges, and nothing of either is lost',
    limitMs: 180_000,
    // that a version was overtaken is answered 409
    mayLog: /status of 409/,
    async run({ open }) {
      const one = await open('/plan?lang=en&movers=0&layers=', ...DESK)
      await untilCity(one)
      await addEdit(one, /electric/)
      await one.getByLabel('Title of the scenario').fill('Two of us')
      await one.getByLabel('Begin').selectOption({ index: 1 })
      await one.getByRole('button', { name: 'Save', exact: true }).click()
      await stand(one, 'Version 1')
      const id = await one.evaluate(() => window.citytwin!.store.get().view.scenario)
      const two = await open(`/plan?lang=en&movers=0&layers=&scenario=${id}`, ...DESK)
      await untilCity(two)
      await stand(two, 'Version 1')

      await addEdit(one, /warmer/)
      await one.getByRole('button', { name: 'Save', exact: true }).click()
      await stand(one, 'Version 2')
      await addEdit(two, /Storm/)
      await two.getByRole('button', { name: 'Save', exact: true }).click()
      await two.getByText('neither is lost').waitFor({ timeout: PATIENCE_MS })
      expectThat((await edits(two)).length === 2, 'the second keeps what is at hand')
      await two.getByRole('button', { name: 'Merge …' }).click()
      await two.getByRole('button', { name: 'Take the merge' }).click({ timeout: PATIENCE_MS })
      await two.getByRole('button', { name: 'Save', exact: true }).click()
      await stand(two, 'Version 3')
      await one.getByRole('button', { name: 'Open it' }).click({ timeout: PATIENCE_MS })
      await stand(one, 'Version 3')
      const both = await edits(one)
      expectThat(both.length === 3, `all three edits are with both: ${both.join()}`)
    },
  },
]
