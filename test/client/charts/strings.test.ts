/** Laws of the strings of a line: the plan passes its own times, what was driven never goes back, gaps are between neighbours. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drivenCourse,
  gapsS,
  placeAt,
  shownLabels,
  timeAt,
  type Course,
  type DelaySample,
} from '../../../client/charts/strings.ts'

/** A plan: stops further and further along, later and later. */
const courses = fc
  .array(
    fc.record({ afterS: fc.integer({ min: 1, max: 600 }), furtherM: fc.integer({ min: 1, max: 2000 }) }),
    {
      minLength: 2,
      maxLength: 20,
    },
  )
  .map((steps): Course => {
    let timeMs = 0
    let alongM = 0
    return steps.map(({ afterS, furtherM }) => ({
      timeMs: (timeMs += afterS * 1000),
      alongM: (alongM += furtherM),
    }))
  })

const delays = fc
  .array(
    fc.record({ afterS: fc.integer({ min: 1, max: 120 }), delayS: fc.integer({ min: -120, max: 1800 }) }),
    {
      maxLength: 40,
    },
  )
  .map((steps): DelaySample[] => {
    let timeMs = 0
    return steps.map(({ afterS, delayS }) => ({ timeMs: (timeMs += afterS * 1000), delayS }))
  })

describe('a planned string', () => {
  it('passes every stop at its time', () => {
    fc.assert(
      fc.property(courses, (course) => {
        for (const { timeMs, alongM } of course) {
          expect(placeAt(course, timeMs)).toBe(alongM)
          expect(timeAt(course, alongM)).toBe(timeMs)
        }
      }),
    )
  })

  it('says a place for each of its times, and the time for that place', () => {
    fc.assert(
      fc.property(courses, fc.double({ min: 0, max: 1, noNaN: true }), (course, share) => {
        const [first, last] = [course[0].timeMs, course[course.length - 1].timeMs]
        const timeMs = first + share * (last - first)
        expect(timeAt(course, placeAt(course, timeMs)!)).toBeCloseTo(timeMs, 3)
      }),
    )
  })

  it('is nowhere before its start and after its end', () => {
    const course = [
      { timeMs: 1000, alongM: 0 },
      { timeMs: 2000, alongM: 50 },
    ]
    expect(placeAt(course, 999)).toBeUndefined()
    expect(placeAt(course, 2001)).toBeUndefined()
    expect(timeAt(course, 51)).toBeUndefined()
  })
})

describe('a driven string', () => {
  it('never goes back, in time or place, and goes no further than where the bus is', () => {
    fc.assert(
      fc.property(courses, delays, fc.nat({ max: 3000 }), (planned, samples, alongM) => {
        const end = { timeMs: 5_000_000, alongM }
        const driven = drivenCourse(planned, samples, end)
        expect(driven.at(-1)).toEqual(end)
        driven.slice(1).forEach((point, i) => {
          expect(point.timeMs).toBeGreaterThan(driven[i].timeMs)
          expect(point.alongM).toBeGreaterThanOrEqual(driven[i].alongM)
        })
      }),
    )
  })

  it('lies on the plan while the bus keeps time, and as much later as it is late', () => {
    fc.assert(
      fc.property(courses, fc.integer({ min: 0, max: 900 }), (planned, delayS) => {
        const samples = planned.map(({ timeMs }) => ({ timeMs: timeMs + delayS * 1000, delayS }))
        const driven = drivenCourse(planned, samples)
        expect(driven).toEqual(
          planned.map(({ timeMs, alongM }) => ({ timeMs: timeMs + delayS * 1000, alongM })),
        )
      }),
    )
  })
})

describe('gaps between buses', () => {
  const drive = (startMs: number): Course => [
    { timeMs: startMs, alongM: 0 },
    { timeMs: 600_000, alongM: (600_000 - startMs) / 100 },
  ]

  it('are the times since the one ahead was here', () => {
    expect(gapsS([drive(0), drive(300_000), drive(360_000)], 600_000)).toEqual([300, 60])
  })

  it('count only those under way', () => {
    expect(gapsS([drive(0).slice(0, 1), drive(300_000)], 600_000)).toEqual([])
  })
})

describe('labels along an axis', () => {
  it('keep apart, and the ends are there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 2 }), (picks) => {
        const places = picks.toSorted((a, b) => a - b)
        const shown = shownLabels(places, 13)
        expect(shown).toContain(0)
        shown.slice(1).forEach((i, at) => expect(places[i] - places[shown[at]]).toBeGreaterThanOrEqual(13))
        if (places[places.length - 1] - places[0] >= 13) expect(shown).toContain(places.length - 1)
      }),
    )
  })
})
