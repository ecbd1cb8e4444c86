/** An exercise as operators live through it: an outage is one alarm on wall and desk, and is handled from the keyboard to its end. */
import type { Page } from 'playwright-core'
import { alarmStates, alarmTable } from '../../twin/alarms/tables.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'
import { startServer } from './server.ts'
import { faultsOfLayout } from './wallScan.ts'

const ROOM = [1280, 720] as const

/** The state of the newest alarm of a substation, as the page knows it. */
function outageState(page: Page): Promise<string | undefined> {
  return page.evaluate(
    ([spec, states]) => {
      const { id, kind, state } = window.citytwin!.mirror.table(spec).columns
      const rows = Array.from(id.keys()).filter((row) => id[row] !== 0 && kind[row] === 0)
      return states[state[rows.sort((a, b) => id[b] - id[a])[0] ?? -1]]
    },
    [alarmTable, alarmStates] as const,
  )
}

/** What moves on the wall by itself, but for the banner that waits unseen. */
function movingOn(wall: Page) {
  return wall.evaluate(() =>
    document
      .getAnimations()
      .filter(
        ({ effect }) => effect instanceof KeyframeEffect && effect.target?.closest('.not-live') === null,
      )
      .map(({ effect }) => {
        const { target } = effect as KeyframeEffect
        const frames = (effect as KeyframeEffect).getKeyframes()
        const { width, height } = target!.getBoundingClientRect()
        return {
          isMark: target!.matches('.wall-alarm-mark') && target!.textContent === '',
          isCritical: target!.closest('[data-state=unacknowledged][data-priority=critical]') !== null,
          periodMs: Number(effect!.getTiming().duration),
          onShare: frames.find(({ opacity }) => Number(opacity) < 1)?.computedOffset ?? 0,
          areaShare: (width * height) / (innerWidth * innerHeight),
        }
      }),
  )
}

async function untilState(page: Page, wanted: string | undefined): Promise<void> {
  for (const endMs = Date.now() + PATIENCE_MS; ; await page.waitForTimeout(100)) {
    const state = await outageState(page)
    if (state === wanted) return
    expectThat(Date.now() < endMs, `the outage becomes ${wanted ?? 'over'} (${state ?? 'none'})`)
  }
}

/** A list of two views on the wall, as the desk's panel of walls sends it. */
function startDirector(desk: Page): Promise<{ ok: boolean }> {
  return desk.evaluate(() => {
    const views = [12, 13].map((zoom) => ({
      text: `Zoom ${zoom}`,
      camera: { lng: -56.18, lat: -34.88, zoom, bearing: 0, pitch: 0 },
    }))
    return window.citytwin!.live.source.walls!.steer({ name: 'main', act: 'direct', views, dwellS: 20 })
  })
}

export const cases: readonly Case[] = [
  {
    when: 'long',
    name: 'an exercise: one outage is one alarm on wall and desk, shown, acknowledged and shelved by key, and over in the end',
    limitMs: 360_000,
    async run({ openAt, after }) {
      const server = await startServer(['--city', 'astana', '--at', '18:00'])
      after(() => server.stop())
      const wall = await openAt(server.address, '/wall?lang=en&movers=0', ...ROOM)
      const desk = await openAt(server.address, '/desk?lang=en&movers=0', ...ROOM)
      await untilCity(desk)
      await untilCity(wall)
      const director = await startDirector(desk)
      expectThat(director.ok, 'a list of views runs on the wall')
      await wall
        .locator('.wall-strip')
        .getByText(/next in/)
        .waitFor({ timeout: PATIENCE_MS })
      await desk.getByRole('button', { name: 'Exercise …' }).click()
      await desk.getByLabel('What fails').selectOption({ index: 0 })
      await desk.getByRole('button', { name: 'Let it fail' }).click()
      const list = desk.getByRole('listbox', { name: 'Alarms' })
      const outage = list.getByRole('option', { name: / is out/ })
      await outage.waitFor({ timeout: PATIENCE_MS })
      expectThat((await outage.count()) === 1, 'the outage is one alarm')
      await outage.getByText(/signals are dark/).waitFor({ timeout: PATIENCE_MS })

      // W13: from a new alarm to its place, cause and owner in two actions
      await list.focus()
      await desk.keyboard.press('Home')
      await desk.keyboard.press('Enter')
      const selection = await desk.evaluate(() => window.citytwin!.store.get().view.selection)
      expectThat(selection?.table === 'power.substations' && selection.row === 0, 'it is shown on the map')
      const detail = desk.locator('.desk-detail')
      await detail.getByText('A substation is out of service.').waitFor({ timeout: PATIENCE_MS })
      await detail.getByText('Distribution control room of the power company').waitFor()

      const onWall = wall.locator('.wall-alarms li').first()
      await onWall.getByText(/ is out/).waitFor({ timeout: PATIENCE_MS })
      await wall.getByText('EXERCISE').waitFor()
      await wall.getByText('Held: an alarm waits').waitFor({ timeout: PATIENCE_MS })
      const faults = await faultsOfLayout(wall)
      expectThat(faults.length === 0, `W15: with an alarm everything has its place:\n${faults.join('\n')}`)
      const moving = await movingOn(wall)
      expectThat(moving.length === 1, `W6: one thing blinks (${JSON.stringify(moving)})`)
      for (const { isMark, isCritical, periodMs, onShare, areaShare } of moving) {
        expectThat(isMark && isCritical, 'W6: the mark of a new critical alarm, never its words')
        expectThat(
          periodMs >= 1000 / 3 && periodMs <= 1000,
          `W6: one to three times a second (${periodMs} ms)`,
        )
        expectThat(onShare >= 0.5, `W6: seen for most of it (${onShare})`)
        expectThat(areaShare < 0.01, `W6: small (${areaShare} of the screen)`)
      }

      await list.focus()
      await desk.keyboard.press('a')
      await untilState(desk, 'acknowledged')
      await untilState(wall, 'acknowledged')
      await wall.locator('.wall-alarms li[data-state=acknowledged]').first().waitFor({ timeout: PATIENCE_MS })
      expectThat((await movingOn(wall)).length === 0, 'W6: nothing blinks once it is acknowledged')
      await outage.click()
      await desk.keyboard.press('s')
      await desk.getByLabel('Why').fill('crew on site')
      await desk.keyboard.press('Enter')
      await untilState(desk, 'shelved')
      await onWall.filter({ hasText: / is out/ }).waitFor({ state: 'detached', timeout: PATIENCE_MS })
      const acts = (await (await fetch(`${server.address}/api/alarms/acts`)).json()) as { act: string }[]
      expectThat(
        acts.map(({ act }) => act).join() === 'shelve,acknowledge',
        `both acts are kept (${JSON.stringify(acts)})`,
      )
      await outage.click()
      await desk.keyboard.press('u')
      await untilState(desk, 'unacknowledged')

      await desk.getByRole('button', { name: 'End the exercise' }).click()
      await untilState(desk, 'returned')
      await outage.click()
      await desk.keyboard.press('a')
      await untilState(desk, undefined)
      await desk.locator('.desk-journal').getByText('over').first().waitFor({ timeout: PATIENCE_MS })
    },
  },
]
