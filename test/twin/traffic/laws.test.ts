/** What holds at every moment of any run: conservation, order, storage; the same seed and a fork give the same bytes. */
import { describe, expect, test } from 'vitest'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import type { Clock } from '../../../twin/kernel/clock.ts'
import { NO_LINK } from '../../../twin/traffic/tables.ts'
import { grid } from '../../fixtures/roads.ts'

const city = grid({ size: 7, parameters: { gravityDecayM: 500, tripsPerResident: 10, truckShare: 0.1 } })

/** Seven in the morning of a Wednesday. */
function clockAt7(): Clock {
  return { tick: 0, startMs: Date.UTC(2026, 5, 3, 7), utcOffsetS: 0 }
}

function run(traffic: Traffic, clock: Clock, seconds: number, each?: () => void): void {
  for (let s = 0; s < seconds; s++) {
    clock.tick += 50
    traffic.step(clock)
    each?.()
  }
}

function onRoad(traffic: Traffic): number {
  const { laneIn, laneOut } = traffic.world.state
  return laneIn.reduce((sum, count, lane) => sum + count - laneOut[lane], 0)
}

/** Lanes that hold too many, or whose vehicles did not come, or will not leave, in the order they stand. */
function brokenLanes(traffic: Traffic): number {
  const { state, roads, tables } = traffic.world
  const { exitTick } = tables.vehicles.columns
  const { enteredTick } = state
  let broken = 0
  for (let lane = 0; lane < roads.laneCount; lane++) {
    const storage = roads.storage[roads.laneLink[lane]]
    let isSound = state.laneIn[lane] - state.laneOut[lane] <= storage
    let ahead = -1
    for (let number = state.laneOut[lane]; number < state.laneIn[lane]; number++) {
      const vehicle = state.ringVehicle[roads.ringStart[lane] + (number % storage)]
      if (ahead >= 0)
        isSound &&= enteredTick[vehicle] > enteredTick[ahead] && exitTick[vehicle] > exitTick[ahead]
      ahead = vehicle
    }
    if (!isSound) broken++
  }
  return broken
}

describe('traffic', () => {
  test('conserves vehicles, keeps storage and order in every lane, at every step of an overloaded hour', () => {
    const traffic = createTraffic(city, 5, { demandFactor: 4 })
    const { tables } = traffic.world
    let busiest = 0
    run(traffic, clockAt7(), 2400, () => {
      const { inserted, finished, inside, waiting } = traffic.counts()
      expect(inserted - finished).toBe(onRoad(traffic))
      busiest = Math.max(busiest, inside)
      const rows = tables.vehicles.columns.link.reduce((sum, link) => sum + (link === NO_LINK ? 0 : 1), 0)
      expect(rows).toBe(inside)
      expect(waiting).toBeGreaterThanOrEqual(0)
      expect(brokenLanes(traffic)).toBe(0)
    })
    expect(busiest).toBeGreaterThan(200)
  })

  test('the same seed gives the same bytes, another seed others', () => {
    const [a, b, c] = [3, 3, 4].map((seed) => {
      const traffic = createTraffic(city, seed)
      run(traffic, clockAt7(), 900)
      return traffic.save()
    })
    expect(a).toEqual(b)
    expect(a.laneIn).not.toEqual(c.laneIn)
  })

  test('a fork goes on exactly as its parent does', () => {
    const parent = createTraffic(city, 8, { demandFactor: 3 })
    const clock = clockAt7()
    run(parent, clock, 1200)
    const fork = createTraffic(city, 8, { demandFactor: 3 })
    fork.load(parent.save())
    const forkClock = { ...clock }
    expect(fork.save()).toEqual(parent.save())
    run(parent, clock, 600)
    run(fork, forkClock, 600)
    expect(fork.save()).toEqual(parent.save())
    expect(fork.counts()).toEqual(parent.counts())
  })

  test('refuses a saved state that lacks a column', () => {
    const traffic = createTraffic(city, 1)
    const { laneIn: _, ...rest } = traffic.save()
    expect(() => traffic.load(rest)).toThrow('laneIn')
  })
})
