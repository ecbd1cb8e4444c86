/** What is done to traffic from outside: closures, buses and their stops, warm states, jams that dissolve. */
import { describe, expect, test } from 'vitest'
import { busEventKinds } from '../../../twin/traffic/busInterface.ts'
import { createTraffic, type Traffic } from '../../../twin/traffic/traffic.ts'
import { NO_LINK } from '../../../twin/traffic/tables.ts'
import { corridor, grid } from '../../fixtures/roads.ts'

const MORNING_MS = Date.UTC(2026, 5, 3, 7, 30)

function stepper(traffic: Traffic): (seconds: number) => void {
  const clock = { tick: traffic.world.state.counters[0], startMs: MORNING_MS, utcOffsetS: 0 }
  return (seconds) => {
    for (let s = 0; s < seconds; s++) {
      clock.tick += 50
      traffic.step(clock)
    }
  }
}

describe('a closed link', () => {
  const city = grid({ size: 6, parameters: { gravityDecayM: 500, tripsPerResident: 10 } })

  test('empties, takes nobody in, and the others find a way round', () => {
    const traffic = createTraffic(city, 2)
    const step = stepper(traffic)
    step(900)
    const { state, roads, tables } = traffic.world
    const link = state.laneIn.indexOf(Math.max(...state.laneIn))
    expect(roads.laneLink[link]).toBe(link)
    traffic.setLinkClosed(link, true)
    const entered = state.laneIn[link]
    step(600)
    expect(state.laneIn[link]).toBe(entered)
    expect(state.laneOut[link]).toBe(entered)
    expect(tables.links.columns.isClosed[link]).toBe(1)
    expect(traffic.counts().refused).toBeLessThan(5)
    traffic.setLinkClosed(link, false)
    step(900)
    expect(state.laneIn[link]).toBeGreaterThan(entered)
  })

  test('must exist', () => {
    const traffic = createTraffic(city, 2)
    expect(() => traffic.setLinkClosed(100_000, true)).toThrow('link 100000')
    expect(() => traffic.setSignalDark(-1, true)).toThrow('signal -1')
  })
})

describe('a bus', () => {
  const path = Uint32Array.from([0, 1, 2])
  function withBus(): { traffic: Traffic; bus: number; step: (seconds: number) => void } {
    const traffic = createTraffic(corridor({ links: 3 }), 1, { demandFactor: 0 })
    traffic.useBusPaths(path)
    const bus = traffic.addBus(0, 3)
    return { traffic, bus, step: stepper(traffic) }
  }
  const eventsOf = (traffic: Traffic) =>
    Array.from({ length: traffic.busEvents.count }, (_, i) => ({
      kind: busEventKinds[traffic.busEvents.kind[i]],
      pathIndex: traffic.busEvents.pathIndex[i],
      tick: traffic.busEvents.tick[i],
      departTick: traffic.busEvents.departTick[i],
    }))

  test('follows its path, stands at its stop and tells of both', () => {
    const { traffic, bus, step } = withBus()
    traffic.setNextStop(bus, 1, 70, 20 * 50, 0)
    const events: ReturnType<typeof eventsOf> = []
    for (let s = 0; s < 80; s++) {
      step(1)
      events.push(...eventsOf(traffic))
    }
    expect(events.map((event) => `${event.kind} ${event.pathIndex}`)).toEqual([
      'entered 0',
      'entered 1',
      'stopped 1',
      'entered 2',
      'left 3',
    ])
    expect(events[2].tick - events[1].tick).toBe(Math.round((70 / 14) * 50))
    expect(events[2].departTick - events[2].tick).toBe(1000)
    expect(events[3].tick - events[2].departTick).toBeCloseTo((80 / 14) * 50, -1)
    expect(traffic.vehicles.columns.link[bus]).toBe(NO_LINK)
    expect(traffic.counts()).toMatchObject({ inserted: 1, finished: 1, inside: 0 })
  })

  test('waits at a stop until its time, and holds the lane meanwhile', () => {
    const { traffic, bus, step } = withBus()
    step(2)
    traffic.setNextStop(bus, 0, 75, 5 * 50, 60 * 50)
    const car = traffic.addTrip(0, 1)
    step(58)
    expect(traffic.vehicles.columns.link[car]).toBe(0)
    expect(traffic.vehicles.columns.link[bus]).toBe(0)
    const { exitTick } = traffic.vehicles.columns
    expect(exitTick[bus]).toBeGreaterThan(60 * 50)
    expect(exitTick[car]).toBeGreaterThan(exitTick[bus])
    step(10)
    expect(traffic.vehicles.columns.link[bus]).toBe(1)
  })

  test('drives round a closed link of its path and goes on behind it', () => {
    const city = grid({ size: 4, parameters: {} })
    const { fromNode, toNode } = city.network.links
    const linkBetween = (from: number, to: number) =>
      fromNode.findIndex((node, i) => node === from && toNode[i] === to)
    const links = [linkBetween(4, 5), linkBetween(5, 6), linkBetween(6, 7)]
    const traffic = createTraffic(city, 1, { demandFactor: 0 })
    traffic.useBusPaths(Uint32Array.from(links))
    traffic.setLinkClosed(links[1], true)
    traffic.addBus(0, 3)
    const step = stepper(traffic)
    const events: string[] = []
    for (let s = 0; s < 400; s++) {
      step(1)
      events.push(...eventsOf(traffic).map((event) => `${event.kind} ${event.pathIndex}`))
    }
    expect(events).toEqual(['entered 0', 'entered 2', 'left 3'])
    expect(traffic.world.state.laneIn[traffic.world.roads.firstLane[links[1]]]).toBe(0)
  })

  test('keeps its stop events over a save', () => {
    const { traffic, bus, step } = withBus()
    step(2)
    traffic.setNextStop(bus, 0, 75, 250, 0)
    const fork = createTraffic(corridor({ links: 3 }), 1, { demandFactor: 0 })
    fork.useBusPaths(path)
    fork.load(traffic.save())
    step(1)
    stepper(fork)(1)
    expect(eventsOf(fork)).toEqual(eventsOf(traffic))
    expect(eventsOf(fork).map((event) => event.kind)).toContain('stopped')
  })
})

test('a warm state puts nearly every vehicle back where it was', () => {
  const city = grid({ size: 7, parameters: { gravityDecayM: 500, tripsPerResident: 12 } })
  const traffic = createTraffic(city, 3)
  stepper(traffic)(1800)
  const warm = traffic.exportWarm()
  const other = createTraffic(city, 4)
  other.importWarm(warm)
  expect(other.counts().inside).toBe(warm.link.length)
  expect(other.counts().inside).toBe(traffic.counts().inside)
  const step = stepper(other)
  step(1)
  const again = other.exportWarm()
  expect(Math.abs(again.link.length - warm.link.length)).toBeLessThan(0.1 * warm.link.length)
  step(600)
  expect(other.counts().inside).toBeGreaterThan(0.7 * warm.link.length)
  expect(() => other.importWarm({ ...warm, link: warm.link.fill(99_999) })).toThrow('link 99999')
})

test('a grid driven into gridlock by half as much again as it can carry comes free by itself', () => {
  const city = grid({ size: 7, blockM: 80, parameters: { gravityDecayM: 800, tripsPerResident: 10 } })
  const traffic = createTraffic(city, 6, { demandFactor: 3 })
  stepper(traffic)(3600)
  const jammed = traffic.counts()
  expect(jammed.waiting).toBeGreaterThan(100)
  const quiet = createTraffic(city, 6, { demandFactor: 0 })
  quiet.load(traffic.save())
  stepper(quiet)(7200)
  const { inside, inserted, teleports } = quiet.counts()
  expect(inside).toBe(0)
  expect(teleports).toBeLessThan(0.01 * inserted)
})
