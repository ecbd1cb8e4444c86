/** A what-if run in the browser goes as fast as it was asked to, as far as the machine keeps up, and ends at its horizon. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PairPace } from '../../../client/source/pairPace.ts'

it('makes as many steps as its speed asks for, a second together at most, and never more than the horizon', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 60, max: 3600 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 20, maxLength: 60 }),
      (speed, horizonS, waits) => {
        const pace = new PairPace(speed, 0)
        let nowMs = 0
        let made = 0
        for (const wait of waits) {
          nowMs += wait
          const { steps } = pace.due(nowMs, horizonS)
          pace.made(steps)
          made += steps
          expect(made).toBeLessThanOrEqual(Math.min(horizonS, Math.floor((nowMs / 1000) * speed)))
        }
        expect(made).toBeGreaterThanOrEqual(Math.min(horizonS, ((nowMs - 2000) / 1000) * speed) - 1)
      },
    ),
  )
})

it('lets go what a slow machine cannot keep up', () => {
  const pace = new PairPace(60, 0)
  const { steps } = pace.due(100_000, 3600)
  expect(steps).toBe(120)
  pace.made(steps)
  expect(pace.due(101_000, 3600).steps).toBeLessThanOrEqual(120)
})

it('goes as fast as it can when it is told no speed', () => {
  const pace = new PairPace(0, 0)
  let made = 0
  for (let turn = 0; turn < 100; turn++) {
    const { steps, waitMs } = pace.due(turn, 900)
    expect(waitMs).toBe(0)
    pace.made(steps)
    made += steps
  }
  expect(made).toBe(900)
})
