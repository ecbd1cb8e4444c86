/** Trips of a small timetable on a road that does as told: times, dwell, delay, and the places of buses under way. */
import { describe, expect, test } from 'vitest'
import { TICKS_PER_S, type Clock } from '../../../twin/kernel/clock.ts'
import { forTripsSettingOut, makeCalendar, midnightTick } from '../../../twin/transit/calendar.ts'
import { dwellS, meanBoardings } from '../../../twin/transit/dwell.ts'
import { forTripsUnderWay, placeOnWay } from '../../../twin/transit/onTheWay.ts'
import { NO_TRIP } from '../../../twin/transit/tables.ts'
import { createTransit, type BusRoad, type RoadEvents, type Transit } from '../../../twin/transit/transit.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const timetable = city.timetable!
const lengthM = city.network.links.lengthM
// Wednesday 13 March 2024
const clockAt = (hour: number): Clock => ({
  tick: 0,
  startMs: Date.UTC(2024, 2, 13) + hour * 3_600_000,
  utcOffsetS: 0,
})

interface Told {
  vehicle: number
  pathIndex: number
  alongM: number
  dwellTicks: number
  notBeforeTick: number
}

/** A road that notes what it is asked and lets the test say what the buses did. */
function fakeRoad() {
  const told: Told[] = []
  const added: [first: number, count: number][] = []
  const cleared: number[] = []
  const road: BusRoad = {
    addBus(first, count) {
      added.push([first, count])
      return added.length - 1
    },
    setNextStop(vehicle, pathIndex, alongM, dwellTicks, notBeforeTick) {
      told.push({ vehicle, pathIndex, alongM, dwellTicks, notBeforeTick })
    },
    clearNextStop(vehicle) {
      cleared.push(vehicle)
    },
  }
  return { road, told, added, cleared }
}

function happened(
  kind: number,
  vehicle: number,
  pathIndex: number,
  tick: number,
  departTick = tick,
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

function advance(transit: Transit, clock: Clock, seconds: number): void {
  for (let s = 0; s < seconds; s++) {
    clock.tick += TICKS_PER_S
    transit.step(clock)
  }
}

describe('the calendar', () => {
  test('sets each trip of a day out exactly once', () => {
    const calendar = makeCalendar(timetable)
    const clock = clockAt(0)
    const seen = new Map<number, number>()
    for (let s = 0; s < 86_400; s++) {
      forTripsSettingOut(timetable, calendar, clock, (trip) => seen.set(trip, (seen.get(trip) ?? 0) + 1))
      clock.tick += TICKS_PER_S
    }
    expect(seen.size).toBe(timetable.trips.pattern.length)
    expect([...seen.values()].every((count) => count === 1)).toBe(true)
  })

  test('runs only the trips of the day: none of a weekday on a Sunday', () => {
    const weekdays = { ...timetable, trips: { ...timetable.trips, days: timetable.trips.days.map(() => 1) } }
    const calendar = makeCalendar(weekdays)
    const sunday = { ...clockAt(8), startMs: Date.UTC(2024, 2, 17, 8) }
    let trips = 0
    for (let s = 0; s < 3600; s++) {
      forTripsSettingOut(weekdays, calendar, sunday, () => trips++)
      sunday.tick += TICKS_PER_S
    }
    expect(trips).toBe(0)
  })

  test('knows where its midnights are', () => {
    const clock = clockAt(7.5)
    expect(midnightTick(clock, 0)).toBe(-7.5 * 3600 * TICKS_PER_S)
    expect(midnightTick(clock, 1)).toBe(16.5 * 3600 * TICKS_PER_S)
  })
})

describe('dwell', () => {
  const mean = (ratio: number) => {
    let sum = 0
    for (let trip = 0; trip < 3000; trip++) sum += dwellS(1, trip, 0, 2, 8.5 * 3600, ratio)
    return sum / 3000
  }

  test('is longer after a gap: a late bus gets later', () => {
    expect(mean(2)).toBeGreaterThan(mean(1) + 2)
    expect(mean(1)).toBeGreaterThan(mean(0.3) + 2)
  })

  test('is nought where nobody rides', () => {
    expect(dwellS(1, 1, 1, 0, 30_000, 1)).toBe(0)
    expect(meanBoardings(1000, 0)).toBe(0)
  })
})

describe('a trip', () => {
  test('begins on time, is told its first stop, and never to leave it early', () => {
    const { road, told, added } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = clockAt(8)
    advance(transit, clock, 600)
    expect(added).toEqual([
      [timetable.patterns.firstLink[0], timetable.patterns.linkCount[0]],
      [timetable.patterns.firstLink[1], timetable.patterns.linkCount[1]],
    ])
    // planned for 08:10:00 and 35 s to the first departure
    expect(told[0]).toMatchObject({ vehicle: 0, pathIndex: 0, alongM: 150, notBeforeTick: 635 * TICKS_PER_S })
  })

  test('stands, leaves and is late by what the road did', () => {
    const { road, told } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = clockAt(8)
    advance(transit, clock, 600)
    const { columns } = transit.vehicles
    transit.follow(happened(1, 0, 0, 640 * TICKS_PER_S, 665 * TICKS_PER_S), clock)
    advance(transit, clock, 41)
    expect(columns.isAtStop[0]).toBe(1)
    expect(columns.delayS[0]).toBe(20)
    advance(transit, clock, 30)
    expect(columns.isAtStop[0]).toBe(0)
    expect(columns.nextStop[0]).toBe(1)
    expect(columns.delayS[0]).toBe(30)
    expect(told.at(-1)).toMatchObject({ vehicle: 0, pathIndex: timetable.patternStops.pathIndex[1] })
  })

  test('skips a stop that the road drove past', () => {
    const { road } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = clockAt(8)
    advance(transit, clock, 600)
    transit.follow(happened(0, 0, 1, clock.tick), clock)
    expect(transit.vehicles.columns.nextStop[0]).toBe(1)
  })

  test('is over when its bus leaves the road', () => {
    const { road } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = clockAt(8)
    advance(transit, clock, 600)
    for (const vehicle of [0, 1]) transit.follow(happened(2, vehicle, 6, clock.tick), clock)
    expect([...transit.counts].slice(0, 3)).toEqual([2, 2, 0])
    expect(transit.vehicles.columns.trip.every((trip) => trip === NO_TRIP)).toBe(true)
    expect(transit.vehicles.rows).toBe(0)
  })

  test('that ends at its last stop leaves a clean row behind', () => {
    const { road } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = clockAt(8)
    advance(transit, clock, 600)
    transit.follow(happened(1, 0, 0, clock.tick, clock.tick + 500), clock)
    transit.follow(happened(2, 0, 6, clock.tick), clock)
    advance(transit, clock, 30)
    const { trip, nextStop, delayS } = transit.vehicles.columns
    expect([trip[0], nextStop[0], delayS[0]]).toEqual([NO_TRIP, 0, 0])
  })

  test('that finds no room is counted', () => {
    const transit = createTransit(timetable, lengthM, 6000, 1, {
      addBus: () => -1,
      clearNextStop: () => undefined,
      setNextStop: () => undefined,
    })
    advance(transit, clockAt(8), 600)
    expect([...transit.counts].slice(0, 3)).toEqual([2, 0, 2])
  })
})

describe('a bus under way', () => {
  test('is where its timetable has it, further with every second, and gone at its end', () => {
    let before = -1
    for (let afterS = -60; afterS < 400; afterS++) {
      const at = placeOnWay(timetable, 0, afterS, lengthM)
      const isOver = afterS >= timetable.patternStops.arrivalS[timetable.patterns.stopCount[0] - 1]
      expect(at === undefined).toBe(isOver)
      if (at === undefined) continue
      expect(at.pathIndex).toBeGreaterThanOrEqual(before)
      before = at.pathIndex
      // what lies behind is not served again
      const nextIndex = timetable.patternStops.pathIndex[at.nextStop]
      expect(nextIndex).toBeGreaterThanOrEqual(at.pathIndex)
    }
    expect(before).toBeGreaterThan(2)
  })

  test('resumes from its link, with stops counted from there', () => {
    const { road, told, added } = fakeRoad()
    const transit = createTransit(timetable, lengthM, 6000, 1, road)
    const clock = { ...clockAt(8), startMs: clockAt(8).startMs + 120_000 }
    const calendar = makeCalendar(timetable)
    let resumed = 0
    forTripsUnderWay(timetable, calendar, clock, (trip, midnight) => {
      if (transit.resume(trip, midnight, 10, clock)) resumed++
    })
    expect(resumed).toBe(2)
    const at = placeOnWay(timetable, 0, 110, lengthM)!
    expect(at.pathIndex).toBeGreaterThan(0)
    expect(added[0]).toEqual([at.pathIndex, timetable.patterns.linkCount[0] - at.pathIndex])
    expect(told[0].pathIndex).toBe(timetable.patternStops.pathIndex[at.nextStop] - at.pathIndex)
    expect(transit.vehicles.columns.delayS[0]).toBe(10)
  })
})
