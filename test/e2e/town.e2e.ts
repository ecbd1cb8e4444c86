/** A town of one's own: an .osm.pbf dropped on the planner's face lives in the browser, made to the byte as the command makes it. */
import { createHash } from 'node:crypto'
import { makeCity } from '../../data/recipes/makeCity.ts'
import { readOsmPbf } from '../../data/recipes/osmPbf.ts'
import { townFeedBytes, townMapBytes } from '../fixtures/townBytes.ts'
import { expectThat, type Case } from './case.ts'
import { dropFiles, keptDigests, untilTown } from './dropTown.ts'
import { DESK, PATIENCE_MS, untilCity, withinWindow } from './pages.ts'

const id = 'gridtown'
const map = { name: 'gridtown.osm.pbf', bytes: townMapBytes(12) }
const feed = { name: 'buses.zip', bytes: townFeedBytes(12) }

export const cases: readonly Case[] = [
  {
    name: 'a map dropped on the planner’s face becomes a city in the browser, to the byte the command’s; it lives, is edited, kept and deleted',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=300', ...DESK)
      await page.getByRole('button', { name: 'Your own town …' }).waitFor({ timeout: PATIENCE_MS })
      await dropFiles(page, [feed])
      await page
        .getByRole('alert')
        .getByText(/There is no map among/)
        .waitFor({ timeout: PATIENCE_MS })
      const droppedMs = Date.now()
      await dropFiles(page, [map, feed])
      await untilTown(page, id)
      // in the small hours a small town has few: any that is further along its street than a moment before
      await withinWindow(page, () => {
        const looks = window as unknown as {
          before?: readonly { row: number; link: number; alongM: number }[]
        }
        const now = window.citytwin?.drawnPositions(300) ?? []
        const { before = [] } = looks
        looks.before = now
        return now.some(({ row, link, alongM }) =>
          before.some((each) => each.row === row && each.link === link && alongM > each.alongM),
        )
      })
      console.log(
        `  ${map.name} dropped on the page was alive after ${((Date.now() - droppedMs) / 1000).toFixed(1)} s`,
      )
      await page.getByText('© OpenStreetMap contributors').first().waitFor({ timeout: PATIENCE_MS })

      const city = makeCity(
        { id, extract: readOsmPbf(map.bytes), facts: {}, feed: { name: feed.name, zip: feed.bytes } },
        () => undefined,
      )
      const kept = await keptDigests(page, id)
      for (const [name, bytes] of city.files) {
        const due = createHash('sha256').update(bytes).digest('hex')
        expectThat(kept[name] === due, `${name} is the command's to the byte`)
      }

      const done = await page.evaluate(async () => {
        const { live } = window.citytwin!
        const reply = await live.source.startScenario({
          edits: [{ kind: 'closeStreet', id: 'e1', links: [0] }],
          horizonS: 120,
          speed: 0,
        })
        if (!reply.ok) return reply.error
        live.watch(reply.id, `${reply.id}.base`)
        return reply.id
      })
      expectThat(done.startsWith('scenario-'), `a street is closed on a fork (${done})`)
      await withinWindow(page, () => {
        const { scenario } = window.citytwin!.store.get()
        return scenario?.state === 'done' && scenario.comparison !== undefined
      })

      await page.reload()
      await untilCity(page)
      await page.getByRole('button', { name: 'Your own town …' }).click()
      await page.getByRole('button', { name: /^Delete / }).click()
      await page.getByRole('button', { name: 'Delete it' }).click()
      await page.waitForURL((url) => !url.searchParams.has('town'), { timeout: PATIENCE_MS })
      await untilCity(page)
      const cityId = await page.evaluate(() => window.citytwin!.store.get().info?.id)
      expectThat(cityId !== id, 'the way back leads to the city of the server')
    },
  },
]
