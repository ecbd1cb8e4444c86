/** Every face is free of what axe finds wrong: names, roles, contrast, order, by WCAG 2.2 A and AA. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expectThat, type Case } from './case.ts'
import { DESK, PHONE, untilCity } from './pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[]
}

const faces: readonly { path: string; size: readonly [number, number]; shows?: string }[] = [
  { path: '/?movers=0', size: PHONE },
  { path: '/plan?movers=0', size: DESK, shows: '.drawing' },
  { path: '/plan?movers=0&sel=power.feeders:12', size: DESK, shows: '.drawing' },
  { path: '/desk?movers=0', size: DESK },
  { path: '/wall?movers=0', size: DESK },
]

export const cases: readonly Case[] = [
  {
    name: 'axe finds nothing wrong on any face, by night and by day',
    limitMs: 240_000,
    async run({ open }) {
      const found: string[] = []
      for (const { path, size, shows } of faces) {
        for (const theme of ['night', 'day']) {
          const page = await open(`${path}&lang=en&theme=${theme}`, size[0], size[1])
          await untilCity(page)
          if (shows !== undefined) await page.locator(shows).first().waitFor()
          await page.evaluate(axe)
          const violations = await page.evaluate(async (tags) => {
            const { axe } = window as unknown as {
              axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> }
            }
            return (await axe.run(document, { runOnly: tags })).violations
          }, TAGS)
          for (const { id, help, nodes } of violations)
            found.push(
              `${path} ${theme}: ${id} (${help}) at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
            )
          await page.close()
        }
      }
      expectThat(found.length === 0, `no violation:\n${found.join('\n')}`)
    },
  },
]
