/** What holds of every scenario: without edits it is the base itself, the same file gives the same bytes, and no list of edits breaks a law. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { resolveEdits, type ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { wordsOfRefusal } from '../../../twin/scenario/refusals.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { brokenLaws, trespassers } from '../../fixtures/roadLaws.ts'
import { editLists } from '../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const RUN_S = 120
const city = smallCity()
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
let begun: SavedState

beforeAll(() => {
  const twin = createTwin(city, facts)
  twin.advance(600)
  begun = twin.save()
})

function fork(): Twin {
  const twin = createTwin(city, facts)
  twin.load(begun)
  return twin
}

function lived(edits: readonly ScenarioEdit[], seconds = RUN_S): Twin {
  const twin = fork()
  const run = runScenario(twin, edits)
  for (let s = 0; s < seconds; s++) run.step()
  return twin
}

describe('a scenario', () => {
  test('without edits is the base itself, byte for byte, and so is one whose edits are all off', () => {
    const base = fork()
    base.advance(RUN_S)
    expect(lived([]).hash()).toBe(base.hash())
    expect(lived([{ kind: 'closeStreet', id: 'a', links: [3], isOff: true }]).hash()).toBe(base.hash())
  })

  test('what is done and undone in the same second leaves the base', () => {
    const twin = fork()
    twin.command({ kind: 'turn', knob: 'carTripsFactor', row: 0, value: 2 })
    twin.command({ kind: 'turn', knob: 'carTripsFactor', row: 0, value: 1 })
    const base = fork()
    twin.advance(RUN_S)
    base.advance(RUN_S)
    expect(twin.hash()).toBe(base.hash())
  })

  test('is the same again, and goes on from a saved state with its knobs as they stood', () => {
    const edits: ScenarioEdit[] = [
      { kind: 'changeDemand', id: 'more', factor: 1.5 },
      { kind: 'closeStreet', id: 'shut', links: [4, 5], fromS: 20, untilS: 70 },
    ]
    const whole = lived(edits)
    expect(lived(edits).hash()).toBe(whole.hash())
    const half = lived(edits, 80)
    const other = createTwin(city, facts)
    other.load(half.save())
    other.advance(RUN_S - 80)
    expect(other.hash()).toBe(whole.hash())
    expect(other.knob('carTripsFactor', 0)).toBe(1.5)
  })

  test('of any edits at every second conserves vehicles, buses and power, goes on the same from a saved state, and refuses with a reason what the city has not', () => {
    fc.assert(
      fc.property(editLists(city, RUN_S), (edits) => {
        const twin = fork()
        const run = runScenario(twin, edits)
        for (let s = 0; s < RUN_S; s++) {
          const laneIn = twin.traffic.world.state.laneIn.slice()
          run.step()
          expect(brokenLaws(twin)).toEqual([])
          expect(trespassers(twin.traffic, laneIn)).toEqual([])
        }
        const other = createTwin(city, facts)
        other.load(twin.save())
        expect(other.hash()).toBe(twin.hash())
        twin.advance(20)
        other.advance(20)
        expect(other.hash()).toBe(twin.hash())
        const visitors = twin.traffic.visitors()
        expect(visitors.setOut).toBe(visitors.underWay + visitors.arrived + visitors.turnedAway)
        expect(twin.power.balance().mismatchRatio).toBeLessThan(1e-6)
        const { storedWh, broughtWh, drawnWh, givenWh, lostWh } = twin.power.stored()
        expect(broughtWh + drawnWh - givenWh - lostWh - storedWh).toBeCloseTo(0, 2)
        for (const { refused } of resolveEdits(edits, city).refused)
          expect(wordsOfRefusal(refused)).not.toMatch(/undefined|NaN/)
      }),
      { numRuns: 30 },
    )
  })

  test('twice the demand puts more vehicles on the road, none of it none', () => {
    const insertedBy = (factor: number) =>
      lived([{ kind: 'changeDemand', id: 'd', factor }], 600).traffic.counts().inserted
    const [none, usual, twice] = [0, 1, 2].map(insertedBy)
    expect(twice).toBeGreaterThan(usual)
    // what was waiting to enter still does
    expect(none).toBeLessThan(usual)
  })

  test('says of an edit that ends before it begins, and of a row that is not there, why it is not made', () => {
    const { settings, refused } = resolveEdits(
      [
        { kind: 'closeStreet', id: 'a', links: [1], fromS: 60, untilS: 30 },
        { kind: 'closeStreet', id: 'b', links: [999_999] },
      ],
      city,
    )
    expect(settings).toEqual([])
    expect(refused.map((one) => wordsOfRefusal(one.refused))).toEqual([
      'it ends 30 s after the beginning, before it begins (60 s)',
      'there is no link 999999; the city has 168',
    ])
  })
})
