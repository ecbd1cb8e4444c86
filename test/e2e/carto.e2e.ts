/** Cartography in a real browser: buildings stand up in the sun's light, a theme of high contrast, the system's own colours. */
import type { Page } from 'playwright-core'
import { expectThat, type Case } from './case.ts'
import { DESK, PATIENCE_MS, untilCity, withinWindow } from './pages.ts'

// A block of the old town, near enough for bodies.
const STREET = 'lng=-56.188&lat=-34.906&z=16&lang=en&movers=0'

function light(page: Page) {
  return page.evaluate(() => {
    const { anchor, position, intensity } = window.citytwin!.map.getLight()
    return { anchor, position: position as number[], intensity: intensity as number }
  })
}

export const cases: readonly Case[] = [
  {
    name: 'a key tilts the map: buildings stand in the light of the city’s sun, and the address keeps it',
    async run({ open }) {
      const page = await open(`/plan?${STREET}`, ...DESK)
      await untilCity(page)
      const visibilities = () =>
        page.evaluate(() =>
          ['building', 'building-body'].map(
            (id) => window.citytwin!.map.getLayoutProperty(id, 'visibility') as string,
          ),
        )
      expectThat((await visibilities()).join() === 'visible,none', 'plans of buildings from above')
      await page.getByRole('button', { name: 'Buildings in 3D' }).waitFor()
      await page.keyboard.press('d')
      await withinWindow(page, () => (window.citytwin!.store.get().view.camera?.pitch ?? 0) > 50)
      expectThat((await visibilities()).join() === 'none,visible', 'bodies of buildings when tilted')
      await page.waitForFunction(() => location.search.includes('&p=55'))
      const { anchor, position, intensity } = await light(page)
      expectThat(anchor === 'map', 'a light that stays where the sun is when the map turns')
      // 18:00 in Montevideo: in the western half of the sky, or below the horizon with hardly any light
      const isWest = position[1] > 180 && position[1] < 360
      expectThat(isWest || intensity < 0.2, `an evening sun (${position.join(' ')}, ${intensity})`)
      await page.getByRole('button', { name: 'Buildings in 3D' }).click()
      await withinWindow(page, () => (window.citytwin!.store.get().view.camera?.pitch ?? 90) < 1)
      expectThat((await visibilities()).join() === 'visible,none', 'plans again')
    },
  },
  {
    when: 'long',
    name: 'the sun turns the light once a minute, and only where there are bodies to light',
    async run({ open }) {
      const page = await open(`/plan?${STREET}`, ...DESK)
      await untilCity(page)
      await withinWindow(page, () => window.citytwin!.store.get().clock !== undefined)
      const lights = (pitch: number) =>
        page.evaluate((to) => {
          const { map, store } = window.citytwin!
          map.jumpTo({ pitch: to })
          let count = 0
          const setLight = map.setLight.bind(map)
          map.setLight = (...given) => {
            count++
            return setLight(...given)
          }
          const clock = store.get().clock!
          // three minutes of the city, told of every second
          for (let s = 0; s < 180; s++) store.set({ clock: { ...clock, timeMs: clock.timeMs + s * 1000 } })
          map.setLight = setLight
          return count
        }, pitch)
      expectThat((await lights(0)) === 0, 'no other light on a map seen from above')
      // the sun is fetched with the first tilt
      await page.evaluate(() => window.citytwin!.map.jumpTo({ pitch: 50 }))
      await withinWindow(page, () => window.citytwin!.map.getLight().position !== undefined)
      const turns = await lights(50)
      expectThat(turns >= 2 && turns <= 4, `a light a minute on a tilted map (${turns} in three minutes)`)
    },
  },
  {
    name: 'in the street, houses have their numbers and main streets the lines of their lanes',
    async run({ open }) {
      const page = await open(`/?${STREET.replace('z=16', 'z=18')}`, ...DESK)
      await untilCity(page)
      const drawn = (layers: readonly string[]) =>
        page.waitForFunction(
          (ids) => window.citytwin!.map.queryRenderedFeatures({ layers: [...ids] }).length > 0,
          layers,
          { timeout: PATIENCE_MS },
        )
      await drawn(['label-number'])
      await drawn(['marking-surface'])
      await drawn(['marking-lane', 'marking-middle'])
    },
  },
  {
    name: 'who asks for more contrast, or forces colours, is shown the theme of high contrast',
    async run({ browser, address }) {
      for (const need of [{ contrast: 'more' }, { forcedColors: 'active' }] as const) {
        const page = await browser.newPage({ viewport: { width: DESK[0], height: DESK[1] }, ...need })
        await page.goto(`${address}/?lang=en&movers=0`)
        await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'contrast')
        await page.close()
      }
    },
  },
]
