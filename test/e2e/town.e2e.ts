/** A town of one's own: an .osm.pbf dropped on the planner's face lives in the browser, made to the byte as the command makes it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { makeCity } from '../../data/recipes/makeCity.ts'
import { readOsmPbf } from '../../data/recipes/osmPbf.ts'
import { cases as published } from '../fixtures/cases.ts'
import { townFeedBytes, townMapBytes } from '../fixtures/townBytes.ts'
import { expectThat, type Case } from './case.ts'
import { dropFiles, keptDigests, untilTown } from './dropTown.ts'
import { DESK, PATIENCE_MS, untilCity, withinWindow } from './pages.ts'

const monaco = published('osm/monaco.osm.pbf')
/** The published map where it is at hand, else one of our own. */
const map =
  monaco === undefined
    ? { name: 'gridtown.osm.pbf', bytes: townMapBytes(8) }
    : { name: 'monaco.osm.pbf', bytes: new Uint8Array(readFileSync(monaco)) }
const id = map.name.replace('.osm.pbf', '')

export const cases: readonly Case[] = [
  {
    name: 'a map dropped on the planner’s face becomes a city in the browser, to the byte the command’s; it lives, is edited, kept and deleted',
    async run({ open }) {
      const page = await open('/plan?lang=en&movers=300', ...DESK)
      await page.getByRole('button', { name: 'Your own town …' }).waitFor({ timeout: PATIENCE_MS })
      await dropFiles(page, [{ name: 'buses.zip', bytes: townFeedBytes(6, 9e5) }])
      await page
        .getByRole('alert')
        .getByText(/There is no map among/)
        .waitFor({ timeout: PATIENCE_MS })
      const droppedMs = Date.now()
      await dropFiles(page, [map])
      await page.getByRole('button', { name: 'Cancel' }).waitFor({ timeout: PATIENCE_MS })
      await untilTown(page, id)
      // in the small hours a small town has few
      await withinWindow(page, () => (window.citytwin?.drawnPositions(300).length ?? 0) > 2)
      const seen = await page.evaluate(() => window.citytwin!.drawnPositions(300))
      await page.waitForFunction(
        (before) =>
          window
            .citytwin!.drawnPositions(300)
            .some(({ row, alongM, link }) =>
              before.some((each) => each.row === row && each.link === link && alongM > each.alongM + 1),
            ),
        seen,
        { timeout: PATIENCE_MS },
      )
      console.log(
        `  ${map.name} dropped on the page was alive after ${((Date.now() - droppedMs) / 1000).toFixed(1)} s`,
      )
      await page.getByText('© OpenStreetMap contributors').first().waitFor({ timeout: PATIENCE_MS })

      const city = makeCity({ id, extract: readOsmPbf(map.bytes), facts: {} }, () => undefined)
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
