/** Plans that change while they are drawn must not make vehicles jump. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlanBook } from '../../../client/state/planBook.ts'
import { NO_LINK } from '../../../twin/traffic/tables.ts'

const SPEED_MPS = 12
const LENGTH_M = 240
const LINKS = 40

function book(): PlanBook {
  const plans = new PlanBook({
    links: {
      lengthM: new Float32Array(LINKS).fill(LENGTH_M),
      freeSpeedMps: new Float32Array(LINKS).fill(SPEED_MPS),
    },
  } as never)
  plans.reserve(4)
  return plans
}

/** Metres from the start of link 0, of a vehicle that drives links 0, 1, 2 … in order. */
function driven(plans: PlanBook, tick: number): number {
  const drawn = plans.drawn(0, tick)
  return drawn === undefined ? NaN : drawn.link * LENGTH_M + drawn.alongM
}

describe('a plan book', () => {
  it('shows a vehicle on the link before while the draw time lags behind the newest plan', () => {
    const plans = book()
    plans.put(0, 0, 0, 0, 0, 1000, 0, 0)
    plans.put(0, 1, 0, 0, 1000, 2000, 0, 18)
    expect(plans.drawn(0, 990)?.link).toBe(0)
    expect(plans.drawn(0, 1010)?.link).toBe(1)
  })

  it('keeps a vehicle at the end of its link when the next plan is late', () => {
    const plans = book()
    plans.put(0, 0, 0, 0, 0, 1000, 0, 0)
    expect(plans.drawn(0, 3000)).toEqual({ link: 0, alongM: LENGTH_M, lane: 0 })
  })

  it('shows a vehicle that has left until its exit and not after', () => {
    const plans = book()
    plans.put(0, 0, 0, 0, 0, 1000, 0, 0)
    plans.put(0, NO_LINK, 0, 0, 0, 0, 0, 19)
    expect(plans.drawn(0, 995)).toBeDefined()
    expect(plans.drawn(0, 1005)).toBeUndefined()
  })

  it('never moves a vehicle back or faster than the free speed, however its plan is changed', () => {
    const change = fc.record({
      afterS: fc.integer({ min: 1, max: 12 }),
      isNext: fc.boolean(),
      waitS: fc.integer({ min: 0, max: 3 }),
      exitS: fc.integer({ min: 0, max: 40 }),
      stopM: fc.integer({ min: 0, max: 100 }),
      shiftS: fc.integer({ min: -5, max: 15 }),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        const plans = book()
        let link = 0
        let entryS = 0
        let nowS = 0
        plans.put(0, 0, 0, 0, 0, (LENGTH_M / SPEED_MPS) * 50, 0, -1.5)
        let last = driven(plans, 0)
        let lastS = 1.5
        for (const { afterS, isNext, waitS, exitS, stopM, shiftS } of changes) {
          for (let step = 0; step < afterS * 10; step++) {
            nowS += 0.1
            if (nowS < 1.6) continue
            const now = driven(plans, (nowS - 1.5) * 50)
            if (Number.isNaN(now)) continue
            expect(now).toBeGreaterThanOrEqual(last - 0.02)
            expect(now - last).toBeLessThanOrEqual((nowS - lastS) * SPEED_MPS + 0.1)
            last = now
            lastS = nowS
          }
          const isDue = nowS >= entryS + LENGTH_M / SPEED_MPS
          if (isNext && isDue && link < LINKS - 1) {
            link++
            entryS = Math.round(nowS - Math.min(waitS, 1) * 0.5)
          } else entryS = Math.min(Math.floor(nowS), entryS + shiftS)
          const free = entryS + LENGTH_M / SPEED_MPS
          plans.put(0, link, 0, 0, entryS * 50, Math.max(free, nowS + exitS) * 50, stopM, nowS - 1.5)
        }
      }),
      { numRuns: 100 },
    )
  })
})
