/** What holds of all knobs of streets and signals: turned back they leave nothing behind, and a saved state knows them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOfKnob } from '../../../twin/kernel/knob.ts'
import { trafficKnobs } from '../../../twin/traffic/knobs.ts'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import { grid } from '../../fixtures/roads.ts'

type KnobId = keyof typeof trafficKnobs
type Turn = readonly [knob: KnobId, row: number, value: number]

describe('knobs', () => {
  const city = grid({
    size: 5,
    lanes: 2,
    parameters: { sideFriction: 0.5, tripsPerResident: 8, gravityDecayM: 500 },
  })
  const rowsOf = { link: city.network.links.fromNode.length, signal: city.network.signals.xM.length }
  const turned: fc.Arbitrary<Turn> = fc
    .constantFrom(...(Object.keys(trafficKnobs) as KnobId[]).filter((id) => trafficKnobs[id].of in rowsOf))
    .chain((id) => {
      const { of, least, most, ...spec } = trafficKnobs[id]
      const rows = rowsOf[of as 'link' | 'signal']
      const value =
        'isWhole' in spec
          ? fc.integer({ min: least, max: most })
          : fc.double({ min: least, max: most, noNaN: true })
      return fc.tuple(fc.constant(id), fc.nat(rows - 1), value)
    })

  /** All that the engine drives by and knobs may change. */
  const driven = ({ roads, turns, plans, routes, closedToCars, closedToBuses }: Traffic['world']) =>
    structuredClone({
      roads: { ...roads, network: undefined },
      turns,
      plans,
      costs: routes.habitCost,
      closedToCars,
      closedToBuses,
    })

  function running(seed: number): { traffic: Traffic; step: (seconds: number) => void } {
    const traffic = createTraffic(city, seed)
    const clock = { tick: 0, startMs: Date.UTC(2026, 5, 3, 8), utcOffsetS: 0 }
    return {
      traffic,
      step(seconds) {
        for (let s = 0; s < seconds; s++) {
          clock.tick += 50
          traffic.step(clock)
        }
      },
    }
  }

  test('turned and turned back leave lanes, times, turns, plans and costs exactly as they were', () => {
    fc.assert(
      fc.property(fc.array(turned, { maxLength: 12 }), (turns) => {
        const { traffic, step } = running(3)
        const untouched = running(3)
        step(20)
        for (const turn of turns) traffic.turn(...turn)
        step(20)
        for (const [id, row] of turns) traffic.turn(id, row, trafficKnobs[id].neutral)
        step(20)
        untouched.step(60)
        expect(driven(traffic.world)).toEqual(driven(untouched.traffic.world))
      }),
      { numRuns: 20 },
    )
  })

  test('turned and turned back within one second leave every byte as it was', () => {
    fc.assert(
      fc.property(fc.array(turned, { maxLength: 12 }), (turns) => {
        const { traffic, step } = running(3)
        const untouched = running(3)
        step(60)
        untouched.step(60)
        for (const turn of turns) traffic.turn(...turn)
        for (const [id, row] of turns) traffic.turn(id, row, trafficKnobs[id].neutral)
        step(30)
        untouched.step(30)
        expect(traffic.save()).toEqual(untouched.traffic.save())
      }),
      { numRuns: 10 },
    )
  })

  test('are saved with the state: a fork drives on exactly as its parent does, whatever its own knobs were', () => {
    fc.assert(
      fc.property(
        fc.array(turned, { maxLength: 12 }),
        fc.array(turned, { maxLength: 4 }),
        (turns, others) => {
          const { traffic, step } = running(3)
          step(60)
          for (const turn of turns) traffic.turn(...turn)
          const saved = traffic.save()
          step(30)
          const fork = createTraffic(city, 3)
          for (const turn of others) fork.turn(...turn)
          fork.load(saved)
          const clock = { tick: 3000, startMs: Date.UTC(2026, 5, 3, 8), utcOffsetS: 0 }
          for (let s = 0; s < 30; s++) {
            clock.tick += 50
            fork.step(clock)
          }
          expect(fork.save()).toEqual(traffic.save())
          expect(driven(fork.world)).toEqual(driven(traffic.world))
        },
      ),
      { numRuns: 20 },
    )
  })

  test('take their neutral value and those of their range alone', () => {
    for (const spec of Object.values(trafficKnobs)) {
      expect(faultOfKnob(spec, spec.neutral)).toBeUndefined()
      expect(faultOfKnob(spec, spec.most)).toBeUndefined()
      expect(faultOfKnob(spec, spec.most + 1)).toMatch(/expected a .*number from/)
    }
  })
})
