/** What a planner plays and draws: the drill by keyboard with a file that is true, and an area by mouse and by keyboard. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectThat, type Case } from './case.ts'
import { keyboard } from './hands.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'

/** Wide enough for panels beside the map. */
const PLAN = [1280, 720] as const

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'the drill is played to its end by keyboard, and the command proves its file',
    limitMs: 240_000,
    async run({ open }) {
      const folder = mkdtempSync(join(tmpdir(), 'citytwin-drill-'))
      try {
        const page = await open('/plan?lang=en&movers=0&drill=1', ...PLAN)
        await untilCity(page)
        const button = (name: string | RegExp) => page.getByRole('button', { name })
        await keyboard.press(page, button('Start the drill'))
        await keyboard.press(page, page.locator('.drill-offers button[aria-disabled="false"]').first())
        await page.locator('.drill-done li').first().waitFor({ timeout: PATIENCE_MS })
        await keyboard.press(page, button('To the end'))
        const save = button('Save the score file')
        await save.waitFor({ timeout: 3 * PATIENCE_MS })
        const saved = page.waitForEvent('download')
        await keyboard.press(page, save)
        const file = join(folder, 'drill.json')
        await (await saved).saveAs(file)
        const told = execFileSync('node', ['server/commands/drill.ts', 'verify', file], { encoding: 'utf8' })
        const { isTrue, saved: gain } = JSON.parse(told) as {
          isTrue: boolean
          saved: { customerMinutes: number }
        }
        expectThat(isTrue, `what is claimed comes: ${told}`)
        expectThat(gain.customerMinutes > 0, `a feeder tied saves customer-minutes: ${told}`)
        expectThat(readFileSync(file, 'utf8').includes('"closeTie"'), 'the act is in the file')
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  },
  {
    name: 'an area is drawn by mouse and by keyboard, and becomes an edit',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=0&z=14', ...PLAN)
      await untilCity(page)
      const draw = page.getByRole('combobox', { name: 'Draw on the map' })
      const edits = page.locator('.edit-list > li')
      await draw.selectOption('lowTrafficArea')
      const map = (await page.locator('.map-place').boundingBox())!
      for (const [x, y] of [
        [0.3, 0.3],
        [0.7, 0.3],
        [0.5, 0.7],
      ])
        await page.mouse.click(map.x + x * map.width, map.y + y * map.height)
      await page.getByText(/^3 corners/).waitFor({ timeout: PATIENCE_MS })
      await page.getByRole('button', { name: 'Done' }).click()
      await edits.first().waitFor({ timeout: PATIENCE_MS })

      await draw.selectOption('demandResponse')
      for (const key of [
        'Enter',
        'ArrowRight',
        'ArrowRight',
        'Enter',
        'ArrowDown',
        'ArrowDown',
        'Enter',
        'Enter',
      ])
        await page.keyboard.press(key)
      await page.getByText(/^3 corners/).waitFor({ timeout: PATIENCE_MS })
      await page.keyboard.press('Backspace')
      await page.getByText(/^2 of at least 3/).waitFor({ timeout: PATIENCE_MS })
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Shift+Enter')
      await edits.nth(1).waitFor({ timeout: PATIENCE_MS })
      expectThat((await edits.count()) === 2, 'two edits')
    },
  },
]
