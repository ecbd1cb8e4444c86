/** Plans are held to the model, and are only how it is drawn. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../twin/kernel/clock.ts'
import { correctLane, LIMIT_M } from '../../../twin/traffic/corrections.ts'
import { placeLane } from '../../../twin/traffic/lanePlaces.ts'
import { planPositionM } from '../../../twin/traffic/planPosition.ts'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import { grid } from '../../fixtures/roads.ts'

const city = grid({ size: 5, parameters: { gravityDecayM: 500, tripsPerResident: 10, truckShare: 0.1 } })
const PLAN_COLUMNS = ['vehicles.entryTick', 'vehicles.exitTick', 'vehicles.stopM']
const WATCH_COLUMNS = ['watchedLanes', 'isWatched', 'planDrift', 'counters']

function clockAt7(): Clock {
  return { tick: 0, startMs: Date.UTC(2026, 5, 3, 7), utcOffsetS: 0 }
}

/** Metres from model to plan of every vehicle of a lane, front first. */
function departuresM(traffic: Traffic, lane: number, tick: number): number[] {
  const { state, roads, tables } = traffic.world
  const { entryTick, exitTick, stopM } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const placeM = new Float64Array(roads.storage[link])
  const count = placeLane(traffic.world, lane, tick, placeM)
  return Array.from({ length: count }, (_, k) => {
    const slot = roads.ringStart[lane] + ((state.laneOut[lane] + k) % roads.storage[link])
    const row = state.ringVehicle[slot]
    const v = roads.mPerTick[link]
    return planPositionM(tick, entryTick[row], exitTick[row], stopM[row], roads.lengthM[link], v) - placeM[k]
  })
}

const edit = fc.record({
  atS: fc.integer({ min: 60, max: 500 }),
  link: fc.nat({ max: 79 }),
  signal: fc.nat({ max: 8 }),
  isDark: fc.boolean(),
})
const edits = fc.array(edit, { maxLength: 6 })

/** Steps `seconds`, closing streets and darkening signals on the way. */
function run(
  traffic: Traffic,
  clock: Clock,
  seconds: number,
  changes: readonly { atS: number; link: number; signal: number; isDark: boolean }[],
  each: (second: number) => void,
): void {
  for (let s = 0; s < seconds; s++) {
    for (const { atS, link, signal, isDark } of changes) {
      if (atS === s && isDark) traffic.setSignalDark(signal, true)
      else if (atS === s) traffic.setLinkClosed(link, true)
    }
    clock.tick += 50
    traffic.step(clock)
    each(s)
  }
}

describe('a plan', () => {
  test('is within the limit of the model once its lane is looked at, whatever was closed or dark', () => {
    fc.assert(
      fc.property(edits, fc.integer({ min: 1, max: 6 }), (changes, demandFactor) => {
        const traffic = createTraffic(city, 5, { demandFactor })
        const clock = clockAt7()
        const { roads, places } = traffic.world
        run(traffic, clock, 600, changes, (s) => {
          if (s % 20 !== 0) return
          for (let lane = 0; lane < roads.laneCount; lane++) {
            correctLane(traffic.world, lane, clock.tick, places)
            for (const offM of departuresM(traffic, lane, clock.tick))
              expect(Math.abs(offM)).toBeLessThanOrEqual(LIMIT_M + 0.5)
          }
        })
      }),
      { numRuns: 10 },
    )
  })

  test('departs by more than the limit and one step of travel in less than one vehicle second of 2000', () => {
    let seconds = 0
    let over = 0
    fc.assert(
      fc.property(edits, fc.integer({ min: 1, max: 6 }), (changes, demandFactor) => {
        const traffic = createTraffic(city, 5, { demandFactor })
        const clock = clockAt7()
        const { roads } = traffic.world
        run(traffic, clock, 600, changes, () => {
          for (let lane = 0; lane < roads.laneCount; lane++) {
            const stepM = roads.mPerTick[roads.laneLink[lane]] * 50
            for (const offM of departuresM(traffic, lane, clock.tick)) {
              seconds++
              if (Math.abs(offM) > LIMIT_M + stepM) over++
            }
          }
        })
      }),
      { numRuns: 10 },
    )
    expect(seconds).toBeGreaterThan(100_000)
    expect(over / seconds).toBeLessThan(1 / 2000)
  })

  test.each(['spoiled', 'not kept'] as const)(
    'is only how a vehicle is drawn: plans that are %s change nothing else',
    (how) => {
      const [plain, other] = [false, true].map((isOther) => {
        const traffic = createTraffic(city, 5, { demandFactor: 4 })
        const { vehicles } = traffic.world.tables
        if (isOther && how === 'not kept') traffic.keepPlans(false)
        run(traffic, clockAt7(), 600, [{ atS: 200, link: 7, signal: 3, isDark: true }], (s) => {
          if (!isOther || how !== 'spoiled' || s % 7 !== 0) return
          vehicles.columns.exitTick.fill(s * 31)
          vehicles.columns.stopM.fill(s % 90)
          vehicles.columns.entryTick.fill(-s)
        })
        const saved = Object.entries(traffic.save())
        const kept = saved.filter(([name]) => ![...PLAN_COLUMNS, ...WATCH_COLUMNS].includes(name))
        return { kept, counts: traffic.counts() }
      })
      expect(other).toEqual(plain)
    },
  )
})
