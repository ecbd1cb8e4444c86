/** What a rule of the wall is checked by: run in the page, or on a picture of it. */
import type { Browser, Page } from 'playwright-core'

export interface Lettering {
  readonly text: string
  readonly sizePx: number
  /** A value, or of an alarm: read first, and from furthest away. */
  readonly isValue: boolean
}

/** Every text that shows on the page and its size; the map's own letters are of its style. */
export function letteringOf(page: Page): Promise<Lettering[]> {
  return page.evaluate(() => {
    const found: { text: string; sizePx: number; isValue: boolean }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!at || text === '' || at.closest('.unseen, script, style') || !at.checkVisibility()) continue
      const isValue =
        at.closest(
          '.wall-alarm-area li, .wall-calm, .wall-number :is(b, small, .wall-trouble), .clock, .freshness',
        ) !== null
      found.push({ text, sizePx: parseFloat(getComputedStyle(at).fontSize), isValue })
    }
    return found
  })
}

/** What is wrong with where things stand: a part that covers another or leaves the screen, letters over letters, a bar to scroll by. */
export function faultsOfLayout(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SHIFT_PX = 8
    const faults: string[] = []
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    const overlap = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
    const apart = (what: string, parts: readonly { name: string; rect: DOMRect }[]) => {
      parts.forEach((a, i) => {
        for (const b of parts.slice(i + 1))
          if (overlap(a.rect, b.rect)) faults.push(`${what}: ${a.name} and ${b.name} overlap`)
      })
    }
    const named = (elements: readonly Element[]) =>
      elements.map((one) => ({ name: one.className || one.tagName, rect: one.getBoundingClientRect() }))
    const parts = shown('.wall-bar, .wall > .map-place, .wall-side, .wall-numbers')
    apart('parts', named(parts))
    apart('panels', named(shown('.wall-side section')))
    apart('numbers', named(shown('.wall-number')))
    for (const { name, rect } of named(parts)) {
      const isInside =
        rect.left >= -SHIFT_PX &&
        rect.top >= -SHIFT_PX &&
        rect.right <= innerWidth + SHIFT_PX &&
        rect.bottom <= innerHeight + SHIFT_PX
      if (!isInside) faults.push(`${name} leaves the screen`)
    }
    // letters, without what line spacing adds above and below
    const letters: { name: string; rect: DOMRect }[] = []
    const walker = document.createTreeWalker(document.querySelector('.wall')!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.parentElement!
      const panel = at.closest('.wall-bar, .wall-side section, .wall-number')
      if (!panel || node.textContent?.trim() === '' || !at.checkVisibility()) continue
      // a list shows whole sentences only: what is beyond it is not seen
      const room = (at.closest('.entries') ?? panel).getBoundingClientRect()
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const { left, top, width, height } of range.getClientRects()) {
        const rect = new DOMRect(left, top + height * 0.25, width, height * 0.5)
        // sentences for which there is no room are not shown
        if (!overlap(rect, room)) continue
        if (rect.right > room.right + 1) faults.push(`“${node.textContent}” is cut at its right`)
        if (rect.bottom > room.bottom + 1) faults.push(`“${node.textContent}” is cut below`)
        letters.push({ name: `“${node.textContent}”`, rect })
      }
    }
    apart('letters', letters)
    const area = document.querySelector('.wall-alarm-area')!
    const { left, top, width, height } = area.getBoundingClientRect()
    if (height < 20 || !area.contains(document.elementFromPoint(left + width / 2, top + height / 2)))
      faults.push('the alarms are covered')
    for (const one of document.querySelectorAll('*')) {
      const { overflowX, overflowY } = getComputedStyle(one)
      const scrolls = (overflow: string, has: number, shows: number) =>
        (overflow === 'auto' || overflow === 'scroll') && has > shows + 1
      if (
        scrolls(overflowY, one.scrollHeight, one.clientHeight) ||
        scrolls(overflowX, one.scrollWidth, one.clientWidth)
      )
        faults.push(`${one.className || one.tagName} has a bar to scroll by`)
    }
    return faults
  })
}

export interface Light {
  /** Mean relative luminance, 0 to 1. */
  readonly mean: number
  /** Of what lies outside the map, the share whose OKLCH chroma is above 0.08. */
  readonly saturated: number
}

/** Measures a picture of the page, in another page. */
export async function lightOf(page: Page, browser: Browser): Promise<Light> {
  const map = await page.locator('.map-place').boundingBox()
  const png = (await page.screenshot({ timeout: 60_000 })).toString('base64')
  const reader = await browser.newPage()
  try {
    return await reader.evaluate(
      async ([png, map]) => {
        const blob = await (await fetch(`data:image/png;base64,${png}`)).blob()
        const picture = await createImageBitmap(blob)
        const canvas = new OffscreenCanvas(picture.width, picture.height)
        const context = canvas.getContext('2d')!
        context.drawImage(picture, 0, 0)
        const { data } = context.getImageData(0, 0, picture.width, picture.height)
        const linear = Array.from({ length: 256 }, (_, value) =>
          value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
        )
        const isOnMap = (x: number, y: number) =>
          map !== null && x >= map.x && x < map.x + map.width && y >= map.y && y < map.y + map.height
        let [sum, outside, saturated] = [0, 0, 0]
        for (let i = 0; i < data.length; i += 4) {
          const [r, g, b] = [linear[data[i]], linear[data[i + 1]], linear[data[i + 2]]]
          sum += 0.2126 * r + 0.7152 * g + 0.0722 * b
          const pixel = i / 4
          if (isOnMap(pixel % picture.width, Math.floor(pixel / picture.width))) continue
          outside++
          const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
          const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
          const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
          const chroma = Math.hypot(
            1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
          )
          if (chroma > 0.08) saturated++
        }
        return { mean: sum / (data.length / 4), saturated: saturated / outside }
      },
      [png, map] as const,
    )
  } finally {
    await reader.close()
  }
}

/** Of what never changes on the wall, what is lighter than `most`: relative luminance of its letters, ground or frame. */
export function brightStills(page: Page, most: number): Promise<string[]> {
  return page.evaluate((most) => {
    const luminance = (color: string) => {
      const [r, g, b] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
        const c = Number(part) / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const stills = [
      ['h1, h2, .freshness b, .feeds span, .zone, .wall-number p span', 'color'],
      ['.exercise-word b', 'backgroundColor'],
      ['.wall', 'borderTopColor'],
    ] as const
    return stills.flatMap(([selector, property]) =>
      [...document.querySelectorAll(selector)]
        .filter((one) => luminance(getComputedStyle(one)[property]) > most)
        .map((one) => `${one.className || one.tagName} ${one.textContent?.slice(0, 20)}`),
    )
  }, most)
}
