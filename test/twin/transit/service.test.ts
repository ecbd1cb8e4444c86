/** More or fewer buses than planned: how many, how far apart, and that the plan itself is left alone. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forRunsOf } from '../../../twin/transit/service.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { brokenLaws } from '../../fixtures/roadLaws.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

function runsOf(setOutS: readonly number[], factor: number): number[] {
  const atS: number[] = []
  forRunsOf(setOutS, factor, (k, laterS) => atS.push(setOutS[k] + laterS))
  return atS
}

const everyTenMinutes = Array.from({ length: 25 }, (_, k) => k * 600)

describe('the runs of a line', () => {
  test('at its own headway are its trips', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(86_400), { maxLength: 50 }), (times) => {
        const setOutS = times.toSorted((a, b) => a - b)
        expect(runsOf(setOutS, 1)).toEqual(setOutS)
      }),
    )
  })

  test('at twice the headway are every other trip, at half of it one more between every two', () => {
    expect(runsOf(everyTenMinutes, 2)).toEqual(everyTenMinutes.filter((_, k) => k % 2 === 0))
    expect(runsOf(everyTenMinutes, 0.5)).toEqual(Array.from({ length: 49 }, (_, i) => i * 300))
  })

  test.each([0.25, 0.4, 0.75, 1.5, 3.3, 4])('at %d times the headway are as far apart as that', (factor) => {
    const atS = runsOf(everyTenMinutes, factor)
    for (let i = 1; i < atS.length; i++)
      expect(Math.abs(atS[i] - atS[i - 1] - 600 * factor)).toBeLessThanOrEqual(1)
    expect(Math.abs(atS.length - 24 / factor)).toBeLessThanOrEqual(1.5)
  })

  test('never fill a break of hours: a line of the rush hour stays one', () => {
    const rush = [7 * 3600, 7.5 * 3600, 17 * 3600, 17.5 * 3600]
    expect(runsOf(rush, 0.5).filter((atS) => atS > 8 * 3600 && atS < 17 * 3600)).toEqual([])
  })
})

describe('in a city', () => {
  const city = smallCity()
  // a Tuesday, 07:00
  const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 10), utcOffsetS: -3 * 3600 }

  function lived(twin: Twin, seconds: number): Twin {
    for (let s = 0; s < seconds; s++) {
      twin.step()
      if (s % 60 === 0) expect(brokenLaws(twin)).toEqual([])
    }
    return twin
  }

  function begunBy(headwayFactor: number): number {
    const twin = createTwin(city, facts)
    twin.command({ kind: 'turn', knob: 'headwayFactor', row: 0, value: headwayFactor })
    return lived(twin, 3600).transit.counts[0]
  }

  test('half the headway is twice the buses, twice is half', () => {
    const usual = begunBy(1)
    expect(begunBy(0.5)).toBe(2 * usual)
    expect(begunBy(2)).toBe(usual / 2)
  })

  test('with the headway turned back, the timetable is driven again, and a saved state knows what runs', () => {
    const twin = createTwin(city, facts)
    twin.command({ kind: 'turn', knob: 'headwayFactor', row: 0, value: 0.4 })
    lived(twin, 1000)
    const fork = createTwin(city, facts)
    fork.load(twin.save())
    lived(twin, 800)
    lived(fork, 800)
    expect(fork.hash()).toBe(twin.hash())
    twin.command({ kind: 'turn', knob: 'headwayFactor', row: 0, value: 1 })
    const before = twin.transit.counts[0]
    lived(twin, 3600)
    expect(twin.transit.counts[0] - before).toBe(12)
  })

  test('buses drive past a closed stop, even those already on their way to it, and are at the next one no later', () => {
    const { stop } = city.timetable!.patternStops
    const passed = (isClosed: boolean) => {
      const twin = createTwin(city, facts)
      twin.advance(600)
      if (isClosed) twin.command({ kind: 'turn', knob: 'stopClosed', row: stop[1], value: 1 })
      const served: number[] = []
      const { trip, nextStop, isAtStop } = twin.transit.vehicles.columns
      for (let s = 0; s < 1200; s++) {
        twin.step()
        for (let row = 0; row < twin.transit.vehicles.rows; row++)
          if (isAtStop[row] !== 0 && city.timetable!.trips.pattern[trip[row]] === 0)
            served.push(nextStop[row])
      }
      return served
    }
    expect(passed(false)).toContain(1)
    const served = passed(true)
    expect(served).not.toContain(1)
    expect(served).toContain(0)
    expect(served).toContain(2)
  })

  test('a closed street has buses drive round it by themselves, leave out its stop and serve the others', () => {
    const twin = createTwin(city, facts)
    const { patternLinks, patternStops } = city.timetable!
    const shut = patternLinks.link[patternStops.pathIndex[1]]
    twin.command({ kind: 'setLinkClosed', link: shut, isClosed: true })
    const { trip, nextStop, isAtStop } = twin.transit.vehicles.columns
    const served = new Set<number>()
    for (let s = 0; s < 2400; s++) {
      twin.step()
      for (let row = 0; row < twin.transit.vehicles.rows; row++)
        if (isAtStop[row] !== 0 && city.timetable!.trips.pattern[trip[row]] === 0) served.add(nextStop[row])
    }
    expect([...served].sort()).toEqual([0, 2])
    expect(twin.transit.counts[1]).toBeGreaterThan(2)
    expect(brokenLaws(twin)).toEqual([])
  })
})
