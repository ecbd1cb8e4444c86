/** Every face is free of what axe finds wrong: names, roles, contrast, order, by WCAG 2.2 A and AA. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { wallThemes } from '../../client/theme/litRoom.ts'
import { cssVariables, themeNames, themes, type ThemeName } from '../../client/theme/theme.ts'
import { DESK, PATIENCE_MS, PHONE, untilCity } from './pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[]
}

interface Seen {
  readonly path: string
  readonly size: readonly [number, number]
  /** What is opened on it first; the city's own when left out. */
  readonly ready?: (page: Page) => Promise<void>
  /** All of them when left out; the parts of a face whose colours are those of the face need one. */
  readonly theme?: ThemeName
}

const SECOND_LOOK_MS = 3000

const drawn = async (page: Page) => {
  await untilCity(page)
  await page.locator('.drawing').first().waitFor({ timeout: PATIENCE_MS })
}

const faces: readonly Seen[] = [
  { path: '/?movers=0', size: PHONE },
  { path: '/plan?movers=0', size: DESK, ready: drawn },
  { path: '/plan?movers=0&sel=power.feeders:12', size: DESK, ready: drawn, theme: 'day' },
  {
    path: '/plan?movers=0',
    size: DESK,
    theme: 'day',
    async ready(page) {
      await untilCity(page)
      await page.getByRole('button', { name: 'Your own town …' }).click()
      await page.getByRole('button', { name: 'Choose files …' }).waitFor({ timeout: PATIENCE_MS })
    },
  },
  { path: '/desk?movers=0', size: DESK },
  { path: '/desk?handover&movers=0', size: DESK },
  { path: '/wall?movers=0', size: DESK },
  { path: '/wall?movers=0&qr=https://city.example&wall=1x1&tile=0,0', size: DESK, theme: 'day' },
  {
    path: '/wall?setup',
    size: DESK,
    theme: 'contrast',
    ready: (page) => page.getByLabel('Room').waitFor({ timeout: PATIENCE_MS }),
  },
  {
    path: '/desk?movers=0',
    size: DESK,
    theme: 'night',
    async ready(page) {
      await untilCity(page)
      await page.getByRole('button', { name: 'Walls' }).click()
      await page
        .getByRole('button', { name: 'Add my view' })
        .or(page.getByText(/No wall is on/))
        .waitFor({ timeout: PATIENCE_MS })
    },
  },
]

function violationsOf(page: Page, runOnly: readonly string[]): Promise<Violation[]> {
  return page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> }
    }
    return (await axe.run(document, { runOnly })).violations
  }, runOnly)
}

export const cases: readonly Case[] = [
  {
    name: 'axe finds nothing wrong on any face, in any theme',
    limitMs: 360_000,
    async run({ open }) {
      const found: string[] = []
      for (const { path, size, theme: only, ready = untilCity } of faces) {
        const [first, ...others] = only === undefined ? themeNames : [only]
        const page = await open(`${path}&lang=en&theme=${first}`, size[0], size[1])
        await ready(page)
        await page.evaluate(axe)
        // colours are to be there at once
        await page.evaluate(() => {
          const still = new CSSStyleSheet()
          still.replaceSync('* { transition: none !important }')
          document.adoptedStyleSheets.push(still)
        })
        for (const theme of [first, ...others]) {
          // as `applyTheme` does
          const chosen = (path.startsWith('/wall') ? wallThemes : themes)[theme]
          const colours = { ...cssVariables(chosen), 'color-scheme': chosen.isDark ? 'dark' : 'light' }
          await page.evaluate(
            ([colours, theme]) => {
              const root = document.documentElement
              for (const [name, value] of Object.entries(colours)) root.style.setProperty(name, value)
              root.dataset['theme'] = theme
            },
            [colours, theme] as const,
          )
          // names, roles and order are the same in every theme
          const rules = theme === first ? TAGS : ['color-contrast']
          let violations = await violationsOf(page, rules)
          // a page that lives replaces what it shows: what is wrong is so at a second look as well
          if (violations.length > 0) {
            await page.waitForTimeout(SECOND_LOOK_MS)
            violations = await violationsOf(page, rules)
          }
          for (const { id, help, nodes } of violations)
            found.push(
              `${path} ${theme}: ${id} (${help}) at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
            )
        }
        await page.close()
      }
      expectThat(found.length === 0, `no violation:\n${found.join('\n')}`)
    },
  },
]
