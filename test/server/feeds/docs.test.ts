/** The format that the page on feeds shows is the one that works. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { Deviations } from '../../../server/feeds/deviations.ts'
import type { FeedFormat } from '../../../server/feeds/format.ts'
import { formats } from '../../../server/feeds/formats.ts'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'public/docs/feeds.md'), 'utf8')

it('the example of the page on feeds reads what the page says it reads', async () => {
  const code = /```ts\n([^]*?)```/.exec(page)![1]
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-'))
  try {
    const file = join(folder, 'carParks.ts')
    const base = pathToFileURL(`${root}/`).href
    writeFileSync(file, code.replaceAll("from './", `from '${base}`))
    const { carParks } = (await import(pathToFileURL(file).href)) as { carParks: FeedFormat }
    const text = /`(\{"updated".*\})`/.exec(page)![1]
    const read = (json: string) => {
      const deviations = new Deviations()
      const example = { name: 'parks.json', bytes: new TextEncoder().encode(json) }
      expect(carParks.isLike(example)).toBe(true)
      const content = carParks.read(example, { nowMs: 0, utcOffsetS: 0 }, deviations)
      return { content, deviations: deviations.total }
    }
    expect(read(text)).toEqual({
      content: {
        madeMs: Date.UTC(2026, 7, 4, 17, 30),
        features: [
          { id: 'p1', kind: 'carPark', lng: -56.2, lat: -34.9, path: [], values: { spaces: 120, free: 17 } },
        ],
      },
      deviations: 0,
    })
    expect(read(text.replace('-34.9', '-934.9'))).toMatchObject({ content: { features: [] }, deviations: 1 })
    expect(read(text.replace('17}', '170}'))).toMatchObject({ content: { features: [] }, deviations: 1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('the page on feeds lists the formats there are', () => {
  const section = page.split(/^## /m).find((part) => part.startsWith('Formats'))!
  const listed = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map(([, id]) => id)
  expect(listed.sort()).toEqual(formats.map(({ id }) => id).sort())
})
