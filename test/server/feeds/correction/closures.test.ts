/** Closures of feeds: which streets they close, since when, and that what ends, is told no more or is too old opens them again. */
import { describe, expect, it } from 'vitest'
import type { RoadEvent } from '../../../../server/feeds/content.ts'
import { Closures, MOST_LINKS, type ClosureFeed } from '../../../../server/feeds/correction/closures.ts'
import type { Command } from '../../../../twin/commands.ts'

const T0 = 1_785_000_000_000

function closure(id: string, link: number, more: Partial<RoadEvent> = {}): RoadEvent {
  return {
    id,
    kind: 'closure',
    isClosed: true,
    fromMs: NaN,
    untilMs: Infinity,
    path: [[link, 0]],
    roadName: '',
    text: { en: id },
    lanesClosed: NaN,
    speedLimitMps: NaN,
    ...more,
  }
}

/** A twin that only listens, and feeds whose events lie on the link that their longitude names; below 0 on none. */
function world(ids: readonly string[] = ['works']) {
  const feeds = ids.map((id) => {
    const feed = { id, ageS: 0, events: [] as readonly RoadEvent[] }
    let last = { of: feed.events, content: { madeMs: NaN, roadEvents: feed.events } }
    const taken: ClosureFeed = {
      declaration: { id, freshnessS: 60 },
      get reading() {
        if (last.of !== feed.events)
          last = { of: feed.events, content: { madeMs: NaN, roadEvents: feed.events } }
        return last
      },
      standing: () => ({ ageS: feed.ageS }),
    }
    return { feed, taken }
  })
  const said: string[] = []
  const state = { tick: 100, nowMs: T0, isDead: false }
  const closures = new Closures(
    feeds.map(({ taken }) => taken),
    {
      match:
        () =>
        ({ path }) =>
          path.flatMap(([link]) => (link < 0 ? [] : [link])),
      command: (command: Command) => {
        if (state.isDead) return Promise.reject(new Error('between two lives'))
        if (command.kind !== 'observeLinkClosed') throw new Error(`${command.kind} is none of a closure`)
        said.push(`${command.isClosed ? 'close' : 'open'} ${command.link} since ${command.saidTick}`)
        return Promise.resolve(-1)
      },
      tick: () => state.tick,
      nowMs: () => state.nowMs,
    },
  )
  const look = () => {
    closures.look()
    return said.splice(0)
  }
  return { feed: feeds[0].feed, feeds: feeds.map(({ feed }) => feed), closures, state, look }
}

describe('a closure that a feed tells', () => {
  it('closes its street once, and opens it when it is told no more', () => {
    const { feed, look } = world()
    feed.events = [closure('a', 7)]
    expect(look()).toEqual(['close 7 since 100'])
    expect(look()).toEqual([])
    feed.events = [closure('a', 7)]
    expect(look()).toEqual([])
    feed.events = []
    expect(look()).toEqual(['open 7 since 100'])
    expect(look()).toEqual([])
  })

  it('is in force from its beginning to its end, and not before or after', () => {
    const { feed, state, look } = world()
    feed.events = [closure('a', 7, { fromMs: T0 + 1000, untilMs: T0 + 5000 })]
    expect(look()).toEqual([])
    Object.assign(state, { nowMs: T0 + 1000, tick: 150 })
    expect(look()).toEqual(['close 7 since 150'])
    Object.assign(state, { nowMs: T0 + 5000, tick: 350 })
    expect(look()).toEqual(['open 7 since 150'])
  })

  it('that closes nothing says nothing', () => {
    const { feed, look } = world()
    feed.events = [closure('a', 7, { isClosed: false, kind: 'roadWorks' })]
    expect(look()).toEqual([])
  })

  it('opens its street when its feed is older than three times what is promised, and is the same when the feed is back', () => {
    const { feed, state, look } = world()
    feed.events = [closure('a', 7)]
    look()
    state.tick = 900
    feed.ageS = 180
    expect(look()).toEqual([])
    feed.ageS = 180.1
    expect(look()).toEqual(['open 7 since 100'])
    feed.ageS = 2
    expect(look()).toEqual(['close 7 since 100'])
  })

  it('moves with its path', () => {
    const { feed, look } = world()
    feed.events = [closure('a', 7)]
    look()
    feed.events = [closure('a', 8)]
    expect(look()).toEqual(['close 8 since 100', 'open 7 since 100'])
  })

  it('on a street that another feed closes too leaves it closed until both are over', () => {
    const { feeds, state, look } = world(['works', 'police'])
    feeds[0].events = [closure('a', 7)]
    look()
    state.tick = 200
    feeds[1].events = [closure('b', 7)]
    expect(look()).toEqual([])
    feeds[0].events = []
    expect(look()).toEqual([])
    feeds[1].events = []
    expect(look()).toEqual(['open 7 since 100'])
  })

  it('of a feed that dies leaves the others as they are', () => {
    const { feeds, look } = world(['works', 'police'])
    feeds[0].events = [closure('a', 7)]
    feeds[1].events = [closure('b', 8)]
    look()
    feeds[0].ageS = NaN
    expect(look()).toEqual(['open 7 since 100'])
  })
})

describe('what became of a feed’s closures', () => {
  it('is counted: in force, not now, and on no street', () => {
    const { feed, closures, look } = world()
    feed.events = [closure('a', 7), closure('b', 8, { fromMs: T0 + 1 }), closure('c', -1)]
    look()
    expect(closures.told('works')).toMatchObject({
      inForce: 1,
      notNow: 1,
      unmatched: 1,
      waiting: 0,
      tooMany: 0,
    })
    expect(closures.told('works')?.list).toEqual([
      { id: 'a', roadName: '', text: { en: 'a' }, links: [7], fromMs: null, untilMs: null },
    ])
    expect(closures.told('nobody')).toBeUndefined()
  })

  it('is bounded: no feed closes a whole city', () => {
    const { feed, closures, look } = world()
    const all = Array.from({ length: 2 * MOST_LINKS }, (_, link) => closure(`${link}`, link))
    feed.events = all
    const links = new Set(look())
    for (let i = 0; i < 50; i++) for (const line of look()) links.add(line)
    expect(links.size).toBe(MOST_LINKS)
    expect(closures.told('works')).toMatchObject({ tooMany: 1000, waiting: 0 })
  })
})

describe('a run of the twin', () => {
  it('that begins anew is told again, since its own beginning', () => {
    const { feed, closures, state, look } = world()
    feed.events = [closure('a', 7)]
    look()
    state.tick = 0
    closures.running(undefined)
    expect(look()).toEqual(['close 7 since 0'])
  })

  it('that goes on from a state is told what was said since, and nothing twice', () => {
    const { feed, closures, state, look } = world()
    feed.events = [closure('a', 7), closure('gone', 9)]
    look()
    state.nowMs = T0 + 10_000
    feed.events = [closure('a', 7), closure('b', 8)]
    expect(look()).toEqual(['close 8 since 100', 'open 9 since 100'])
    closures.running(T0 + 5000)
    expect(look()).toEqual(['close 8 since 100', 'open 9 since 100'])
  })

  it('that takes nothing between two lives is told with the next frame', async () => {
    const { feed, state, look } = world()
    state.isDead = true
    feed.events = [closure('a', 7)]
    expect(look()).toEqual([])
    await Promise.resolve()
    state.isDead = false
    expect(look()).toEqual(['close 7 since 100'])
  })
})
