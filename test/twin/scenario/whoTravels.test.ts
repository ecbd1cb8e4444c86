/** What a planner would expect of edits of who travels, with the reason. */
import { beforeAll, describe, expect, test } from 'vitest'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import { resolveEdits, type ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { wordsOfRefusal } from '../../../twin/scenario/refusals.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
// a Tuesday, 20:00 UTC, 17:00 there
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
let begun: SavedState

beforeAll(() => {
  const twin = createTwin(city, facts)
  twin.advance(300)
  begun = twin.save()
})

function lived(edits: readonly ScenarioEdit[], seconds: number, each?: (twin: Twin) => void): Twin {
  const twin = createTwin(city, facts)
  twin.load(begun)
  const run = runScenario(twin, edits)
  expect(run.refused).toEqual([])
  for (let s = 0; s < seconds; s++) {
    run.step()
    each?.(twin)
  }
  return twin
}

const lngLat = (xM: number, yM: number): [number, number] => {
  const [lng, lat] = lngLatFromLocal(city.projection, [xM, yM])
  return [lng, lat]
}
/** The square of one zone in the south-west, zone 0. */
const corner: [number, number][] = [lngLat(-50, -50), lngLat(600, -50), lngLat(600, 600), lngLat(-50, 600)]
const wordsOf = (edit: ScenarioEdit) =>
  resolveEdits([edit], city).refused.map((one) => wordsOfRefusal(one.refused))

describe('an event', () => {
  const event = (more: Partial<Extract<ScenarioEdit, { kind: 'event' }>>): ScenarioEdit => ({
    kind: 'event',
    id: 'match',
    at: lngLat(900, 900),
    attendance: 600,
    carShare: 0.5,
    personsPerCar: 2,
    ...more,
  })

  test('brings the cars it says, and as many leave as came: who drives to a match drives home from it', () => {
    const twin = lived([event({ fromS: 5400, untilS: 6000 })], 6000 + 4500, (each) => {
      if (each.clock.tick % 3000 !== 0) return
      const { setOut, underWay, arrived, turnedAway, left } = each.traffic.visitors()
      expect(setOut).toBe(underWay + arrived + turnedAway)
      expect(left).toBeLessThanOrEqual(arrived)
    })
    const { setOut, arrived, left, underWay } = twin.traffic.visitors()
    // chance rounds each second's cars up or down
    expect(setOut).toBeGreaterThan(120)
    expect(setOut).toBeLessThan(180)
    expect(underWay).toBe(0)
    expect(left).toBe(arrived)
    const { inserted, finished, inside } = twin.traffic.counts()
    expect(inserted).toBe(finished + inside)
  })

  test('that begins with the scenario finds most of its visitors there, who leave when it ends', () => {
    const before = lived([event({})], 1800).traffic.visitors()
    expect(before.left).toBe(0)
    expect(before.setOut).toBeLessThan(30)
    const after = lived([event({ untilS: 600 })], 600 + 5400).traffic.visitors()
    expect(after.left).toBeGreaterThan(120)
    expect(after.left).toBeLessThanOrEqual(138 + after.arrived)
  })

  test('loads the streets before it begins and after it ends', () => {
    const inserted = (edits: readonly ScenarioEdit[], seconds: number) =>
      lived(edits, seconds).traffic.counts().inserted
    const big = [event({ fromS: 1800, untilS: 3600, attendance: 3000 })]
    expect(inserted(big, 1800)).toBeGreaterThan(inserted([], 1800) + 200)
  })

  test('off the streets is refused', () => {
    expect(wordsOf(event({ at: lngLat(0, -9000) }))).toEqual([
      'the nearest street is 9000 m away, expected 2000 m at most',
    ])
  })

  test('goes on from a saved state as it would have', () => {
    const edits = [event({ fromS: 900, untilS: 1200 })]
    const whole = lived(edits, 1500)
    const half = lived(edits, 1400)
    const other = createTwin(city, facts)
    other.load(half.save())
    expect(other.hash()).toBe(half.hash())
    expect(other.traffic.visitors()).toEqual(half.traffic.visitors())
    other.advance(100)
    expect(other.hash()).toBe(whole.hash())
  })
})

describe('homes and jobs', () => {
  const more = (residentsAdded: number, jobsAdded = 0): ScenarioEdit => ({
    kind: 'homesAndJobs',
    id: 'new',
    area: corner,
    residentsAdded,
    jobsAdded,
  })

  test('that come bring as many more trips as residents, for everybody travels as before', () => {
    const demand = (edits: readonly ScenarioEdit[]) => lived(edits, 1200).traffic.counts().inserted
    const base = demand([])
    // a city of 6,000 twice as large
    const twice = demand([more(6000)])
    expect(twice / base).toBeGreaterThan(1.4)
    expect(twice / base).toBeLessThan(2.3)
  })

  test('taken away again leave trips balanced as before, to the byte', () => {
    const twin = createTwin(city, facts)
    twin.load(begun)
    const base = createTwin(city, facts)
    base.load(begun)
    twin.command({ kind: 'turn', knob: 'residentsAdded', row: 0, value: 900 })
    twin.command({ kind: 'turn', knob: 'jobsAdded', row: 3, value: -50 })
    const later = createTwin(city, facts)
    later.load(begun)
    twin.advance(1)
    later.load(twin.save())
    twin.advance(60)
    later.advance(60)
    expect(later.hash()).toBe(twin.hash())
    // the trips of one second follow the knobs of that second alone
    twin.load(begun)
    twin.advance(60)
    base.advance(60)
    expect(twin.hash()).toBe(base.hash())
  })

  test('draw trips to where the jobs are: of new jobs more trips end there', () => {
    const ended = (edits: readonly ScenarioEdit[]) => {
      let count = 0
      lived(edits, 1800, (twin) => (count += twin.traffic.arrivals[0]))
      return count
    }
    expect(ended([more(0, 6000)])).toBeGreaterThan(ended([]))
  })

  test('use energy where they are', () => {
    const at = (edits: readonly ScenarioEdit[]) =>
      lived(edits, 60).tables.find(({ spec }) => spec.name === 'power.transformers')!.columns['loadW'][0]
    expect(at([more(500)])).toBeGreaterThan(at([]) * 1.25)
  })

  test('cannot be taken where they are not, nor put where no street is', () => {
    expect(wordsOf(more(-5000))).toEqual(['Zone 0 has only 720 residents'])
    expect(wordsOf(more(0, -5000))).toEqual(['Zone 0 has only 150 jobs'])
    const sea = corner.map(([lng, lat]) => [lng, lat - 1] as [number, number])
    expect(wordsOf({ kind: 'homesAndJobs', id: 'sea', area: sea, residentsAdded: 10 })).toEqual([
      'there is no street in the area',
    ])
  })
})
