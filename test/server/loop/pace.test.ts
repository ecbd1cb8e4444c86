/** How many steps are due, and when: without drift, and honest when too slow. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from '../../../server/loop/pace.ts'

describe('the pace of the live twin', () => {
  it('at speed 1 is one step on each whole second, however late it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 50 }), (waits) => {
        const startMs = 1_700_000_000_400
        const pace = new Pace(1, startMs)
        let nowMs = startMs
        let made = 0
        for (const wait of waits) {
          nowMs += wait
          const { steps, waitMs } = pace.due(nowMs)
          pace.made(steps)
          made += steps
          expect((nowMs + waitMs) % 1000).toBe(0)
        }
        expect(made).toBe(Math.floor(nowMs / 1000) - Math.floor(startMs / 1000))
      }),
    )
  })

  it('counts what is left undone as still due', () => {
    const pace = new Pace(1, 0)
    expect(pace.due(10_000).steps).toBe(10)
    pace.made(4)
    expect(pace.due(10_000).steps).toBe(6)
  })

  it('at speed 60 takes the steps of a second at its end', () => {
    const pace = new Pace(60, 500)
    const { steps, waitMs } = pace.due(500)
    expect([steps, waitMs]).toEqual([0, 1000])
    expect(pace.due(1500).steps).toBe(60)
  })

  it('at speed 10 and ten frames a second takes every step when it is due', () => {
    const pace = new Pace(10, 500, 10)
    for (let made = 0; made < 30; made++) {
      const { waitMs } = pace.due(500 + made * 100)
      expect(waitMs).toBe(100)
      expect(pace.due(500 + made * 100 + waitMs).steps).toBe(1)
      pace.made(1)
    }
  })

  it('below speed 1 waits longer than a second', () => {
    expect(new Pace(0.5, 0).due(0)).toMatchObject({ steps: 0, waitMs: 2000 })
  })

  it('faster than real time lets go what the machine cannot do, and says how much', () => {
    const pace = new Pace(100, 0)
    const { steps, droppedS } = pace.due(10_000)
    expect(steps + droppedS).toBe(1000)
    expect(droppedS).toBe(800)
    pace.made(steps)
    expect(pace.due(10_000)).toMatchObject({ steps: 0, droppedS: 0 })
  })

  it('at speed 1 gives up chasing after a quarter of an hour', () => {
    expect(new Pace(1, 0).due(901_000).isLapsed).toBe(true)
    expect(new Pace(1, 0).due(899_000).isLapsed).toBe(false)
  })

  it('at speed 1 begins anew when the clock was set back, and waits out a second or two', () => {
    const pace = new Pace(1, 3_600_000)
    pace.made(pace.due(3_660_000).steps)
    expect(pace.due(3_658_000)).toMatchObject({ steps: 0, isLapsed: false })
    expect(pace.due(3_600_000 - 3_000_000).isLapsed).toBe(true)
  })

  it('at another speed goes on as before when the clock was set back', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.5, 2, 60), fc.integer({ min: 6000, max: 1e9 }), (speed, backMs) => {
        const pace = new Pace(speed, 2e9)
        pace.made(pace.due(2e9 + 10_000).steps)
        const { steps, waitMs } = pace.due(2e9 + 10_000 - backMs)
        expect(steps).toBeLessThanOrEqual(1)
        expect(waitMs).toBeLessThanOrEqual(7000)
      }),
    )
  })
})
