/** Who acts on a page: a hand on a mouse, or one on a keyboard alone. Both do the same things, so that one case is walked by either. */
import type { Locator, Page } from 'playwright-core'
import { PATIENCE_MS } from './pages.ts'

const MOST_TABS = 150

export interface Hand {
  /** As a case's name says it. */
  readonly by: 'mouse' | 'key alone'
  press(page: Page, control: Locator): Promise<void>
  tick(page: Page, box: Locator): Promise<void>
  write(page: Page, field: Locator, text: string): Promise<void>
  /** Of a list, the first option with these words. */
  choose(page: Page, list: Locator, words: RegExp): Promise<void>
  /** Selects a street: on the map, in whose middle it lies, or by its name. */
  selectStreet(page: Page, name: string): Promise<void>
  /** Three corners about the middle of the map, after the tool for it was chosen. */
  drawArea(page: Page): Promise<void>
  /** In the middle of the map. */
  drawPlace(page: Page): Promise<void>
  /** From the first step of an open chain of causes to its last. */
  walkToEnd(page: Page, chain: Locator): Promise<void>
}

/** Shares of the map's width and height. */
const CORNERS = [
  [0.3, 0.3],
  [0.7, 0.3],
  [0.5, 0.7],
] as const
/** A crossing lies in the middle too: a hand that meant the street tries beside it, pixels. */
const AIMS = [
  [0, 0],
  [24, 0],
  [0, 24],
  [-24, 0],
  [0, -24],
] as const
const AIM_MS = 3000

export const mouse: Hand = {
  by: 'mouse',
  press: (_, control) => control.click({ timeout: PATIENCE_MS }),
  tick: (_, box) => box.check({ timeout: PATIENCE_MS }),
  write: (_, field, text) => field.fill(text),
  async choose(_, list, words) {
    await list.selectOption({ label: (await optionsOf(list))[await indexOf(list, words)] })
  },
  async selectStreet(page) {
    const closing = page
      .getByRole('region', { name: 'In a scenario' })
      .getByRole('button', { name: /^Close / })
    for (const [rightPx, downPx] of AIMS) {
      await clickMap(page, 0.5, 0.5, rightPx, downPx)
      const isStreet = await closing
        .first()
        .waitFor({ timeout: AIM_MS })
        .then(
          () => true,
          () => false,
        )
      if (isStreet) return
    }
    throw new Error('no street is found by a click in the middle of the map')
  },
  async drawArea(page) {
    for (const [x, y] of CORNERS) await clickMap(page, x, y)
    await page.getByText(/^3 corners/).waitFor({ timeout: PATIENCE_MS })
    await page.getByRole('button', { name: 'Done' }).click()
  },
  drawPlace: (page) => clickMap(page, 0.5, 0.5),
  walkToEnd: (_, chain) => chain.locator('button.step').last().click(),
}

export const keyboard: Hand = {
  by: 'key alone',
  async press(page, control) {
    await tabTo(page, control)
    await page.keyboard.press('Enter')
  },
  async tick(page, box) {
    await tabTo(page, box)
    await page.keyboard.press('Space')
  },
  async write(page, field, text) {
    await tabTo(page, field)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
  },
  async choose(page, list, words) {
    await tabTo(page, list)
    const wanted = await indexOf(list, words)
    const chosen = await list.evaluate((select) => (select as HTMLSelectElement).selectedIndex)
    await page.keyboard.press('Space')
    for (let step = Math.abs(wanted - chosen); step > 0; step--)
      await page.keyboard.press(wanted > chosen ? 'ArrowDown' : 'ArrowUp')
    await page.keyboard.press('Enter')
  },
  async selectStreet(page, name) {
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    await page
      .getByRole('option', { selected: true })
      .filter({ hasText: name })
      .waitFor({ timeout: PATIENCE_MS })
    await page.keyboard.press('Enter')
    await goBack(page)
  },
  async drawArea(page) {
    await page.keyboard.press('Enter')
    for (const way of ['ArrowRight', 'ArrowDown']) {
      for (let step = 0; step < 6; step++) await page.keyboard.press(way)
      await page.keyboard.press('Enter')
    }
    await page.getByText(/^3 corners/).waitFor({ timeout: PATIENCE_MS })
    await page.keyboard.press('Shift+Enter')
  },
  drawPlace: (page) => page.keyboard.press('Enter'),
  walkToEnd: (page) => page.keyboard.press('End'),
}

/** A search goes near: from there, so far away that the map holds a district. */
async function goBack(page: Page): Promise<void> {
  for (const zoom of [16, 15, 14]) {
    await page.waitForFunction(
      (most) => Math.abs((window.citytwin?.store.get().view.camera?.zoom ?? 0) - most) < 0.6,
      zoom + 0.5,
      { timeout: PATIENCE_MS },
    )
    await keyboard.press(page, page.getByRole('button', { name: 'Farther' }))
  }
}

/** Goes to a control by the Tab key alone, once it can be used, forth or back as it lies. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.click({ trial: true, timeout: PATIENCE_MS })
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    const way = await control.evaluate((element) => {
      const { activeElement } = document
      if (element === activeElement) return undefined
      const isBefore = activeElement !== null && activeElement !== document.body
      return isBefore && element.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING
        ? 'Shift+Tab'
        : 'Tab'
    })
    if (way === undefined) return
    await page.keyboard.press(way)
  }
  throw new Error(`${String(control)} is not reached by ${MOST_TABS} tabs`)
}

async function clickMap(page: Page, x: number, y: number, rightPx = 0, downPx = 0): Promise<void> {
  const map = (await page.locator('.map-place > .city-map').boundingBox())!
  await page.mouse.click(map.x + x * map.width + rightPx, map.y + y * map.height + downPx)
}

function optionsOf(list: Locator): Promise<string[]> {
  return list.locator('option').allInnerTexts()
}

async function indexOf(list: Locator, words: RegExp): Promise<number> {
  const options = await optionsOf(list)
  const index = options.findIndex((text) => words.test(text))
  if (index < 0) throw new Error(`no option has ${String(words)}: ${options.join(', ')}`)
  return index
}
