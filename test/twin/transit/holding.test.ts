/** Holding: where timing points are, until when a bus is held there, and that it keeps the buses of a line apart on a real road. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { City } from '../../../twin/city.ts'
import { TICKS_PER_S, type Clock } from '../../../twin/kernel/clock.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { plannedHeadwayS, timingPointsOf, timingStopsOf } from '../../../twin/transit/holding.ts'
import { NO_TRIP } from '../../../twin/transit/tables.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'
import { createTransit, type RoadEvents } from '../../../twin/transit/transit.ts'
import { createTwin } from '../../../twin/twin.ts'
import { brokenLaws } from '../../fixtures/roadLaws.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const SIDE = 10
const HEADWAY_S = 180
const STOP_S = 45
const FROM_H = 17
const HOURS = 2

/**
 * The small town with one busy line along its first main street, a stop in every block. Its trips are by two patterns in turn, as
 * those of busy and of quiet streets are, with one order of stops.
 */
function busyLine(): City {
  const city = smallCity({ side: SIDE })
  const whole = city.timetable!
  const stops = SIDE - 1
  const trips = (HOURS * 3600) / HEADWAY_S
  const twice = <T>(values: readonly T[]) => [...values, ...values]
  const along = Array.from({ length: stops }, (_, i) => i)
  const path = whole.patternLinks.link.slice(0, stops)
  const timetable: Timetable = {
    ...whole,
    stops: {
      xM: Float32Array.from(along, (i) => 250 * i + 150),
      yM: new Float32Array(stops),
      code: along.map((i) => `B${i}`),
      name: along.map((i) => `Block ${i}`),
      link: path,
      alongM: new Float32Array(stops).fill(150),
    },
    patterns: {
      route: new Uint16Array(2),
      headsign: ['East', 'East'],
      directionId: new Uint8Array(2),
      firstLink: Uint32Array.of(0, stops),
      linkCount: new Uint16Array(2).fill(stops),
      firstStop: Uint32Array.of(0, stops),
      stopCount: new Uint16Array(2).fill(stops),
    },
    patternLinks: { link: Uint32Array.from(twice([...path])) },
    patternStops: {
      stop: Uint32Array.from(twice(along)),
      pathIndex: Uint16Array.from(twice(along)),
      alongM: new Float32Array(2 * stops).fill(150),
      arrivalS: Uint32Array.from(twice(along), (i) => 25 + STOP_S * i),
      departureS: Uint32Array.from(twice(along), (i) => 35 + STOP_S * i),
    },
    trips: {
      pattern: Uint16Array.from({ length: trips }, (_, i) => i & 1),
      departureS: Uint32Array.from({ length: trips }, (_, i) => FROM_H * 3600 + HEADWAY_S * i),
      days: new Uint8Array(trips).fill(7),
    },
  }
  return { ...city, timetable }
}

const city = busyLine()
const timetable = city.timetable!

describe('timing points', () => {
  test('are the first stop and every so many after it, never the last', () => {
    expect(timingStopsOf(timetable, 0, 4)).toEqual([0, 4])
    expect(timingStopsOf(timetable, 0, 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(timingStopsOf(timetable, 0, 50)).toEqual([0])
  })

  test('are also where the timetable has a bus stand for a minute', () => {
    const arrivalS = timetable.patternStops.arrivalS.slice()
    arrivalS[5] -= 50
    const standing = { ...timetable, patternStops: { ...timetable.patternStops, arrivalS } }
    expect(timingStopsOf(standing, 0, 50)).toEqual([0, 5])
  })

  test('know the bus ahead whichever pattern it runs by, and how far apart two are planned', () => {
    const points = timingPointsOf(timetable, Float64Array.of(4))
    expect([...points.keys()].sort((a, b) => a - b)).toEqual([0, 4, 9, 13])
    const point = points.get(4)!
    expect(point.calls).toEqual([4, 13])
    const leavesS = FROM_H * 3600 + timetable.patternStops.departureS[4]
    expect(plannedHeadwayS(point, 1, leavesS)).toBe(0)
    expect(plannedHeadwayS(point, 1, leavesS + 3 * HEADWAY_S)).toBe(HEADWAY_S)
    expect(timingPointsOf(timetable, Float64Array.of(0)).size).toBe(0)
  })
})

describe('a bus at a timing point', () => {
  test('is held for its share of the planned headway, no longer than the cap, once, and nobody elsewhere', () => {
    const ms = Date.UTC(2024, 2, 13, FROM_H)
    const lateS = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(
        lateS,
        lateS,
        fc.constantFrom(0.1, 0.5, 0.8, 1),
        fc.integer({ min: 10, max: 300 }),
        fc.boolean(),
        (firstLateS, secondLateS, share, mostS, isAtPoint) => {
          const told: (readonly [vehicle: number, dwellTicks: number, notBeforeTick: number])[] = []
          let vehicles = 0
          const transit = createTransit(timetable, city.network.links.lengthM, 6000, 1, {
            addBus: () => vehicles++,
            setNextStop: (vehicle, _path, _along, dwell, notBefore) => told.push([vehicle, dwell, notBefore]),
            clearNextStop: () => undefined,
          })
          transit.turn('holdShare', 0, share)
          transit.turn('holdMostS', 0, mostS)
          transit.turn('holdEveryStops', 0, isAtPoint ? 1 : 50)
          const clock: Clock = { tick: -TICKS_PER_S, startMs: ms - 120_000, utcOffsetS: 0 }
          for (let s = 0; s < 120 + HEADWAY_S + 1; s++) {
            clock.tick += TICKS_PER_S
            transit.step(clock)
          }
          expect(vehicles).toBe(2)
          // both on their way to the second stop: it is where they meet
          for (const vehicle of [0, 1]) transit.follow(enters(vehicle, 1, clock.tick), clock)
          const plannedS = 120 + timetable.patternStops.departureS[1]
          const [first, second] = [plannedS + firstLateS, plannedS + HEADWAY_S + secondLateS].map(
            (atS) => atS * TICKS_PER_S,
          )
          const before = told.length
          transit.follow(stops(0, 1, first - 500, first), clock)
          expect(told.length).toBe(before)
          transit.follow(stops(1, 1, second - 500, second), clock)
          const dueTick = Math.min(first + share * HEADWAY_S * TICKS_PER_S, second + mostS * TICKS_PER_S)
          const isHeld = isAtPoint && dueTick > second
          expect(told.slice(before)).toEqual(isHeld ? [[1, 0, Math.round(dueTick)]] : [])
          // the road answers that it stands longer: that is no reason to hold it again
          if (isHeld) transit.follow(stops(1, 1, second, Math.round(dueTick)), clock)
          expect(told.length).toBe(before + Number(isHeld))
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('on a real road', () => {
  const MOST_S = 120
  const SHARE = 0.8
  const hold: ScenarioEdit = {
    kind: 'holdBuses',
    id: 'hold',
    route: 0,
    headwayShare: SHARE,
    mostS: MOST_S,
    everyStops: 4,
  }

  test.each([1, 2, 3])('headways vary less, by its rule and within the cap: seed %d', (seed) => {
    const base = lived(seed, [])
    const held = lived(seed, [hold])
    expect(variation(held)).toBeLessThan(variation(base))
    for (const stop of timingStopsOf(timetable, 0, 4)) {
      const at = held.filter((one) => one.stop === stop).sort((a, b) => a.leftS - b.leftS)
      for (let i = 1; i < at.length; i++) {
        const gapS = at[i].leftS - at[i - 1].leftS
        const stoodS = at[i].leftS - at[i].cameS
        // seconds are what is seen of the road, so two of them may be lost
        expect(gapS >= SHARE * HEADWAY_S - 2 || stoodS >= MOST_S - 2, JSON.stringify(at[i])).toBe(true)
      }
    }
  })

  test('what is off is the base, byte for byte', () => {
    const hashOf = (edits: readonly ScenarioEdit[]) => {
      const twin = createTwin(city, factsOf(1))
      const run = runScenario(twin, edits)
      for (let s = 0; s < 300; s++) run.step()
      return twin.hash()
    }
    const base = hashOf([])
    expect(hashOf([{ ...hold, isOff: true }])).toBe(base)
    expect(hashOf([{ ...hold, fromS: 400 }])).toBe(base)
    expect(hashOf([hold])).not.toBe(base)
  })
})

interface Call {
  readonly stop: number
  cameS: number
  leftS: number
}

function factsOf(seed: number) {
  return { seed, startMs: Date.UTC(2024, 2, 13, FROM_H), utcOffsetS: 0 }
}

/** Every call of every bus in an hour and a half, by what is seen of it second by second; the laws of the road hold meanwhile. */
function lived(seed: number, edits: readonly ScenarioEdit[]): Call[] {
  const twin = createTwin(city, factsOf(seed))
  const run = runScenario(twin, edits)
  const calls = new Map<string, Call>()
  const { trip, nextStop, isAtStop } = twin.transit.vehicles.columns
  for (let s = 0; s < 5400; s++) {
    run.step()
    if (s % 300 === 0) expect(brokenLaws(twin)).toEqual([])
    for (let row = 0; row < twin.transit.vehicles.rows; row++) {
      if (trip[row] === NO_TRIP || isAtStop[row] === 0) continue
      const key = `${trip[row]} ${nextStop[row]}`
      const call = calls.get(key) ?? { stop: nextStop[row], cameS: s, leftS: s }
      call.leftS = s
      calls.set(key, call)
    }
  }
  return [...calls.values()]
}

/** Coefficient of variation of the headways of all stops but the last: what TCRP Report 165 calls headway adherence. */
function variation(calls: readonly Call[]): number {
  const headways: number[] = []
  for (let stop = 0; stop < SIDE - 2; stop++) {
    const leftS = calls.filter((one) => one.stop === stop).map((one) => one.leftS)
    leftS.sort((a, b) => a - b)
    for (let i = 1; i < leftS.length; i++) headways.push(leftS[i] - leftS[i - 1])
  }
  const mean = headways.reduce((sum, one) => sum + one, 0) / headways.length
  const square = headways.reduce((sum, one) => sum + (one - mean) ** 2, 0) / headways.length
  return Math.sqrt(square) / mean
}

function enters(vehicle: number, pathIndex: number, tick: number): RoadEvents {
  return happened(0, vehicle, pathIndex, tick, tick)
}

function stops(vehicle: number, pathIndex: number, tick: number, departTick: number): RoadEvents {
  return happened(1, vehicle, pathIndex, tick, departTick)
}

function happened(
  kind: number,
  vehicle: number,
  pathIndex: number,
  tick: number,
  departTick: number,
): RoadEvents {
  return {
    count: 1,
    kind: Uint8Array.of(kind),
    vehicle: Uint32Array.of(vehicle),
    pathIndex: Uint16Array.of(pathIndex),
    tick: Int32Array.of(tick),
    departTick: Int32Array.of(departTick),
  }
}
