/** The network goes away for twenty seconds under two pages, one live and one that plays the past; both come back right. */
import type { Page } from 'playwright-core'
import { newDecoder } from '../../client/source/newDecoder.ts'
import { openFrame } from '../../client/source/pastStore.ts'
import { readRecording } from '../../twin/protocol/recording.ts'
import { FaultProxy } from '../prove/chaos/faultProxy.ts'
import { Viewer } from '../prove/chaos/viewer.ts'
import { OLDEST_LIVE_MS, UNNOTICED_MS } from '../prove/chaos/witness.ts'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, PHONE, untilCity, withinWindow } from './pages.ts'
import { startServer } from './server.ts'

const SEED = 20_241
const CUT_MS = 20_000
/** Of the city, before anyone goes back: at 60× it is not over before the cut is. */
const RECORDED_MS = 25 * 60_000
const SPEED = 30
const LOOK_MS = 100

/** What a page shows. */
interface Look {
  readonly atMs: number
  readonly state: string
  readonly tick: number
  readonly stream: string
  readonly words: string
  readonly clockMs: number
  readonly isPlaying: boolean
  readonly isWaiting: boolean
}

function lookAt(page: Page): Promise<Look> {
  return page.evaluate(() => {
    const { connection, clock, stream, replay } = window.citytwin!.store.get()
    return {
      atMs: Date.now(),
      state: connection.state,
      tick: window.citytwin!.mirror.tick,
      stream,
      words: document.body.innerText,
      clockMs: clock?.timeMs ?? 0,
      isPlaying: replay?.isPlaying === true,
      isWaiting: replay?.isWaiting === true,
    }
  })
}

async function keepLooking(page: Page, forMs: number): Promise<Look[]> {
  const looks: Look[] = []
  for (const endMs = Date.now() + forMs; Date.now() < endMs; await page.waitForTimeout(LOOK_MS))
    looks.push(await lookAt(page))
  return looks
}

/** Throws with what the page shows when `holds` is not true in time. */
async function until(page: Page, fact: string, holds: (look: Look) => boolean): Promise<void> {
  for (const endMs = Date.now() + PATIENCE_MS; ; await page.waitForTimeout(LOOK_MS)) {
    const look = await lookAt(page)
    if (holds(look)) return
    expectThat(Date.now() < endMs, `${fact} (${JSON.stringify({ ...look, words: '' })})`)
  }
}

function printOf(page: Page): Promise<{ tick: number; hash: number; timeMs: number }> {
  return page.evaluate(() => {
    const { mirror, store } = window.citytwin!
    return { tick: mirror.tick, hash: mirror.stateHash(), timeMs: store.get().clock?.timeMs ?? 0 }
  })
}

/** What was recorded of one moment, by the server's own door and past the page's player. */
async function recordedHash(address: string, timeMs: number): Promise<number> {
  const answer = await fetch(`${address}/api/replay?from=${timeMs}&to=${timeMs}`)
  const { moments } = readRecording(new Uint8Array(await answer.arrayBuffer()))
  const decoder = newDecoder()
  for (const moment of moments) decoder.apply(openFrame(moment))
  return decoder.stateHash()
}

async function untilRecorded(address: string): Promise<void> {
  for (const endMs = Date.now() + 3 * PATIENCE_MS; Date.now() < endMs;) {
    const { parts } = (await (await fetch(`${address}/api/replay/span`)).json()) as {
      parts: { fromMs: number; toMs: number }[]
    }
    if (parts.length > 0 && parts[0].toMs - parts[0].fromMs >= RECORDED_MS) return
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error('nothing was recorded in time')
}

export const cases: readonly Case[] = [
  {
    when: 'beside',
    name: 'the network cut for 20 s under a live page and one that plays at 60×: neither shows old as new, both come back right',
    limitMs: 400_000,
    mayLog: /WebSocket|ERR_|Failed to load resource/,
    async run({ openAt }) {
      const server = await startServer(['--city', 'astana', '--at', '17:00', '--speed', String(SPEED)])
      const proxy = await FaultProxy.open(Number(new URL(server.address).port), SEED)
      const witness = new Viewer(server.address, server.address, true, true)
      try {
        const live = await openAt(proxy.url, '/plan?lang=en&movers=0&layers=traffic', ...PHONE)
        await untilCity(live)
        const past = await openAt(proxy.url, '/plan?lang=en&movers=0&layers=traffic', ...PHONE)
        await untilCity(past)
        await untilRecorded(server.address)
        const strip = past.getByRole('slider', { name: 'Moment that is shown' })
        await strip.waitFor({ timeout: PATIENCE_MS })
        await strip.focus()
        await strip.press('Home')
        await withinWindow(past, () => window.citytwin!.store.get().replay?.isSeeking === false)
        await past.getByRole('button', { name: '60×' }).dispatchEvent('click')
        await past.waitForTimeout(3000)
        const before = await lookAt(past)
        expectThat(before.stream === 'replay' && before.isPlaying, 'the past is played before the cut')

        proxy.fault = { kind: 'blackhole' }
        const cutMs = Date.now()
        const [ofLive, ofPast] = await Promise.all([keepLooking(live, CUT_MS), keepLooking(past, CUT_MS)])
        proxy.fault = { kind: 'none' }
        const healedMs = Date.now()

        const lastTick = ofLive.at(-1)?.tick ?? 0
        const noticed = ofLive.find(({ state }) => state !== 'live')
        expectThat(noticed !== undefined, 'the live page says that it is not live')
        const tookMs = (noticed?.atMs ?? Infinity) - cutMs
        expectThat(tookMs <= UNNOTICED_MS + OLDEST_LIVE_MS, `within ${tookMs} ms of the cut`)
        expectThat(
          ofLive
            .filter(({ atMs }) => atMs > cutMs + UNNOTICED_MS + OLDEST_LIVE_MS)
            .every(({ state }) => state !== 'live'),
          'and never shows the old as live until it is healed',
        )
        expectThat(/Late|Lost/.test(ofLive.at(-1)?.words ?? ''), 'in a word')
        const held = ofPast.at(-1)!
        expectThat(held.stream === 'replay' && held.isPlaying, 'the other plays on')
        expectThat(held.clockMs >= before.clockMs, 'as far as it has pictures')
        expectThat(
          held.isWaiting && held.words.includes('Waiting for the recording'),
          'and says that it waits',
        )
        expectThat(
          !ofPast.some(({ words }) => words.includes('Nothing was recorded')),
          'and not that nothing was recorded',
        )

        await until(
          live,
          'the live page is live again',
          ({ tick, state }) => tick > lastTick && state === 'live',
        )
        console.log(`  not live after ${tookMs} ms; live again ${Date.now() - healedMs} ms after the line`)
        const shown = await printOf(live)
        const told = witness.told.find(({ tick }) => tick === shown.tick)
        expectThat(told?.hash === shown.hash, `the live page has the server's state (tick ${shown.tick})`)
        await until(
          past,
          'the other goes on from where it was',
          ({ clockMs, isWaiting }) => clockMs > held.clockMs + 60_000 && !isWaiting,
        )
        // a page that plays draws in software without a pause, and a mouse would wait for it to stand still
        await past.getByRole('button', { name: 'Pause' }).dispatchEvent('click')
        await withinWindow(past, () => window.citytwin!.store.get().replay?.isPlaying === false)
        await past.waitForTimeout(1500)
        const picture = await printOf(past)
        expectThat((await lookAt(past)).stream === 'replay', 'the other still shows the past')
        const recorded = await recordedHash(server.address, picture.timeMs)
        expectThat(recorded === picture.hash, `its picture is what was recorded at ${picture.timeMs}`)
      } finally {
        witness.close()
        proxy.close()
        await server.stop()
      }
    },
  },
]
