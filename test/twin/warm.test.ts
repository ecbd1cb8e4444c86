/** A city begun in the middle of a day holds what a whole day's run holds at that time; the files behind it come back as written. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { runNormalDays } from '../../twin/normalDays.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { createWarmTwin, mixTraffic, warmStateOf } from '../../twin/warm.ts'
import { readWarm, writeWarm, type WarmDay } from '../../twin/warmFile.ts'
import { indicators } from '../../twin/objectives/indicators.ts'
import {
  readYesterday,
  writeYesterday,
  yesterdayOf,
  YESTERDAY_STEPS,
  type Yesterday,
} from '../../twin/yesterday.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const city = smallCity({ side: 5, residents: 20_000 })
const WEDNESDAY_MS = Date.UTC(2024, 4, 1)
const SUNDAY_MS = Date.UTC(2024, 4, 5)
const utcOffsetS = 0

let warm: WarmDay
let yesterday: Yesterday

beforeAll(() => {
  const days = runNormalDays(city, utcOffsetS, () => undefined)
  warm = readWarm(writeWarm(days.warm))
  yesterday = readYesterday(writeYesterday(days.yesterday))
}, 60_000)

const inside = (twin: Twin) => twin.traffic.counts().inside

describe('a warm start', () => {
  test('holds the vehicles of a full day’s run at that time', () => {
    const full = createTwin(city, { startMs: WEDNESDAY_MS + 5 * 3_600_000, utcOffsetS })
    const off = [8, 8.25, 9.9, 12.4].map((hour) => {
      full.advance(Math.round((hour - 5) * 3600) - full.clock.tick / 50)
      const begun = createWarmTwin(city, warm, { startMs: WEDNESDAY_MS + hour * 3_600_000, utcOffsetS })
      expect(begun.clock.startMs + begun.clock.tick * 20).toBe(WEDNESDAY_MS + hour * 3_600_000)
      // a town of some dozens of vehicles: 10 %, or two standard deviations of so small a number
      const due = inside(full)
      return Math.abs(inside(begun) - due) / Math.max(0.1 * due, 2 * Math.sqrt(due))
    })
    expect(Math.max(...off)).toBeLessThan(1)
  })

  test('has its buses on the road, about as many as the timetable', () => {
    const full = createTwin(city, { startMs: WEDNESDAY_MS + 7 * 3_600_000, utcOffsetS })
    full.advance(3720)
    const begun = createWarmTwin(city, warm, { startMs: WEDNESDAY_MS + 8 * 3_600_000 + 120_000, utcOffsetS })
    const buses = (twin: Twin) => warmStateOf(twin).trip
    expect(buses(begun)).toEqual(buses(full))
    expect(buses(begun).length).toBeGreaterThan(0)
  })

  test('on a Sunday holds the vehicles of a Sunday', () => {
    const begun = createWarmTwin(city, warm, { startMs: SUNDAY_MS + 8 * 3_600_000, utcOffsetS })
    const weekday = createWarmTwin(city, warm, { startMs: WEDNESDAY_MS + 8 * 3_600_000, utcOffsetS })
    expect(warm.sunday[16]).toBeLessThan(0.9)
    expect(inside(begun)).toBeLessThan(inside(weekday))
  })

  test('keeps each lane in order: nobody is due to leave before the one ahead', () => {
    const twin = createWarmTwin(city, warm, { startMs: WEDNESDAY_MS + 8.2 * 3_600_000, utcOffsetS })
    const { link, lane, leftS } = twin.traffic.exportWarm()
    let wrong = 0
    for (let i = 1; i < link.length; i++) {
      if (link[i] === link[i - 1] && lane[i] === lane[i - 1] && leftS[i] < leftS[i - 1]) wrong++
    }
    expect(wrong).toBe(0)
    twin.advance(600)
    const { inserted, finished } = twin.traffic.counts()
    expect(inserted - finished).toBe(inside(twin))
  })

  test('without stored states begins on empty roads at the moment asked for', () => {
    const twin = createWarmTwin(city, undefined, { startMs: WEDNESDAY_MS, utcOffsetS })
    expect(inside(twin)).toBe(0)
    expect(twin.clock).toMatchObject({ tick: 0, startMs: WEDNESDAY_MS })
  })
})

describe('a mixture of two states', () => {
  test('has as many vehicles as lie between theirs, and is sorted like them', () => {
    const [a, b] = [warm.states[16].traffic, warm.states[35].traffic]
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1e6), (share, seed) => {
        const mixed = mixTraffic(a, b, share, 1, seed)
        const due = a.link.length * (1 - share) + b.link.length * share
        expect(Math.abs(mixed.link.length - due)).toBeLessThan(5 * Math.sqrt(due + 1))
        for (let i = 1; i < mixed.link.length; i++)
          expect(mixed.link[i]).toBeGreaterThanOrEqual(mixed.link[i - 1])
      }),
      { numRuns: 50 },
    )
  })

  test('at either end is that state', () => {
    const [a, b] = [warm.states[16].traffic, warm.states[35].traffic]
    expect(mixTraffic(a, b, 0, 1, 3)).toEqual(a)
    expect(mixTraffic(a, b, 1, 1, 3)).toEqual(b)
  })
})

describe('yesterday', () => {
  test('has every feeder, main street and indicator at every step', () => {
    const loads = yesterdayOf(yesterday, 'power.feeders', 0)!
    expect(Object.keys(loads)).toEqual(['loadW', 'minVoltagePu', 'loadingRatio'])
    expect(loads['loadW'].length).toBe(YESTERDAY_STEPS)
    expect(Math.min(...loads['loadW'])).toBeGreaterThan(0)
    const street = yesterdayOf(yesterday, 'traffic.links', 0)!
    expect(Math.min(...street['speedMps'])).toBeGreaterThan(0)
    expect(yesterdayOf(yesterday, 'objectives.indicators', 0)!['value'][100]).toBeGreaterThan(0)
  })

  test('tells the city’s load alike as an indicator and as the power system’s', () => {
    const row = indicators.findIndex(({ id }) => id === 'loadW')
    const told = yesterdayOf(yesterday, 'objectives.indicators', row)!['value']
    const { loadW } = yesterdayOf(yesterday, 'power.system', 0)!
    told.forEach((watts, step) =>
      expect(Math.abs(watts - loadW[step])).toBeLessThan(0.02 * loadW[step] + 2e5),
    )
  })

  test('refuses a value that its steps do not reach', () => {
    const values = new Float32Array(YESTERDAY_STEPS).fill(6e8)
    const series = { table: 'a', column: 'b', quantum: 0.01, rows: Uint32Array.of(0), values }
    expect(() => writeYesterday({ series: [series] })).toThrow('too far for steps of 0.01')
  })

  test('does not have what it was not given', () => {
    expect(yesterdayOf(yesterday, 'traffic.links', 1e6)).toBeUndefined()
    expect(yesterdayOf(yesterday, 'no.table', 0)).toBeUndefined()
  })

  test('comes back as written, to the quantum, great jumps included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -200_000, max: 200_000 }), {
          minLength: YESTERDAY_STEPS,
          maxLength: YESTERDAY_STEPS,
        }),
        (multiples) => {
          const values = Float32Array.from(multiples, (multiple) => multiple * 0.5)
          const series = { table: 't', column: 'c', quantum: 0.5, rows: Uint32Array.of(7), values }
          expect(readYesterday(writeYesterday({ series: [series] })).series).toEqual([series])
        },
      ),
    )
  })
})

describe('files from outside', () => {
  test('a cut or altered warm day is refused or read, and never hangs', () => {
    const bytes = writeWarm(warm)
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(255), (at, value) => {
        const altered = bytes.slice(0, at)
        if (altered.length > 4) altered[at % altered.length] = value
        expect(() => readWarm(altered)).toThrow()
      }),
      { numRuns: 60 },
    )
  })

  test('a warm day of another network is refused', () => {
    const other = smallCity({ side: 6 })
    expect(() => createWarmTwin(other, warm, { startMs: WEDNESDAY_MS, utcOffsetS })).toThrow('warm state')
  })
})
