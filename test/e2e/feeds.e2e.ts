/** Feeds on the page: how one stands is read at the desk, by mouse and by key alone; a closure that it tells closes its street. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { parseCity } from '../../twin/city.ts'
import { lngLatFromLocal } from '../../twin/geo/projection.ts'
import { openCity, readDatasets, citiesFolder } from '../../server/loop/cityFolder.ts'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, press, untilCity } from './pages.ts'
import { startServer } from './server.ts'

const CITY = 'astana'
/** Looked at each second, so that what happens to it is seen within three. */
const SEEN_MS = 6000

/** Waits until the twin that the page shows has the street open (0) or closed (1). */
async function untilStreet(page: Page, link: number, isClosed: 0 | 1): Promise<void> {
  await page.waitForFunction(
    ([row, wanted]) =>
      window.citytwin!.mirror.table({ name: 'traffic.links' } as never).columns['isClosed'][row] === wanted,
    [link, isClosed] as const,
    { timeout: SEEN_MS },
  )
}

/** A long street of the city, and a closure drawn along it. */
async function aStreet(): Promise<{ link: number; feature: object }> {
  const { network, projection } = parseCity(await readDatasets(await openCity(citiesFolder, CITY)))
  const { links, shape, names } = network
  const link = links.lengthM.findIndex((lengthM, row) => lengthM > 200 && names.text[links.name[row]] !== '')
  const rows = Array.from({ length: links.shapeCount[link] }, (_, i) => links.shapeStart[link] + i)
  const coordinates = rows.map((row) => lngLatFromLocal(projection, [shape.xM[row], shape.yM[row]]))
  const properties = { what: 'closed', road: names.text[links.name[link]], text: 'A burst main' }
  const geometry = { type: 'LineString', coordinates }
  return { link, feature: { type: 'Feature', id: 'works-1', properties, geometry } }
}

function declarationOf(from: string): object {
  return {
    id: 'works',
    title: 'Road works of the city',
    format: 'geoJson',
    from,
    cadenceS: 1,
    freshnessS: 600,
    owner: { name: 'Roads Department', role: 'public', contact: 'roads@example.org' },
    licence: 'CC0-1.0',
    settings: {
      as: 'roadEvents',
      kind: 'what',
      kinds: { closed: 'closure' },
      roadName: 'road',
      text: 'text',
      language: 'en',
      times: 'ms',
      made: 'made',
    },
  }
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'a feed that is garbled and whole again says so at the desk, and its closure closes a street until it is over',
    limitMs: 240_000,
    async run({ openAt, after }) {
      const folder = mkdtempSync(join(tmpdir(), 'citytwin-feeds-'))
      const works = join(folder, 'works.geojson')
      const { link, feature } = await aStreet()
      const write = (features: readonly object[]) =>
        writeFileSync(works, JSON.stringify({ type: 'FeatureCollection', made: Date.now(), features }))
      write([feature])
      writeFileSync(join(folder, 'feeds.json'), JSON.stringify({ feeds: [declarationOf(works)] }))
      const server = await startServer(['--city', CITY, '--at', '18:00'], 120_000, {
        CITYTWIN_FEEDS: join(folder, 'feeds.json'),
      })
      after(async () => {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      })
      const page = await openAt(server.address, '/desk?lang=en&movers=100', ...DESK)
      await untilCity(page)
      const feed = page.locator('.feed-list summary', { hasText: 'Road works of the city' })
      await feed.getByText('live').waitFor({ timeout: PATIENCE_MS })
      await untilStreet(page, link, 1)

      await page.evaluate(
        (row) =>
          window.citytwin!.store.setView({ selection: { layer: 'traffic', table: 'traffic.links', row } }),
        link,
      )
      await page.getByText('Closed by “Road works of the city”.').waitFor({ timeout: PATIENCE_MS })

      await page.getByRole('button', { name: 'Make it an incident' }).click()
      const incidents = page.getByRole('listbox', { name: 'Incidents' })
      await incidents.getByText('A burst main').waitFor({ timeout: PATIENCE_MS })

      await press(feed)
      const facts = await page.locator('.feed-facts').innerText()
      for (const words of [
        'Roads Department (public)',
        'CC0-1.0',
        'streets here: 1',
        'at most 10 min promised',
      ])
        expectThat(facts.includes(words), `opened by key, it says "${words}" (${facts})`)

      writeFileSync(works, '{"type": "Feat')
      await feed.getByText('unreadable').waitFor({ timeout: SEEN_MS })
      await untilStreet(page, link, 1)
      write([])
      await feed.getByText('live').waitFor({ timeout: SEEN_MS })
      await untilStreet(page, link, 0)
      await page.close()
    },
  },
]
