/**
 * A planner's whole way, once by mouse and once by key alone: from the empty page over five kinds of edit, two runs, their
 * comparison and the causes of what came, to a branch that is published and reads for a stranger as it did for its planner.
 */
import type { Locator, Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { keyboard, mouse, type Hand } from './hands.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'
import { startServer } from './server.ts'

/** Wide enough for panels beside the map. */
const PLAN = [1280, 720] as const
const TITLE = 'Summer at the slowest street'
const CONTACT = 'plan@city.example'
/** One of each kind, as the list of edits says them. */
const KINDS = [/^Close /, /^Low-traffic area/, /^Fast chargers/, /are electric/, /°C warmer/]

export const cases: readonly Case[] = [mouse, keyboard].map((hand) => ({
  when: 'long',
  looks: true,
  limitMs: 600_000,
  name: `by ${hand.by}: five kinds of edit, run, compared with another scenario, asked why, branched, published, and a stranger finds the same picture`,
  async run({ openAt, after, browser }) {
    const server = await startServer(['--city', 'astana', '--at', '18:00'])
    after(() => server.stop())
    const street = await slowestStreet(server.address)
    const [lng, lat] = street.lngLat
    const view = `lang=en&movers=0&layers=traffic&quality=noBodies&lng=${lng}&lat=${lat}&z=13.50`
    const page = await openAt(server.address, `/plan?${view}`, ...PLAN)
    await untilCity(page)

    await closeStreet(page, hand, street.name)
    await runIt(page, hand)
    await hand.press(page, button(page, 'Keep for comparing'))
    await fourMore(page, hand)
    const edits = await page.locator('.edit-list summary').allInnerTexts()
    const isEveryKind = KINDS.every((kind) => edits.some((words) => kind.test(words)))
    expectThat(edits.length === 5 && isEveryKind, `five kinds of edit: ${edits.join(', ')}`)
    await runIt(page, hand)
    await compare(page, hand, edits[0])

    await hand.choose(page, page.getByLabel('How many pairs of runs'), /^1 /)
    await hand.press(page, button(page, 'Measure'))
    await askWhy(page, hand, edits)
    await branch(page, hand)
    const published = await publish(page, hand)

    const context = await browser.newContext()
    after(() => context.close())
    const fresh = await context.newPage()
    await fresh.goto(`${server.address}${published.path}&lang=en`)
    await fresh.getByRole('heading', { name: TITLE }).waitFor({ timeout: PATIENCE_MS })
    await fresh.getByText(CONTACT).waitFor()
    const theirs = await fresh.locator('.published-edits > li').allInnerTexts()
    expectThat(theirs.join() === edits.join(), `the same edits: ${theirs.join()}`)
    const measures = await textsOf(fresh.locator('.published-measures tbody tr'), [
      'th',
      'td:nth-of-type(3)',
      'td:last-of-type',
    ])
    expectThat(
      measures.length > 5 && measures.join('\n') === published.measures.join('\n'),
      `the same measures: ${measures.join('; ')} and ${published.measures.join('; ')}`,
    )
    const picture = await pixelsOf(fresh.getByRole('img').first())
    expectThat(picture.colors > 50, `a map is seen, not an empty ground (${picture.colors} colours)`)
    expectThat(
      picture.hash === published.picture.hash,
      'pixel by pixel it is the picture that its planner published',
    )
  },
}))

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** The slowest of the main streets, which a planner comes for. */
async function slowestStreet(address: string): Promise<{ name: string; lngLat: [number, number] }> {
  const { slowStreets } = (await (await fetch(`${address}/api/now`)).json()) as {
    slowStreets: { name: string; lngLat: [number, number] }[]
  }
  return slowStreets[0]
}

async function closeStreet(page: Page, hand: Hand, name: string): Promise<void> {
  await hand.selectStreet(page, name)
  const offers = page.getByRole('region', { name: 'In a scenario' })
  await hand.press(page, offers.getByRole('button', { name: /^Close / }).first())
  // an hour that can be begun at again: what is measured is then of what is saved
  await hand.choose(page, page.getByLabel('Begins'), /18:00/)
  await hand.choose(page, page.getByLabel('How far ahead'), /^15 min/)
  await page.getByText('Preliminary', { exact: true }).waitFor({ timeout: PATIENCE_MS })
}

async function fourMore(page: Page, hand: Hand): Promise<void> {
  const draw = page.getByRole('combobox', { name: 'Draw on the map' })
  await hand.choose(page, draw, /^low-traffic/)
  await hand.drawArea(page)
  await hand.choose(page, draw, /^fast chargers/)
  await hand.drawPlace(page)
  const add = page.getByRole('combobox', { name: 'Add an edit' })
  await hand.choose(page, add, /are electric/)
  await hand.choose(page, add, /warmer/)
}

async function runIt(page: Page, hand: Hand): Promise<void> {
  await hand.press(page, button(page, 'Run it'))
  const refused = page.getByRole('region', { name: 'What if' }).getByRole('alert')
  const done = page.getByText('done: 15 min simulated of 15 min')
  await done
    .or(refused)
    .first()
    .waitFor({ timeout: 3 * PATIENCE_MS })
  if (await refused.isVisible()) throw new Error(await refused.innerText())
}

/** What is at hand, the untouched city and what was kept, side by side at one clock, and in one table. */
async function compare(page: Page, hand: Hand, keptName: string): Promise<void> {
  await hand.tick(page, page.getByRole('checkbox', { name: keptName, exact: true }))
  await hand.press(page, button(page, 'Side by side'))
  for (const name of ['Without the edits', keptName])
    await page
      .getByRole('group', { name, exact: true })
      .getByText(/ · 18:1\d$/)
      .waitFor({ timeout: PATIENCE_MS })
  await hand.press(page, button(page, 'Scenarios beside each other'))
  const table = page.getByRole('table', { name: /^One run/ })
  const heads = await table.getByRole('columnheader').allInnerTexts()
  expectThat(
    heads.join() === ['Measure', 'Without the edits', 'This scenario', keptName].join(),
    `both scenarios stand in the table: ${heads.join()}`,
  )
  const differ = (
    await textsOf(table.locator('tbody tr'), ['td:nth-of-type(2)', 'td:nth-of-type(3)'])
  ).filter((row) => row.split(' | ')[0] !== row.split(' | ')[1])
  expectThat(differ.length > 0, 'the two scenarios come to different numbers')
  await hand.press(page, page.getByRole('dialog').getByRole('button', { name: 'Close' }))
  await hand.press(page, button(page, 'One map'))
}

/** From a measure by its steps, each with its time and numbers, to the edit that brought it about. */
async function askWhy(page: Page, hand: Hand, edits: readonly string[]): Promise<void> {
  const why = page.getByRole('button', { name: /^Why: / }).first()
  await why.waitFor({ timeout: 3 * PATIENCE_MS })
  await hand.press(page, why)
  const chain = page.getByRole('region', { name: /^Why: / })
  const steps = await chain.locator('button.step').allInnerTexts()
  expectThat(
    steps.length > 1 && /^18:\d\d:\d\d\s.* → /s.test(steps[0]),
    `the chain begins at a time, with both numbers: ${steps.join('; ')}`,
  )
  await hand.walkToEnd(page, chain)
  const last = await page.evaluate(() => document.activeElement?.textContent ?? '')
  expectThat(
    edits.some((words) => last.endsWith(words)),
    `the last step is an edit (${last})`,
  )
  await hand.press(page, chain.getByRole('button', { name: 'Close', exact: true }))
  await chain.waitFor({ state: 'detached' })
}

async function branch(page: Page, hand: Hand): Promise<void> {
  const stands = (words: string) =>
    page.locator('.document [role=status]').filter({ hasText: words }).waitFor({ timeout: PATIENCE_MS })
  await hand.write(page, page.getByLabel('Title of the scenario'), TITLE)
  await hand.press(page, button(page, 'Save'))
  await stands('Version 1')
  await hand.press(page, button(page, 'Branch'))
  await stands('branch of its own')
}

/** Gives what its planner saw of it: measures in words, and the picture. */
async function publish(
  page: Page,
  hand: Hand,
): Promise<{ path: string; measures: readonly string[]; picture: Pixels }> {
  const measures = await textsOf(page.locator('.consequences > .outcomes > li'), ['span', 'b', '.verdict'])
  await hand.press(page, page.getByLabel('More to do with the scenario'))
  await hand.press(page, button(page, 'Publish …'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText('With it goes what was measured: one pair').waitFor({ timeout: PATIENCE_MS })
  await hand.write(page, dialog.getByLabel('Contact: who answers for it'), CONTACT)
  const image = dialog.getByAltText('The map as it will be shown')
  await image.waitFor({ timeout: PATIENCE_MS })
  const picture = await pixelsOf(image)
  await hand.press(page, dialog.getByRole('button', { name: 'Publish', exact: true }))
  const link = dialog.getByRole('list', { name: 'Published of this scenario' }).getByRole('link')
  const path = (await link.getAttribute('href', { timeout: PATIENCE_MS })) ?? ''
  return { path: path.replace(/^\./, ''), measures, picture }
}

/** Of each row what stands at `places` in it. */
function textsOf(rows: Locator, places: readonly string[]): Promise<string[]> {
  return rows.evaluateAll(
    (all, places) =>
      all.map((row) => places.map((place) => row.querySelector(place)?.textContent?.trim()).join(' | ')),
    places,
  )
}

interface Pixels {
  readonly hash: string
  readonly colors: number
}

/** Of an image as the browser shows it, at its full size. */
function pixelsOf(image: Locator): Promise<Pixels> {
  return image.evaluate(async (element) => {
    const picture = element as HTMLImageElement
    await picture.decode()
    const canvas = document.createElement('canvas')
    canvas.width = picture.naturalWidth
    canvas.height = picture.naturalHeight
    const context = canvas.getContext('2d')!
    context.drawImage(picture, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const hash = await crypto.subtle.digest('SHA-256', data)
    return {
      hash: `${canvas.width}×${canvas.height} ${[...new Uint8Array(hash)].join()}`,
      colors: new Set(new Uint32Array(data.buffer)).size,
    }
  })
}
