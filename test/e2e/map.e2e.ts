/** The map of a real city in a real browser: it is drawn, it moves as the model says, and each layer answers. */
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, PHONE, untilCity, withinWindow } from './pages.ts'
import { firstMs, gzipBytes, scriptsOf, WORKER } from './scripts.ts'

// Movers that software rendering can draw.
const MOVERS = 1500

async function openMap(open: (path: string, width: number, height: number) => Promise<Page>): Promise<Page> {
  const page = await open(`/plan?lang=en&movers=${MOVERS}`, ...DESK)
  await untilCity(page)
  return page
}

/** Where up to 500 vehicles are drawn now, by row. */
function positions(page: Page) {
  return page.evaluate(() => window.citytwin!.drawnPositions(500))
}

/** Waits until the page has the speeds of all streets around a place, or of none. */
async function untilKnown(page: Page, at: readonly [number, number], isKnown: boolean): Promise<void> {
  await page.waitForFunction(
    ({ at: [lng, lat], isKnown }) => {
      const { city } = window.citytwin!.store.get()
      if (city === undefined) return false
      const { projection, network } = city
      const xM = (lng - projection.origin[0]) * projection.mPerDegLng
      const yM = (lat - projection.origin[1]) * projection.mPerDegLat
      const { speedMps } = window.citytwin!.mirror.table({ name: 'traffic.links' } as never)
        .columns as Record<string, Float32Array>
      let near = 0
      let known = 0
      network.links.fromNode.forEach((node, link) => {
        if (Math.hypot(network.nodes.xM[node] - xM, network.nodes.yM[node] - yM) > 300) return
        near++
        if (!Number.isNaN(speedMps[link] ?? NaN)) known++
      })
      return near > 10 && known === (isKnown ? near : 0)
    },
    { at, isKnown },
    { timeout: PATIENCE_MS },
  )
}

/** Script of the public face until its map stands, gzipped: what a slow phone waits for. */
const MOST_FIRST_BYTES = 370_000

export const cases: readonly Case[] = [
  {
    name: 'a resident has the map with no more script than a slow line bears',
    async run({ open }) {
      const page = await open('/?lang=en&movers=0', ...PHONE)
      const mapMs = await firstMs(page, 'citytwin-map')
      const scripts = (await scriptsOf(page)).filter(
        ({ url, startMs }) => startMs < mapMs && !url.includes(WORKER),
      )
      const bytes = await gzipBytes(scripts)
      expectThat(bytes <= MOST_FIRST_BYTES, `${bytes} bytes of script, at most ${MOST_FIRST_BYTES}`)
    },
  },
  {
    looks: true,
    name: 'the map is drawn: streets, water and labels are on the screen',
    async run({ open }) {
      const page = await openMap(open)
      await page.waitForFunction(() => window.citytwin!.map.areTilesLoaded(), undefined, {
        timeout: PATIENCE_MS,
      })
      const layers = await page.evaluate(() => [
        ...new Set(window.citytwin!.map.queryRenderedFeatures().map((feature) => feature.sourceLayer ?? '')),
      ])
      for (const layer of ['earth', 'water', 'roads'])
        expectThat(layers.includes(layer), `${layer} among what is drawn (${layers.join(', ')})`)
    },
  },
  {
    when: 'alone',
    name: 'vehicles are elsewhere a second later, and no farther than their speed allows',
    async run({ open }) {
      const page = await openMap(open)
      await page.waitForFunction(() => window.citytwin!.drawnPositions(500).length > 300, undefined, {
        timeout: PATIENCE_MS,
      })
      const before = await positions(page)
      // the drawn clock's second: on a busy machine it may take several of ours
      await page.waitForFunction(
        (tick) => window.citytwin!.drawnPositions(1)[0].tick > tick + 50,
        before[0].tick,
        { timeout: PATIENCE_MS },
      )
      const after = new Map((await positions(page)).map((vehicle) => [vehicle.row, vehicle]))
      let moved = 0
      for (const vehicle of before) {
        const later = after.get(vehicle.row)
        if (later === undefined || later.link !== vehicle.link) continue
        const seconds = (later.tick - vehicle.tick) / 50
        const distanceM = later.alongM - vehicle.alongM
        expectThat(
          distanceM >= -0.01,
          `vehicle ${vehicle.row} does not drive backwards (${distanceM.toFixed(2)} m)`,
        )
        expectThat(
          distanceM <= vehicle.freeSpeedMps * seconds + 0.5,
          `vehicle ${vehicle.row} drives ${distanceM.toFixed(1)} m in ${seconds.toFixed(2)} s at no more than ${vehicle.freeSpeedMps} m/s`,
        )
        if (distanceM > 1) moved++
      }
      expectThat(
        moved > 20,
        `more than 20 of ${before.length} vehicles have moved along their link (${moved})`,
      )
    },
  },
  {
    name: 'a phone in the street is sent its district, another when it goes there, and all of the city from above',
    async run({ open }) {
      const page = await open('/?lang=en&lng=-56.18&lat=-34.905&z=15.5', ...PHONE)
      const [centre, east] = [
        [-56.18, -34.905],
        [-56.06, -34.88],
      ] as const
      await untilCity(page)
      await withinWindow(page, () => window.citytwin!.store.get().seen === 'vehicles')
      await untilKnown(page, centre, true)
      await untilKnown(page, east, false)
      await withinWindow(page, () => (window.citytwin!.store.get().rates?.bytesPerS ?? Infinity) < 4000)
      await page.evaluate((at) => window.citytwin!.live.camera.go({ at, durationMs: 0 }), east)
      await untilKnown(page, east, true)
      await untilKnown(page, centre, false)
      await page.evaluate((at) => window.citytwin!.live.camera.go({ at, zoom: 11, durationMs: 0 }), centre)
      await withinWindow(page, () => window.citytwin!.store.get().seen === 'whole')
      for (const at of [centre, east]) await untilKnown(page, at, true)
    },
  },
]
