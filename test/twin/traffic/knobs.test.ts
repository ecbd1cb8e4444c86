/** What planners change of streets and signals while they are driven, each against what theory, or a planner, would expect of it. */
import { describe, expect, test } from 'vitest'
import type { trafficKnobs } from '../../../twin/traffic/knobs.ts'
import { placeLane } from '../../../twin/traffic/lanePlaces.ts'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import { corridor, crossing, grid, roadCity, type RoadCity } from '../../fixtures/roads.ts'

type KnobId = keyof typeof trafficKnobs
type Turn = readonly [knob: KnobId, row: number, value: number]

const KMH = 1 / 3.6

interface Drive {
  readonly traffic: Traffic
  readonly seconds: (count: number, trips?: readonly (readonly [from: number, toZone: number])[]) => void
}

/** A city without trips of its own; `seconds` sends one trip of each pair every second. */
function drive(city: RoadCity, turns: readonly Turn[] = []): Drive {
  const traffic = createTraffic(city, 1, { demandFactor: 0 })
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  for (const turn of turns) traffic.turn(...turn)
  return {
    traffic,
    seconds(count, trips = []) {
      for (let s = 0; s < count; s++) {
        for (const [from, zone] of trips) traffic.addTrip(from, zone)
        clock.tick += 50
        traffic.step(clock)
      }
    },
  }
}

/** Vehicles a second through a corridor that is fed more than it carries. */
function carried(city: RoadCity, turns: readonly Turn[] = []): number {
  const { traffic, seconds } = drive(city, turns)
  const fed = [[0, 1] as const, [0, 1] as const]
  seconds(300, fed)
  const before = traffic.counts().finished
  seconds(900, fed)
  return (traffic.counts().finished - before) / 900
}

/** Seconds that one vehicle takes from node 0 to zone 1. */
function tripS(city: RoadCity, turns: readonly Turn[] = []): number {
  const { traffic, seconds } = drive(city, turns)
  seconds(1)
  traffic.addTrip(0, 1)
  for (let s = 0; s < 2000; s++) {
    seconds(1)
    if (traffic.counts().finished === 1) return s
  }
  throw new Error('never arrived')
}

const all = (knob: KnobId, links: number, value: number): Turn[] =>
  Array.from({ length: links }, (_, link) => [knob, link, value] as const)

describe('a speed limit', () => {
  const city = corridor({ links: 3, lengthM: 400, speedMps: 50 * KMH })

  test('of 30 km/h for 50 lengthens a lone drive as 50 to 30, but costs far less of the capacity', () => {
    // a queue leaves at τ + s / v, and τ, a driver's reaction, is the larger part
    const at30 = all('speedLimitMps', 3, 30 * KMH)
    expect(tripS(city, at30) / tripS(city)).toBeCloseTo(50 / 30, 1)
    const lost = 1 - carried(city, at30) / carried(city)
    const theory = 1 - 1.9 / (1.9 - 7.5 / (50 * KMH) + 7.5 / (30 * KMH))
    expect(lost).toBeCloseTo(theory, 2)
    expect(lost).toBeLessThan(0.5 * (1 - 30 / 50))
  })

  test('lowered under way lets who is there drive on from where it is, at the new speed', () => {
    const long = corridor({ links: 1, lengthM: 1500, speedMps: 15 })
    const { traffic, seconds } = drive(long)
    traffic.addTrip(0, 1)
    const placeM = new Float64Array(1)
    const at = () => {
      placeLane(traffic.world, 0, traffic.world.state.counters[0], placeM)
      return placeM[0]
    }
    seconds(50)
    const halfM = at()
    traffic.turn('speedLimitMps', 0, 7.5)
    seconds(1)
    expect(at() - halfM).toBeCloseTo(7.5, 0)
    let s = 51
    while (traffic.counts().finished === 0 && s < 400) {
      seconds(1)
      s++
    }
    expect(s).toBeCloseTo(50 + (1500 - halfM) / 7.5, -1)
  })
})

describe('lanes', () => {
  test('shut, one of two, leave half of the capacity', () => {
    const city = corridor({ links: 3, lengthM: 300, lanes: 2 })
    const whole = carried(city)
    expect(carried(city, [['lanesShut', 1, 1]]) / whole).toBeCloseTo(0.5, 1)
  })

  test('shut are driven out of, and entered by nobody', () => {
    const { traffic, seconds } = drive(corridor({ links: 3, lengthM: 300, lanes: 3 }))
    const fed = [[0, 1] as const, [0, 1] as const]
    seconds(120, fed)
    const { state, roads } = traffic.world
    const kerb = roads.firstLane[1]
    expect(state.laneIn[kerb]).toBeGreaterThan(state.laneOut[kerb])
    traffic.turn('lanesShut', 1, 2)
    const entered = state.laneIn.slice(kerb, kerb + 3)
    seconds(120, fed)
    expect(state.laneIn.slice(kerb, kerb + 2)).toEqual(entered.slice(0, 2))
    expect(state.laneOut.slice(kerb, kerb + 2)).toEqual(entered.slice(0, 2))
    expect(state.laneIn[kerb + 2]).toBeGreaterThan(entered[2])
  })

  test('are never all shut: the street would be closed', () => {
    const { traffic, seconds } = drive(corridor({ links: 3, lanes: 2 }), [['lanesShut', 1, 7]])
    traffic.addTrip(0, 1)
    seconds(120)
    expect(traffic.counts().finished).toBe(1)
  })
})

test('what works leave of a lane is what gets through, and a lone drive is as it was', () => {
  const city = corridor({ links: 3, lengthM: 300 })
  const works: Turn[] = [['capacityFactor', 1, 0.8]]
  expect(carried(city, works) / carried(city)).toBeCloseTo(0.8, 2)
  expect(tripS(city, works)).toBe(tripS(city))
})

describe('a bus lane', () => {
  /** Two lanes that end at a signal, which the bus joins from a side street; its seconds over all, and the cars that get through then. */
  function bus(turns: readonly Turn[], carsPerS: 0 | 1): { busS: number; carsOut: number } {
    const city = roadCity(
      [...[0, 250, 500, 750, 1000].map((xM) => [xM, 0] as const), [250, -200] as const],
      [
        { from: 0, to: 1, lanes: 2 },
        { from: 1, to: 2, lanes: 2 },
        { from: 2, to: 3, lanes: 2, signal: 0 },
        { from: 3, to: 4, lanes: 2 },
        { from: 5, to: 1, lanes: 1 },
      ],
      [{ nodes: [0] }, { nodes: [4] }],
    )
    const { traffic, seconds } = drive(city, turns)
    traffic.useBusPaths(Uint32Array.from([4, 1, 2, 3]))
    const fed = carsPerS === 1 ? [[0, 1] as const] : []
    seconds(600, fed)
    traffic.addBus(0, 4)
    let busS = 0
    const isBusThere = () =>
      traffic.vehicles.columns.kind.some((kind, row) => kind === 2 && traffic.world.state.busFirst[row] >= 0)
    while (isBusThere() && busS < 3000) {
      seconds(1, fed)
      busS++
    }
    const before = traffic.counts().finished
    seconds(900, fed)
    return { busS, carsOut: traffic.counts().finished - before }
  }

  const lane: Turn[] = [1, 2].map((link) => ['busLane', link, 1])

  test('takes the bus past the queue, and leaves cars the other lane alone', () => {
    const [without, withLane] = [bus([], 1), bus(lane, 1)]
    expect(withLane.busS).toBeLessThan(0.7 * without.busS)
    expect(withLane.carsOut / without.carsOut).toBeCloseTo(0.5, 1)
  })

  test('on an empty street changes nothing for the bus', () => {
    expect(bus(lane, 0).busS).toBe(bus([], 0).busS)
  })
})

describe('a street closed to cars', () => {
  const city = grid({ size: 4, parameters: {} })
  const { fromNode, toNode } = city.network.links
  const linkBetween = (from: number, to: number) =>
    fromNode.findIndex((node, i) => node === from && toNode[i] === to)
  const path = [linkBetween(4, 5), linkBetween(5, 6), linkBetween(6, 7)]

  function pass(knob: 'closedToCars' | 'closedToBuses'): { cars: number; buses: number; done: boolean } {
    const { traffic, seconds } = drive(city, [[knob, path[1], 1]])
    traffic.useBusPaths(Uint32Array.from(path))
    let cars = 0
    let buses = 0
    const { state, roads } = traffic.world
    const lane = roads.firstLane[path[1]]
    traffic.addBus(0, 3)
    seconds(150)
    buses = state.laneIn[lane]
    for (let i = 0; i < 5; i++) traffic.addTrip(4, 7)
    seconds(300)
    cars = state.laneIn[lane] - buses
    return { cars, buses, done: traffic.counts().finished === 6 }
  }

  test('lets buses pass, and cars find a way round', () => {
    expect(pass('closedToCars')).toEqual({ cars: 0, buses: 1, done: true })
  })

  test('or to buses, the other way about', () => {
    const { cars, buses, done } = pass('closedToBuses')
    expect(cars).toBeGreaterThan(0)
    expect(buses).toBe(0)
    expect(done).toBe(true)
  })

  test('at which a bus begins its trip has it begin at the next open one, and none if all are closed', () => {
    const { traffic, seconds } = drive(city)
    traffic.useBusPaths(Uint32Array.from(path))
    traffic.addBus(0, 3)
    // it waits to enter when its first link closes
    traffic.setLinkClosed(path[0], true)
    seconds(60)
    expect(traffic.world.state.laneIn[traffic.world.roads.firstLane[path[0]]]).toBe(0)
    expect(traffic.counts()).toMatchObject({ inserted: 1 })
    for (const link of path) traffic.setLinkClosed(link, true)
    expect(traffic.addBus(0, 3)).toBe(-1)
  })
})

test('a closed bridge lengthens the trips across it and loads the next one, which alone leads over', () => {
  // two banks, 0 1 and 2 3; the bridge from 0 to 2 is straight, the one from 1 to 3 is off the way
  const city = roadCity(
    [
      [0, 0],
      [800, 0],
      [0, 400],
      [800, 400],
    ],
    [
      { from: 0, to: 2 },
      { from: 1, to: 3 },
      { from: 0, to: 1 },
      { from: 3, to: 2 },
    ],
    [{ nodes: [0] }, { nodes: [2] }],
  )
  const over = (isClosed: boolean) => {
    const { traffic, seconds } = drive(city)
    traffic.setLinkClosed(0, isClosed)
    for (let i = 0; i < 20; i++) traffic.addTrip(0, 1)
    let vehicleS = 0
    while (traffic.counts().finished < 20) {
      seconds(1)
      vehicleS += traffic.counts().inside + traffic.counts().waiting
    }
    return { vehicleS, straight: traffic.world.state.laneIn[0], other: traffic.world.state.laneIn[1] }
  }
  const [open, closed] = [over(false), over(true)]
  expect([open.straight, open.other]).toEqual([20, 0])
  expect([closed.straight, closed.other]).toEqual([0, 20])
  // five times as far, with the same wait to enter
  expect(closed.vehicleS).toBeGreaterThan(2 * open.vehicleS)
})

test('a side street that counts ten times as long is left to those who are bound for it', () => {
  // the short way from 0 to 3 is through 1 and 2, where zone 2 lies; the long one through 4
  const city = roadCity(
    [
      [0, 0],
      [300, 0],
      [600, 0],
      [900, 0],
      [450, 500],
    ],
    [
      { from: 0, to: 1 },
      { from: 1, to: 2, roadClass: 5 },
      { from: 2, to: 3 },
      { from: 0, to: 4 },
      { from: 4, to: 3 },
      { from: 3, to: 2 },
    ],
    [{ nodes: [0] }, { nodes: [3] }, { nodes: [2] }],
  )
  const through = (turns: Turn[], zone: number) => {
    const { traffic, seconds } = drive(city, turns)
    seconds(1)
    for (let i = 0; i < 10; i++) traffic.addTrip(0, zone)
    seconds(400)
    expect(traffic.counts().finished).toBe(10)
    return traffic.world.state.laneIn[1]
  }
  const quiet: Turn[] = [['perceivedTimeFactor', 1, 10]]
  expect(through([], 1)).toBe(10)
  expect(through(quiet, 1)).toBe(0)
  expect(through([], 2)).toBe(10)
  // who is bound for node 2 comes in, by the street itself or from behind
  expect(through(quiet, 2)).toBeLessThanOrEqual(10)
})

describe('a signal plan', () => {
  const city = crossing({ lanes: 1, arms: [0, 1, 2, 3].map(() => ({ signal: 0 })) })

  test('serves the two streets as its greens are, and never both at once', () => {
    // arms east and west are the main stage; all four are fed more than they can pass
    const served = (share: number) => {
      const { traffic, seconds } = drive(city, [
        ['signalCycleS', 0, 90],
        ['mainGreenShare', 0, share],
      ])
      const fed = [
        [1, 2],
        [3, 0],
        [2, 3],
        [4, 1],
      ] as const
      seconds(300, fed)
      const { laneOut } = traffic.world.state
      const { stageOfLink } = traffic.world.plans
      const before = laneOut.slice()
      seconds(1800, fed)
      const out = [0, 0]
      for (const link of [0, 2, 4, 6]) out[stageOfLink[link]] += laneOut[link] - before[link]
      return out
    }
    const [mainHalf, crossHalf] = served(0.5)
    const [mainMore, crossLess] = served(0.75)
    expect(mainHalf / crossHalf).toBeCloseTo(1, 1)
    expect(mainMore / crossLess).toBeGreaterThan(2)
    expect(mainMore + crossLess).toBeGreaterThan(0.9 * (mainHalf + crossHalf))
  })

  test('never leaves a stage without its least green, nor changes the cycle when only the share is set', () => {
    const { traffic, seconds } = drive(city, [['mainGreenShare', 0, 0.9]])
    const { plans, madePlans } = traffic.world
    seconds(1)
    expect(plans.cycleS[0]).toBe(madePlans.cycleS[0])
    expect(plans.greenEndS[1] - plans.greenStartS[1]).toBeGreaterThanOrEqual(10)
  })
})
