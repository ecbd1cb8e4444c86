/** A host keeps the city's pace, and the pace changes nothing of a game. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { SavedState } from '../../../../twin/kernel/domain.ts'
import type { ToDrill } from '../../../../twin/protocol/drillMessages.ts'
import { DrillHost, type DrillNews } from '../../../../twin/scenario/drill/hosted.ts'
import { ACT_S, SOLVE_EVERY_S, WHOLE_S } from '../../../../twin/scenario/drill/rules.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const base = { city: 'small', data: '0123456789ab', model: '1', seed: 5, begin: '2024-03-12T18:10:00-03:00' }
const facts = { seed: 5, startMs: Date.parse(base.begin), utcOffsetS: -10_800, solveEveryS: SOLVE_EVERY_S }
let begun: SavedState

beforeAll(() => {
  const twin = createTwin(city, facts)
  twin.advance(60)
  begun = twin.save()
})

/** A host with a clock that jumps to whatever is awaited; a step takes no time. */
function hosted() {
  let nowMs = 0
  let next: { atMs: number; run: () => void } | undefined
  const told: DrillNews[] = []
  const host = new DrillHost({
    city,
    base,
    twins: async () => {
      const [one, other] = [createTwin(city, facts), createTwin(city, facts)]
      one.load(begun)
      other.load(begun)
      return { base: one, played: other }
    },
    tell: (news) => told.push(news),
    show: () => undefined,
    nowMs: () => nowMs,
    later: (afterMs, run) => (next = { atMs: nowMs + afterMs, run }),
  })
  const last = () => told.at(-1)!
  return {
    last,
    nowMs: () => nowMs,
    say: (message: ToDrill) => host.hear(message),
    /** Until a second of the city, or the end. */
    async until(doneS: number) {
      while (last() === undefined || next === undefined) await Promise.resolve()
      while (last().doneS < doneS && last().state !== 'done' && last().state !== 'failed') {
        const { atMs, run } = next
        nowMs = Math.max(nowMs, atMs)
        run()
      }
    },
  }
}

async function played(pace: 1 | 6 | 30): Promise<{ news: DrillNews; tookMs: number }> {
  const one = hosted()
  one.say({ do: 'start', substation: 0 })
  one.say({ do: 'pace', pace })
  await one.until(ACT_S)
  const tookMs = one.nowMs()
  await one.until(WHOLE_S)
  return { news: one.last(), tookMs }
}

describe('a host', () => {
  test('gives the ten minutes the time that their pace says, and the pace changes nothing', async () => {
    const games = [await played(1), await played(6), await played(30)]
    for (const [i, pace] of [1, 6, 30].entries()) {
      expect(games[i].news.state).toBe('done')
      expect(games[i].tookMs / 1000).toBeGreaterThanOrEqual((ACT_S / pace) * 0.95)
      expect(games[i].tookMs / 1000).toBeLessThan((ACT_S / pace) * 1.1 + 1)
      expect(games[i].news.file).toBe(games[0].news.file)
    }
  })

  test('holds the clock, takes acts while it is held, and proves the file that comes of it', async () => {
    const one = hosted()
    one.say({ do: 'start' })
    await one.until(20)
    one.say({ do: 'pace', pace: 0 })
    const { doneS, offers } = one.last()
    const offer = offers.find(({ crew, refused }) => crew === 'grid' && refused === undefined)!
    one.say({ do: 'act', edits: [...offer.edits] })
    expect(one.last().doneS).toBe(doneS)
    expect(one.last().work[0]).toMatchObject({ atS: doneS, fromS: doneS + 60 })
    expect(() => one.say({ do: 'act', edits: [...offer.edits] })).toThrow('done already')
    one.say({ do: 'pace', pace: 1000 })
    await one.until(WHOLE_S)
    const check = hosted()
    check.say({ do: 'verify', file: one.last().file! })
    await check.until(WHOLE_S)
    expect(check.last().verdict).toMatchObject({ isTrue: true, came: one.last().score })
  })

  test('refuses a file of other data, and a substation that the city has not', async () => {
    const one = hosted()
    one.say({ do: 'start', substation: 7 })
    await Promise.resolve()
    expect(one.last()).toMatchObject({ state: 'failed', error: 'there is no substation 7; the city has 2' })
  })
})
