/** What people need of a page: less motion, their own colours, the map without a mouse and without a second finger. */
import type { Page } from 'playwright-core'
import type { Camera } from '../../client/state/view.ts'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, untilCity } from './pages.ts'

const STEPS = 8
/** Graphics on their ground (WCAG 1.4.11), and letters (1.4.3). */
const LEAST_OF_MARKS = 3
const LEAST_OF_LETTERS = 4.5

function cameraOf(page: Page): Promise<Camera | undefined> {
  return page.evaluate(() => window.citytwin!.store.get().view.camera)
}

/** Does `act`, and waits until the camera has changed as `holds` says. */
async function moves(
  page: Page,
  fact: string,
  act: () => Promise<void>,
  holds: (before: Camera, now: Camera) => boolean,
): Promise<void> {
  const before = (await cameraOf(page))!
  await act()
  for (const endMs = Date.now() + PATIENCE_MS / 3; ; await page.waitForTimeout(100)) {
    const now = (await cameraOf(page))!
    if (holds(before, now)) return
    expectThat(Date.now() < endMs, `${fact} (${JSON.stringify(before)} to ${JSON.stringify(now)})`)
  }
}

/** Letters and lines that do not stand out from their ground, as drawn with the colours that are forced on the page. */
function unseenThings(page: Page) {
  return page.evaluate(
    ([leastOfMarks, leastOfLetters]) => {
      const partsOf = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
      const luminance = (color: string) => {
        const [r, g, b] = partsOf(color).map((part) => {
          const c = part / 255
          return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const contrast = (a: string, b: string) => {
        const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
        return (high + 0.05) / (low + 0.05)
      }
      const groundOf = (one: Element | null): string => {
        for (let at = one; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor
          if ((partsOf(color)[3] ?? 1) > 0.5) return color
        }
        return 'rgb(255, 255, 255)'
      }
      const found: string[] = []
      const told = (one: Element, what: string) =>
        found.push(
          `${what} of ${one.tagName}.${one.getAttribute('class')} “${one.textContent?.slice(0, 24)}”`,
        )
      for (const one of document.querySelectorAll('body *')) {
        if (!one.checkVisibility({ opacityProperty: true }) || one.closest('.city-map, .unseen, .legend'))
          continue
        const style = getComputedStyle(one)
        const isText = [...one.childNodes].some(
          ({ nodeType, data }: Node & { data?: string }) => nodeType === 3 && data?.trim(),
        )
        if (isText && !one.matches(':disabled, [aria-disabled=true]')) {
          const color = one instanceof SVGElement ? style.fill : style.color
          if (contrast(color, groundOf(one)) < leastOfLetters) told(one, 'letters')
        }
        if (one.matches('.chart-line') && contrast(style.stroke, groundOf(one)) < leastOfMarks)
          told(one, 'line')
      }
      return found
    },
    [LEAST_OF_MARKS, LEAST_OF_LETTERS] as const,
  )
}

export const cases: readonly Case[] = [
  {
    name: 'who wants less motion gets none from the page, and who forces colours on it still sees every letter and line',
    async run({ open }) {
      for (const path of ['/wall', '/plan'] as const) {
        const page = await open(`${path}?lang=en&movers=0&theme=night`, ...DESK)
        await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
        await page.reload()
        await untilCity(page)
        await page
          .locator('.chart-line, .trend-band')
          .first()
          .waitFor({ state: 'attached', timeout: PATIENCE_MS })
        const moving = await page.evaluate(() =>
          document
            .getAnimations()
            .map(({ effect }) => (effect as KeyframeEffect).target?.className ?? '')
            .filter((name) => name !== 'not-live'),
        )
        expectThat(moving.length === 0, `${path}: nothing moves by itself (${moving.join(', ')})`)
        const unseen = await unseenThings(page)
        expectThat(unseen.length === 0, `${path}: everything stands out:\n${unseen.slice(0, 12).join('\n')}`)
        await page.close()
      }
    },
  },
  {
    name: 'the map is moved, turned, tilted and asked by keys alone, and by one pointer alone',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=0&layers=power', ...DESK)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.reload()
      await untilCity(page)
      const canvas = page.locator('.maplibregl-canvas').first()
      await canvas.focus()
      const press = (key: string) => () => page.keyboard.press(key)
      await moves(page, 'plus goes nearer', press('Equal'), (a, b) => b.zoom > a.zoom)
      await moves(page, 'and nearer', press('Equal'), (a, b) => b.zoom > a.zoom)
      await moves(page, 'the arrow goes east', press('ArrowRight'), (a, b) => b.lng > a.lng)
      await moves(page, 'the arrow goes north', press('ArrowUp'), (a, b) => b.lat > a.lat)
      await moves(page, 'minus goes farther', press('Minus'), (a, b) => b.zoom < a.zoom)
      await moves(page, 'shift and arrow turn', press('Shift+ArrowRight'), (a, b) => b.bearing !== a.bearing)
      await moves(page, 'shift and arrow tilt', press('Shift+ArrowUp'), (a, b) => b.pitch > a.pitch)

      // what a click would select is in the list beside the map
      await page.getByRole('tab', { name: 'Power' }).focus()
      await page.keyboard.press('Enter')
      await page.locator('#list-beside button').first().focus()
      await moves(
        page,
        'an entry leads to its place',
        press('Enter'),
        (a, b) => b.lng !== a.lng && b.zoom > a.zoom,
      )
      const chosen = await page.evaluate(() => window.citytwin!.store.get().view.selection)
      expectThat(chosen !== undefined, 'and selects it')
      await page.keyboard.press('Escape')

      await page.evaluate(() => window.citytwin!.map.jumpTo({ bearing: 0, pitch: 0, zoom: 12 }))
      const box = (await canvas.boundingBox())!
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const button = (name: string) => () => page.getByRole('button', { name, exact: true }).click()
      await button('Move the map')()
      await moves(page, 'a press goes right', button('To the right'), (a, b) => b.lng > a.lng)
      await moves(page, 'a press goes up', button('Up'), (a, b) => b.lat > a.lat)
      await moves(page, 'a press turns', button('Turn to the right'), (a, b) => b.bearing > a.bearing)
      await moves(page, 'a press goes nearer', button('Nearer'), (a, b) => b.zoom > a.zoom)
      await moves(page, 'a press tilts', button('Buildings in 3D'), (a, b) => b.pitch > a.pitch)
      await button('Move the map')()
      await page.evaluate(() => window.citytwin!.map.jumpTo({ bearing: 0, pitch: 0, zoom: 12 }))
      await moves(
        page,
        'one pointer drags',
        async () => {
          await page.mouse.move(x, y)
          await page.mouse.down()
          await page.mouse.move(x - 120, y, { steps: STEPS })
          await page.mouse.up()
        },
        (a, b) => b.lng > a.lng,
      )
      await moves(
        page,
        'two clicks go nearer',
        () => page.mouse.dblclick(x, y),
        (a, b) => b.zoom > a.zoom,
      )
      const substation = await page.evaluate(() => {
        const { map, store } = window.citytwin!
        const { grid, projection } = store.get().city!
        const { substations } = grid!
        map.jumpTo({
          center: [
            projection.origin[0] + substations.xM[1] / projection.mPerDegLng,
            projection.origin[1] + substations.yM[1] / projection.mPerDegLat,
          ],
          zoom: 15,
        })
        store.setView({ selection: undefined })
        return map.getCenter()
      })
      expectThat(Number.isFinite(substation.lng), 'a substation is in the middle')
      await page.mouse.click(x, y)
      await page.waitForFunction(
        () => window.citytwin!.store.get().view.selection?.table === 'power.substations',
        undefined,
        { timeout: PATIENCE_MS / 3 },
      )
    },
  },
]
