/** What holds of every first answer: no edits are no difference, trips are conserved, and each edit does what a planner would expect. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { makePreliminary, type Preliminary } from '../../../../twin/scenario/preliminary/preliminary.ts'
import type { PreliminaryAnswer } from '../../../../twin/scenario/preliminary/answer.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { OutcomeId } from '../../../../twin/scenario/outcome.ts'
import { editLists } from '../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

// a Tuesday in autumn
const when = { startMs: Date.UTC(2024, 2, 12, 21), utcOffsetS: -3 * 3600, horizonS: 3600 }
const city = smallCity({ residents: 30_000 })
let preliminary: Preliminary
let busiest: number

function finished<T>(run: Generator<undefined, T>): T {
  for (;;) {
    const step = run.next()
    if (step.done === true) return step.value
  }
}
function answer(edits: readonly ScenarioEdit[], horizonS = when.horizonS): PreliminaryAnswer {
  return finished(preliminary.answer({ ...when, horizonS, edits }))
}
const of = (found: PreliminaryAnswer, id: OutcomeId) => found.measures.find((measure) => measure.id === id)!

beforeAll(() => {
  preliminary = makePreliminary(city)
  // with all trips gone, the flows before are those of the hour
  const { flowChange } = answer([{ kind: 'changeDemand', id: 'none', factor: 0 }])
  busiest = flowChange.link[0]
})

describe('the first answer', () => {
  test('without edits, or with all of them off, is no difference at all', () => {
    for (const edits of [
      [],
      [{ kind: 'closeStreet', id: 'a', links: [0], isOff: true }],
    ] as ScenarioEdit[][]) {
      const found = answer(edits)
      expect(found.measures.length).toBeGreaterThan(3)
      for (const { difference } of found.measures) expect(difference).toBe(0)
      expect(found.flowChange.link).toEqual([])
      expect(found.hour).toBe(18)
    }
  })

  test('is the same again after other questions', () => {
    const edits: ScenarioEdit[] = [{ kind: 'closeStreet', id: 'a', links: [busiest] }]
    const once = answer(edits)
    answer([{ kind: 'speedLimit', id: 'b', links: [busiest], speedKmh: 20 }])
    expect(answer(edits)).toEqual(once)
  })

  test('of a closed street: nobody is on it, its neighbours carry more, and trips take longer', () => {
    const found = answer([{ kind: 'closeStreet', id: 'a', links: [busiest] }])
    const { link, before, after } = found.flowChange
    expect(after[link.indexOf(busiest)]).toBe(0)
    expect(before[link.indexOf(busiest)]).toBeGreaterThan(0)
    expect(after.some((flow, i) => flow > before[i])).toBe(true)
    expect(of(found, 'vehicleHours').difference).toBeGreaterThan(0)
    expect(found.isDemandEdited).toBe(false)
  })

  test('of a street closed for half of the time is half of it', () => {
    const whole = answer([{ kind: 'closeStreet', id: 'a', links: [busiest] }])
    const half = answer([{ kind: 'closeStreet', id: 'a', links: [busiest], untilS: 1800 }])
    expect(half.share).toBe(0.5)
    expect(of(half, 'vehicleHours').difference).toBeCloseTo(of(whole, 'vehicleHours').difference / 2, 6)
  })

  test('of more demand: more hours, more kilometres, less speed, the more the more there is', () => {
    const [less, some, more] = [0.8, 1.2, 1.5].map((factor) =>
      answer([{ kind: 'changeDemand', id: 'a', factor }]),
    )
    for (const id of ['vehicleHours', 'vehicleKm', 'co2Kg', 'tripsEnded'] as const) {
      expect(of(less, id).difference).toBeLessThan(0)
      expect(of(some, id).difference).toBeGreaterThan(0)
      expect(of(more, id).difference).toBeGreaterThan(of(some, id).difference)
    }
    expect(of(more, 'speedRatio').difference).toBeLessThan(0)
    expect(some.isDemandEdited).toBe(true)
    expect(of(some, 'tripsEnded').edited / of(some, 'tripsEnded').base).toBeCloseTo(1.2, 6)
  })

  test('of a lower limit takes longer, of an added lane never', () => {
    const slower = answer([{ kind: 'speedLimit', id: 'a', links: [busiest], speedKmh: 10 }])
    expect(of(slower, 'vehicleHours').difference).toBeGreaterThan(0)
    const wider = answer([{ kind: 'addLanes', id: 'a', links: [busiest], lanes: 1 }])
    expect(of(wider, 'vehicleHours').difference).toBeLessThan(0)
  })

  test('of visitors has as many trips more as come by car', () => {
    const place = [city.info.center[0] + 0.003, city.info.center[1] + 0.003] as [number, number]
    const found = answer([
      { kind: 'event', id: 'a', at: place, attendance: 5000, carShare: 0.5, personsPerCar: 2.5, fromS: 3600 },
    ])
    const come = of(found, 'tripsEnded').difference
    // of a thousand cars, those of the hour before it begins
    expect(come).toBeGreaterThan(700)
    expect(come).toBeLessThan(1000)
  })

  test('of a substation out: customers without supply, its signals dark, and longer trips through them', () => {
    const found = answer([{ kind: 'substationOut', id: 'a', substation: 0 }])
    expect(of(found, 'customerMinutesOut').edited).toBeGreaterThan(0)
    expect(of(found, 'customerMinutesOut').base).toBe(0)
    expect(of(found, 'suppliedWh').difference).toBeLessThan(0)
    expect(of(found, 'vehicleHours').difference).toBeGreaterThan(0)
  })

  test('of warmer air on a summer afternoon draws more, and says nothing of the streets', () => {
    const found = answer([{ kind: 'heatwave', id: 'a', addedC: 10 }])
    expect(of(found, 'suppliedWh').difference).not.toBe(0)
    expect(of(found, 'vehicleHours').difference).toBe(0)
    expect(of(found, 'vehicleHours').isClear).toBe(false)
  })

  test('names what it cannot judge, and what cannot be made and why', () => {
    const { lanes } = city.network.links
    const [wide, rows] = [lanes.indexOf(2), lanes.length]
    const found = answer([
      { kind: 'busFrequency', id: 'often', route: 0, headwayFactor: 0.5 },
      { kind: 'busLane', id: 'lane', links: [wide] },
      { kind: 'closeStreet', id: 'nowhere', links: [99_999] },
    ])
    expect(found.leftOut).toEqual([
      {
        id: 'nowhere',
        kind: 'closeStreet',
        why: 'refused',
        refusal: { why: 'noSuchRow', facts: { what: 'link', row: 99_999, rows } },
      },
      { id: 'often', kind: 'busFrequency', why: 'notJudged' },
      { id: 'lane', kind: 'busLane', why: 'busesNotJudged' },
    ])
  })

  test('of any edits at all is finite, refuses what cannot be made, and leaves the city as it was', () => {
    const before = answer([])
    fc.assert(
      fc.property(editLists(city, when.horizonS), (edits) => {
        const found = answer(edits)
        for (const { base, edited, difference } of found.measures) {
          expect(Number.isFinite(edited)).toBe(true)
          expect(difference).toBe(edited - base)
        }
        expect(found.flowChange.after.every((flow) => flow >= 0)).toBe(true)
        expect(found.relativeGap).toBeLessThan(0.01)
      }),
      { numRuns: 25, seed: 7 },
    )
    expect(answer([])).toEqual(before)
  })

  test('may be left at any moment, and the next is as if it had not been asked for', () => {
    const edits: ScenarioEdit[] = [
      { kind: 'substationOut', id: 'a', substation: 0 },
      { kind: 'closeStreet', id: 'b', links: [busiest] },
    ]
    const once = answer(edits)
    for (const steps of [1, 3, 10]) {
      const run = preliminary.answer({ ...when, edits, startMs: when.startMs + steps * 900_000 })
      for (let i = 0; i < steps; i++) run.next()
    }
    expect(answer(edits)).toEqual(once)
  })
})
