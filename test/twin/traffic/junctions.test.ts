/** Junctions against published formulas: signal delay, saturation, gap acceptance, all-way stop. */
import { describe, expect, test } from 'vitest'
import { exp } from '../../../twin/kernel/math.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'
import { createTraffic } from '../../../twin/traffic/traffic.ts'
import { laneMasks } from '../../../twin/traffic/turns.ts'
import { corridor, crossing } from '../../fixtures/roads.ts'

/** Mean time of 600 trips arriving evenly over a corridor whose first link may end at a signal, green 50 s in 101 s. */
function secondsPerTrip(signals: number[], perSecond: number): number {
  const traffic = createTraffic(corridor({ links: 2, lengthM: [900, 300], signals }), 1, { demandFactor: 0 })
  const { plans } = traffic.world
  plans.cycleS.fill(101)
  plans.greenStartS.fill(0)
  plans.greenEndS.fill(50)
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  const total = 600
  let owed = 0
  let made = 0
  let vehicleSeconds = 0
  while (traffic.counts().finished < total) {
    owed += perSecond
    if (owed >= 1 && made < total) {
      traffic.addTrip(0, 1)
      owed--
      made++
    }
    clock.tick += 50
    traffic.step(clock)
    vehicleSeconds += traffic.counts().inside + traffic.counts().waiting
  }
  return vehicleSeconds / total
}

describe('a fixed-time signal', () => {
  for (const perSecond of [0.1, 0.2, 0.24]) {
    test(`delays ${perSecond} uniform arrivals a second by Webster's d1`, () => {
      const [withSignal, without] = [[0], []].map((signals) => secondsPerTrip(signals, perSecond))
      const measured = withSignal - without
      const saturation = 1 / 1.9
      const greenRatio = 50 / 101
      const load = Math.min(1, perSecond / (saturation * greenRatio))
      const theory = (0.5 * 101 * (1 - greenRatio) ** 2) / (1 - load * greenRatio)
      expect(Math.abs(measured / theory - 1)).toBeLessThan(0.03)
    })
  }

  test('lets no vehicle pass at red', () => {
    const traffic = createTraffic(corridor({ links: 2, lengthM: 150, signals: [0] }), 1, { demandFactor: 0 })
    const { plans, state } = traffic.world
    plans.cycleS[0] = 60
    plans.offsetS[0] = 0
    plans.greenStartS[0] = 20
    plans.greenEndS[0] = 30
    const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
    let passed = 0
    for (let s = 0; s < 600; s++) {
      if (s % 4 === 0) traffic.addTrip(0, 1)
      clock.tick += 50
      traffic.step(clock)
      if (state.laneOut[0] === passed) continue
      passed = state.laneOut[0]
      const inCycle = (state.laneLastOut[0] / 50) % 60
      expect(inCycle).toBeGreaterThanOrEqual(20)
      expect(inCycle).toBeLessThan(30)
    }
    expect(passed).toBeGreaterThan(40)
  })

  test('gives every stage its green within the cycle, and the wider street the longer one', () => {
    const arms = [{ roadClass: 2 }, { roadClass: 4 }, { roadClass: 2 }, { roadClass: 4 }]
    const traffic = createTraffic(crossing({ arms: arms.map((arm) => ({ ...arm, signal: 0 })) }), 1)
    const { cycleS, greenStartS, greenEndS, stageOfLink } = traffic.world.plans
    expect([stageOfLink[0], stageOfLink[4]]).toEqual([0, 0])
    expect([stageOfLink[2], stageOfLink[6]]).toEqual([1, 1])
    expect(greenEndS[0] - greenStartS[0]).toBeGreaterThan(greenEndS[1] - greenStartS[1])
    expect(greenStartS[1]).toBeGreaterThan(greenEndS[0])
    expect(greenEndS[1]).toBeLessThan(cycleS[0])
  })
})

/** Vehicles an hour that leave link `link` of a crossing, its queue kept up, while others arrive at `perSecond` by arm. */
function capacity(
  traffic: ReturnType<typeof createTraffic>,
  link: number,
  arrivals: readonly (readonly [arm: number, to: number, perSecond: number])[],
  seconds: number,
): number {
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  const warmS = 300
  let before = 0
  for (let s = 0; s < seconds + warmS; s++) {
    arrivals.forEach(([arm, to, perSecond], i) => {
      if (randomUnit(77, s, i) < perSecond) traffic.addTrip(arm + 1, to)
    })
    clock.tick += 50
    traffic.step(clock)
    if (s === warmS) before = traffic.world.state.laneOut[link]
  }
  return ((traffic.world.state.laneOut[link] - before) / seconds) * 3600
}

describe('a minor street', () => {
  for (const majorVph of [200, 400, 700]) {
    test(`crosses ${majorVph} vehicles an hour at Siegloch's capacity`, () => {
      const arms = [{ roadClass: 2 }, { roadClass: 4 }, { roadClass: 2 }, { roadClass: 4 }]
      const traffic = createTraffic(crossing({ arms, lengthM: 600 }), 1, { demandFactor: 0 })
      const perArm = majorVph / 2 / 3600
      const measured = capacity(
        traffic,
        6,
        [
          [3, 1, 0.4],
          [0, 2, perArm],
          [2, 0, perArm],
        ],
        7200,
      )
      const theory = (3600 / 4) * exp((-majorVph / 3600) * (6.5 - 4 / 2))
      expect(Math.abs(measured / theory - 1)).toBeLessThan(0.1)
    })
  }

  test('never delays the major street', () => {
    const arms = [{ roadClass: 2 }, { roadClass: 4 }, { roadClass: 2 }, { roadClass: 4 }]
    const traffic = createTraffic(crossing({ arms }), 1, { demandFactor: 0 })
    const measured = capacity(
      traffic,
      0,
      [
        [3, 1, 0.4],
        [0, 2, 0.2],
      ],
      3600,
    )
    expect(measured).toBeGreaterThan(0.95 * 0.2 * 3600)
    expect(traffic.counts().waiting).toBeGreaterThan(100)
  })
})

test('a dark signal with queues on all four arms gives each lane the all-way stop headway of the HCM, 9.6 s', () => {
  const arms = [0, 1, 2, 3].map(() => ({ signal: 0 }))
  const traffic = createTraffic(crossing({ arms }), 1, { demandFactor: 0 })
  traffic.setSignalDark(0, true)
  const queues = [0, 1, 2, 3].map((arm) => [arm, (arm + 2) % 4, 0.4] as const)
  const measured = capacity(traffic, 0, queues, 3600)
  expect(Math.abs(measured / (3600 / 9.6) - 1)).toBeLessThan(0.03)
})

test('lanes serve turns: kerb right, last left, all straight on', () => {
  expect(laneMasks(1, [90, 0, -90])).toEqual([1, 1, 1])
  expect(laneMasks(2, [90, 0, -90, 180])).toEqual([2, 3, 1, 2])
  expect(laneMasks(3, [90, 0, -90])).toEqual([4, 3, 1])
  expect(laneMasks(2, [90, -90])).toEqual([2, 1])
  expect(laneMasks(4, [0])).toEqual([15])
})
