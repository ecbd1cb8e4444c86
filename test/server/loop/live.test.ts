/** The live twin as its thread starts, takes commands, dies and goes on. */
import { afterEach, describe, expect, it } from 'vitest'
import { Live } from '../../../server/loop/live.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { POISON_LINK } from '../fixtures/pulseTwin.ts'

const open: Live[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((live) => live.stop()))
})

function startLive(speed: number, worker = './pulse.worker.ts') {
  const logged: string[] = []
  const live = new Live({
    workerUrl: new URL(`../fixtures/${worker}`, import.meta.url),
    setUp: { root: '', cityId: 'small', seed: 1, atS: undefined, date: undefined, speed, framesPerS: 1 },
    log: (line) => logged.push(line),
  })
  open.push(live)
  live.start()
  return { live, logged }
}

/** The next frame that satisfies `isIt`. */
function frameOf(live: Live, isIt: (tick: number, isKeyframe: boolean) => boolean): Promise<number> {
  return new Promise((resolve) =>
    live.on('frame', ({ tick, isKeyframe }) => {
      if (isIt(tick, isKeyframe)) resolve(tick)
    }),
  )
}

describe('the live twin', () => {
  it('has no time before its first frame, and its tables as of the last one after it', async () => {
    const { live } = startLive(100)
    expect([live.state, live.timeMs, live.tick]).toEqual(['starting', undefined, -1])
    const tick = await frameOf(live, (at) => at > 0)
    expect(live.state).toBe('running')
    expect(live.timeMs).toBe(1_700_000_000_000 + tick * 20)
    expect(live.table(linkTable).columns.speedMps[2]).toBe((tick / 50 + 2) % 14)
  })

  it('refuses a command for a row that is not there, with the twin’s own words', async () => {
    const { live } = startLive(10)
    await expect(live.command({ kind: 'setLinkClosed', link: 24, isClosed: true })).rejects.toThrow(
      'not running',
    )
    await frameOf(live, () => true)
    await expect(live.command({ kind: 'setLinkClosed', link: 24, isClosed: true })).rejects.toThrow(
      'link 24 of 24',
    )
  })

  it('goes on from its last saved state when its thread dies', async () => {
    const { live, logged } = startLive(100)
    await frameOf(live, (tick) => tick > 0)
    await live.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
    await live.keepState()
    const keptTick = live.tick
    const again = frameOf(live, (_tick, isKeyframe) => isKeyframe)
    live.command({ kind: 'setLinkClosed', link: POISON_LINK, isClosed: true }).catch(() => undefined)
    expect(await again).toBeGreaterThanOrEqual(keptTick)
    const { isClosed } = live.table(linkTable).columns
    expect([isClosed[3], isClosed[POISON_LINK]]).toEqual([1, 0])
    expect(live.lastFailure).toContain('the poisoned link was closed')
    expect(logged.join()).toContain('from its last saved state')
  })

  it('that cannot even start counts as stopped, with the reason', async () => {
    const { live } = startLive(1, 'missing.worker.ts')
    while (live.lastFailure === undefined) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(live.state).toBe('stopped')
    expect(live.lastFailure).toContain('missing.worker.ts')
  })
})
