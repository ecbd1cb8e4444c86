/** The axis of a line in one direction, and the trips on it: they pass their stops when the timetable says. */
import { describe, expect, it } from 'vitest'
import { DelayTrail, joinedDelays } from '../../../../client/layers/transit/delayTrail.ts'
import {
  alongAxis,
  lineAxis,
  plannedCourse,
  tripsBetween,
} from '../../../../client/layers/transit/lineAxis.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const timetable = city.timetable!
const HOUR_MS = 3_600_000
/** A Monday, 00:00 in the city's own time. */
const MONDAY_MS = Date.UTC(2026, 10, 23)

describe('the axis of a line', () => {
  const axis = lineAxis(city, 0)

  it('has the stops of the pattern in the order of their distance', () => {
    expect(axis.stops).toHaveLength(timetable.patterns.stopCount[0])
    axis.stops.slice(1).forEach(({ alongM }, i) => expect(alongM).toBeGreaterThan(axis.stops[i].alongM))
    expect(axis.lengthM).toBe(axis.stops.at(-1)!.alongM)
  })

  it('holds the patterns of its direction only', () => {
    expect([...axis.calls.keys()]).toEqual([0])
  })

  it('finds a bus on a link of its path', () => {
    const { pathIndex, alongM } = timetable.patternStops
    axis.stops.forEach((stop, i) =>
      expect(
        alongAxis(axis, pathIndex[i], { link: axis.links[pathIndex[i]], alongM: alongM[i] }),
      ).toBeCloseTo(stop.alongM, 3),
    )
    expect(alongAxis(axis, 0, { link: -1, alongM: 0 })).toBeUndefined()
  })

  it('takes the last use of a link before the next stop, where a path uses one twice', () => {
    const twice = { ...axis, links: [5, 6, 5], linkStartsM: [0, 100, 200], lengthM: 300 }
    expect(alongAxis(twice, 1, { link: 5, alongM: 10 })).toBe(10)
    expect(alongAxis(twice, 2, { link: 5, alongM: 10 })).toBe(210)
  })

  it('a plan passes every stop at its arrival and leaves it at its departure', () => {
    const calls = axis.calls.get(0)!
    const course = plannedCourse(calls, 1000)
    for (const { arrivalS, departureS, alongM } of calls) {
      expect(course).toContainEqual({ timeMs: 1000 + arrivalS * 1000, alongM })
      expect(course).toContainEqual({ timeMs: 1000 + departureS * 1000, alongM })
    }
  })
})

describe('the trips in a window', () => {
  const axis = lineAxis(city, 0)
  const window = { fromMs: MONDAY_MS + 10 * HOUR_MS, toMs: MONDAY_MS + 11 * HOUR_MS, utcOffsetS: 0 }

  it('are those under way in it, one every ten minutes, in the order they start', () => {
    const trips = tripsBetween(city, axis, window)
    expect(trips.length).toBeGreaterThanOrEqual(6)
    trips.slice(1).forEach(({ startMs }, i) => expect(startMs - trips[i].startMs).toBe(600_000))
    for (const { planned } of trips) {
      expect(planned[0].timeMs).toBeLessThanOrEqual(window.toMs)
      expect(planned.at(-1)!.timeMs).toBeGreaterThanOrEqual(window.fromMs)
    }
  })

  it('start by the city’s clock', () => {
    const east = tripsBetween(city, axis, { ...window, utcOffsetS: 1800 })
    const starts = east.map(({ startMs }) => (startMs + 1_800_000 - MONDAY_MS) % 600_000)
    expect(new Set(starts)).toEqual(new Set([0]))
  })

  it('over midnight are of both days', () => {
    const trips = tripsBetween(city, axis, {
      fromMs: MONDAY_MS - 0.5 * HOUR_MS,
      toMs: MONDAY_MS + 0.5 * HOUR_MS,
      utcOffsetS: 0,
    })
    expect(trips.some(({ startMs }) => startMs < MONDAY_MS)).toBe(true)
    expect(trips.some(({ startMs }) => startMs >= MONDAY_MS)).toBe(true)
  })
})

describe('delays as they are seen', () => {
  it('are kept by trip, seldom enough, and joined with the server’s in order', () => {
    const trail = new DelayTrail('live 0/0')
    for (const s of [0, 5, 12, 30, 12]) trail.take(4, { timeMs: s * 1000, delayS: s })
    expect(trail.byTrip.get(4)!.map(({ delayS }) => delayS)).toEqual([0, 12, 30])
    const kept = new Map([[4, [{ timeMs: 20_000, delayS: 20 }]]])
    const joined = joinedDelays([kept, trail.byTrip], 4, 1000, 25_000)
    expect(joined.map(({ delayS }) => delayS)).toEqual([12, 20])
    expect(joinedDelays([kept], 5, 0, 1e9)).toEqual([])
  })

  it('are let go when nothing of them can be drawn any more', () => {
    const trail = new DelayTrail('live 0/0')
    for (let hour = 0; hour < 48; hour++) trail.take(hour, { timeMs: hour * HOUR_MS, delayS: 0 })
    expect([...trail.byTrip.keys()]).toEqual([44, 45, 46, 47])
  })
})
