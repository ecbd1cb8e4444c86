/** The blackout minute follows the numbers: a step opens when it is settled and read, and says so when it did not come. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  blackoutSteps,
  goTo,
  isTold,
  observe,
  setPaused,
  startBlackout,
  stepRules,
  type BlackoutState,
  type Observation,
} from '../../../client/shell/blackout.ts'
import { captionOf } from '../../../client/shell/BlackoutMinute.tsx'

const HORIZON_S = 1800

function seen(doneS: number, differences: Partial<Record<string, number>> = {}): Observation {
  const pairs = Object.fromEntries(
    Object.entries(differences).map(([id, difference]) => [
      id,
      { base: 100, edited: 100 + (difference ?? 0) },
    ]),
  )
  return { doneS, horizonS: HORIZON_S, pairs }
}

const everything = {
  customersOut: 5000,
  darkSignals: 12,
  queuedVehicles: 200,
  busesLater: 20,
  openRequests: 4,
}

test('nothing happens without a difference to the untouched twin', () => {
  const state = observe(startBlackout(0), seen(30, { customersOut: 0 }), 60_000)
  expect(state.step).toBe(0)
  expect(state.outcomes[0]).toEqual({ state: 'awaited' })
})

test('each step is told in order, each long enough to read', () => {
  let state = startBlackout(0)
  const opened: number[] = []
  for (let nowMs = 500; nowMs < 60_000; nowMs += 500) {
    const before = state.step
    state = observe(state, seen((nowMs / 60_000) * HORIZON_S, everything), nowMs)
    if (state.step !== before) opened.push(nowMs)
  }
  expect(opened).toHaveLength(blackoutSteps.length - 1)
  for (let i = 1; i < opened.length; i++) expect(opened[i] - opened[i - 1]).toBeGreaterThanOrEqual(7000)
  expect(isTold(state)).toBe(true)
})

test('a step that does not come in time is missed, and the minute goes on', () => {
  const { queuedVehicles: _, ...withoutQueues } = everything
  const state = observe(startBlackout(0), seen(stepRules.queues.patienceS, withoutQueues), 1000)
  expect(state.outcomes[2]).toEqual({ state: 'missed' })
  expect(state.outcomes[1]).toMatchObject({ state: 'seen' })
})

test('a step that comes late is seen after all', () => {
  let state = observe(startBlackout(0), seen(stepRules.buses.patienceS), 1000)
  expect(state.outcomes[3].state).toBe('missed')
  state = observe(state, seen(stepRules.buses.patienceS + 60, everything), 2000)
  expect(state.outcomes[3]).toEqual({ state: 'seen', atS: stepRules.buses.patienceS + 60 })
})

test('stepping by hand stops following until it is resumed', () => {
  let state = goTo(startBlackout(0), 3, 1000)
  state = observe(state, seen(600, everything), 30_000)
  expect(state.step).toBe(3)
  state = observe(setPaused(state, false, 31_000), seen(700, everything), 39_000)
  expect(state.step).toBe(4)
})

test('whatever is seen and pressed, the step stays in range and what was seen stays seen', () => {
  const action = fc.oneof(
    fc.record({ doneS: fc.integer({ min: 0, max: 3600 }), change: fc.integer({ min: -500, max: 500 }) }),
    fc.integer({ min: -3, max: 9 }),
    fc.boolean(),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let state: BlackoutState = startBlackout(0)
      actions.forEach((act, i) => {
        const before = state
        if (typeof act === 'number') state = goTo(state, act, i * 4000)
        else if (typeof act === 'boolean') state = setPaused(state, act, i * 4000)
        else
          state = observe(
            state,
            seen(act.doneS, { queuedVehicles: act.change, darkSignals: act.change }),
            i * 4000,
          )
        expect(blackoutSteps[state.step]).toBeDefined()
        before.outcomes.forEach((outcome, k) => {
          if (outcome.state === 'seen') expect(state.outcomes[k]).toEqual(outcome)
        })
      })
    }),
  )
})

test('a step that showed and is over by now says so, instead of none more', () => {
  const seen = { state: 'seen', atS: 50 } as const
  expect(captionOf('queues', seen, { base: 2585, edited: 2496 }, 'A')).toBe(
    'It showed after 50 s; by now it is no more than in the untouched city.',
  )
  expect(captionOf('queues', seen, { base: 2585, edited: 2600 }, 'A')).toContain('15')
})
