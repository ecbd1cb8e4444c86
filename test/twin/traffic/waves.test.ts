/** The engine against kinematic-wave and queueing theory: diagram, lane drop, shock, start wave, spillback. */
import { describe, expect, test } from 'vitest'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import { JAM_SPACING_M } from '../../../twin/traffic/roads.ts'
import { corridor } from '../../fixtures/roads.ts'

const SPEED_MPS = 14
const HEADWAY_S = 1.9
/** Wave time per vehicle: the saturation headway at 50 km/h less the time to drive one spacing. */
const WAVE_S = HEADWAY_S - JAM_SPACING_M / 13.89
const laneCapacity = (speedMps: number) => 1 / (WAVE_S + JAM_SPACING_M / speedMps)

interface Run {
  traffic: Traffic
  second: () => void
  seconds: (count: number, perSecond?: number) => void
}

/** A corridor fed from its first node with `perSecond` vehicles a second. */
function drive(city: Parameters<typeof createTraffic>[0]): Run {
  const traffic = createTraffic(city, 1, { demandFactor: 0 })
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  let owed = 0
  const second = () => {
    clock.tick += 50
    traffic.step(clock)
  }
  const seconds = (count: number, perSecond = 0) => {
    for (let s = 0; s < count; s++) {
      owed += perSecond
      while (owed >= 1) {
        traffic.addTrip(0, 1)
        owed--
      }
      second()
    }
  }
  return { traffic, second, seconds }
}

function inLink(traffic: Traffic, link: number): number {
  const { roads, state } = traffic.world
  let count = 0
  for (let lane = roads.firstLane[link]; lane < roads.firstLane[link + 1]; lane++)
    count += state.laneIn[lane] - state.laneOut[lane]
  return count
}

function within(value: number, theory: number, share: number): void {
  expect(Math.abs(value / theory - 1)).toBeLessThanOrEqual(share)
}

describe('a lane', () => {
  for (const speedMps of [8, 14, 25]) {
    test(`at ${speedMps} m/s carries 1 / (τ + s / v)`, () => {
      const { traffic, seconds } = drive(corridor({ links: 3, lengthM: 300, speedMps }))
      seconds(300, 1)
      const before = traffic.counts().finished
      seconds(1800, 1)
      within((traffic.counts().finished - before) / 1800, laneCapacity(speedMps), 0.01)
    })
  }

  test('below capacity follows flow = density × free speed', () => {
    const { traffic, seconds } = drive(corridor({ links: 3, lengthM: 1500, speedMps: SPEED_MPS }))
    seconds(600, 0.25)
    const counts: number[] = []
    for (let i = 0; i < 400; i++) {
      seconds(1, 0.25)
      counts.push(inLink(traffic, 1) / 1500)
    }
    within(counts.reduce((a, b) => a + b) / counts.length, 0.25 / SPEED_MPS, 0.01)
  })

  test('behind a bottleneck stands at the density of the congested branch', () => {
    const { traffic, seconds } = drive(
      corridor({ links: 3, lengthM: [1500, 1500, 300], speedMps: [14, 14, 3] }),
    )
    seconds(6000, 0.45)
    const counts: number[] = []
    for (let i = 0; i < 600; i++) {
      seconds(1, 0.45)
      counts.push(inLink(traffic, 1) / 1500)
    }
    // k = (1 − q τ) / s
    const theory = (1 - laneCapacity(3) * WAVE_S) / JAM_SPACING_M
    within(counts.reduce((a, b) => a + b) / counts.length, theory, 0.01)
  })
})

describe('a bottleneck', () => {
  test('where two lanes become one delays as a D/D/1 queue does', () => {
    const { traffic, seconds } = drive(corridor({ links: 2, lengthM: [6000, 500], lanes: [2, 1] }))
    const demand = 0.8
    let vehicleSeconds = 0
    for (let s = 0; s < 3000; s++) {
      seconds(1, s < 900 ? demand : 0)
      vehicleSeconds += traffic.counts().inside + traffic.counts().waiting
    }
    const { finished } = traffic.counts()
    expect(finished).toBe(720)
    const theory = 6500 / SPEED_MPS + (finished / 2) * (1 / laneCapacity(SPEED_MPS) - 1 / demand)
    within(vehicleSeconds / finished, theory, 0.01)
  })

  test('sends its shock back through ten links at the speed of the jump in flow over the jump in density', () => {
    const links = 12
    const { traffic, seconds } = drive(
      corridor({ links, lengthM: 300, speedMps: [...Array(11).fill(SPEED_MPS), 3] }),
    )
    const demand = 0.4
    const out = laneCapacity(3)
    const queued = (1 - out * WAVE_S) / JAM_SPACING_M
    const free = demand / SPEED_MPS
    const reachedS = new Map<number, number>()
    for (let s = 0; s < 2400; s++) {
      seconds(1, demand)
      for (const link of [9, 3])
        if (!reachedS.has(link) && inLink(traffic, link) >= ((free + queued) / 2) * 300) reachedS.set(link, s)
    }
    const speed = (6 * 300) / (reachedS.get(3)! - reachedS.get(9)!)
    within(speed, (demand - out) / (queued - free), 0.01)
  })

  test('spills over: a full link keeps the next vehicle on the link before', () => {
    const { traffic, seconds } = drive(
      corridor({ links: 4, lengthM: [600, 75, 75, 75], speedMps: [14, 14, 14, 2] }),
    )
    seconds(900, 0.4)
    expect(inLink(traffic, 2)).toBeLessThanOrEqual(10)
    expect(inLink(traffic, 2)).toBeGreaterThan(6)
    expect(inLink(traffic, 0)).toBeGreaterThan(30)
    expect(traffic.counts().teleports).toBe(0)
  })
})

test('a standing queue starts from the front at s / τ, link after link', () => {
  const { traffic, seconds } = drive(corridor({ links: 6, lengthM: 150, signals: [4] }))
  const { plans, state } = traffic.world
  plans.cycleS[0] = 1000
  plans.offsetS[0] = 0
  plans.greenStartS[0] = 241
  plans.greenEndS[0] = 990
  seconds(240, 0.5)
  const stoodWith = Array.from(state.laneOut)
  const startedS = new Map<number, number>()
  for (let s = 0; s < 250; s++) {
    seconds(1, 0)
    for (const link of [4, 1])
      if (!startedS.has(link) && state.laneOut[link] > stoodWith[link])
        startedS.set(link, state.laneLastOut[link] / 50)
  }
  within((3 * 150) / (startedS.get(1)! - startedS.get(4)!), JAM_SPACING_M / WAVE_S, 0.01)
})
