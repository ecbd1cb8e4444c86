/** Sizes and waits that the browser cases share. */
import type { Locator, Page } from 'playwright-core'

/** Software rendering: small windows. */
export const DESK = [1000, 640] as const
export const PHONE = [390, 640] as const
export const PATIENCE_MS = 60_000

/** Waits until the page has the city and a first frame of it. */
export async function untilCity(page: Page): Promise<void> {
  await withinWindow(
    page,
    () => (window.citytwin?.mirror.tick ?? -1) > 0 && window.citytwin?.store.get().city !== undefined,
  )
}

/** Waits until `holds`, run in the page, is true. */
export async function withinWindow(page: Page, holds: () => boolean | undefined): Promise<void> {
  await page.waitForFunction(holds, undefined, { timeout: PATIENCE_MS })
}

/** Presses a button by key, once it can be pressed. */
export async function press(button: Locator): Promise<void> {
  await button.click({ trial: true, timeout: PATIENCE_MS })
  await button.focus()
  await button.press('Enter')
}
