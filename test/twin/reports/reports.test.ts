/** Service requests: their law, their life, their causes, and a fork of them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { City } from '../../../twin/city.ts'
import { TICKS_PER_S, type Clock } from '../../../twin/kernel/clock.ts'
import { hourFactor, stageS, timeToFixS } from '../../../twin/reports/life.ts'
import { createReports, type Reports } from '../../../twin/reports/reports.ts'
import { requestCauses, requestStatuses } from '../../../twin/reports/tables.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const FIXED = requestStatuses.indexOf('fixed')
const CLOSED = requestStatuses.indexOf('closed')
const NONE = requestStatuses.indexOf('none')
const PERSON = requestCauses.indexOf('person')

const clockAt = (tick = 0): Clock => ({ tick, startMs: Date.UTC(2024, 2, 12, 15), utcOffsetS: -3 * 3600 })

function advance(reports: Reports, clock: Clock, seconds: number, stepS = 1): void {
  for (let s = 0; s < seconds; s += stepS) {
    clock.tick += stepS * TICKS_PER_S
    reports.step(clock)
  }
}

function openCount({ requests }: Reports): number {
  return requests.columns.status.filter((status) => status !== NONE && status < FIXED).length
}

/** A city whose only service comes often and is mended soon. */
function busyCity(perDayPer100k: number, medianHours: number): City {
  const city = smallCity({ residents: 100_000 })
  const service = { ...city.services!.services[3], perDayPer100k, medianHours }
  return { ...city, services: { services: [service] } }
}

describe('the law of requests', () => {
  test('the hours of a day have a mean factor of 1', () => {
    let sum = 0
    for (let hour = 0; hour < 24; hour++) sum += hourFactor(hour * 3600)
    expect(sum / 24).toBeCloseTo(1, 12)
  })

  test('half of all requests are fixed within the median', () => {
    let within = 0
    for (let serial = 0; serial < 4000; serial++) if (timeToFixS(5, serial, 10) <= 36_000) within++
    expect(Math.abs(within / 4000 - 0.5)).toBeLessThan(0.03)
  })

  test('the stages before the fix add up to the time to the fix, none of them negative', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(1e6),
        fc.double({ min: 0.1, max: 500, noNaN: true }),
        (seed, serial, median) => {
          const stages = [1, 2, 3].map((status) => stageS(seed, serial, median, status))
          expect(Math.min(...stages)).toBeGreaterThanOrEqual(0)
          const sum = stages[0] + stages[1] + stages[2]
          expect(Math.abs(sum / timeToFixS(seed, serial, median) - 1)).toBeLessThan(1e-9)
        },
      ),
    )
  })
})

describe('requests by chance', () => {
  test('come at the rate of the services', () => {
    const city = busyCity(5000, 1)
    const clock = clockAt()
    const reports = createReports(city, 3, clock)
    let opened = 0
    for (let hour = 0; hour < 24; hour++) {
      advance(reports, clock, 3600, 1)
      opened += reports.takeOpened().length
    }
    // a binomial of mean 5000: five standard deviations
    expect(Math.abs(opened - 5000)).toBeLessThan(5 * Math.sqrt(5000))
  })

  test('a fresh city holds the stock of Little: rate times mean time to the fix', () => {
    const reports = createReports(busyCity(500, 24), 4, clockAt())
    const meanDays = 1 / Math.LN2
    const due = 500 * meanDays
    expect(Math.abs(openCount(reports) / due - 1)).toBeLessThan(0.15)
  })

  test('lie on the streets of the city', () => {
    const city = busyCity(500, 24)
    const { requests } = createReports(city, 4, clockAt())
    const mostM = Math.max(...city.network.nodes.xM)
    for (let row = 0; row < requests.rows; row++) {
      if (requests.columns.status[row] === NONE) continue
      const x = requests.columns.xM[row]
      const y = requests.columns.yM[row]
      const isOnStreet = (v: number) => Math.abs(v / 250 - Math.round(v / 250)) < 1e-6
      expect(x >= 0 && x <= mostM && y >= 0 && y <= mostM).toBe(true)
      expect(isOnStreet(x) || isOnStreet(y)).toBe(true)
    }
  })

  test('a city without services has none', () => {
    const clock = clockAt()
    const reports = createReports({ ...smallCity(), services: undefined }, 1, clock)
    advance(reports, clock, 3600, 10)
    expect(openCount(reports)).toBe(0)
    expect(reports.causeAt({ kind: 'outage', source: 1, xM: 0, yM: 0, ratePerH: 1e9 }, 1, clock)).toBe(false)
  })
})

describe('the life of a request', () => {
  test('statuses move only forward and times never back', () => {
    const clock = clockAt()
    const reports = createReports(busyCity(2000, 1), 6, clock)
    const { status, openedTick, updatedTick } = reports.requests.columns
    let wrong = 0
    let before = status.slice()
    let openedBefore = openedTick.slice()
    for (let i = 0; i < 200; i++) {
      advance(reports, clock, 300, 60)
      for (let row = 0; row < status.length; row++) {
        const isSame = openedTick[row] === openedBefore[row] && before[row] !== NONE
        if (isSame && status[row] < before[row]) wrong++
        if (updatedTick[row] < openedTick[row] || updatedTick[row] > clock.tick) wrong++
      }
      before = status.slice()
      openedBefore = openedTick.slice()
    }
    expect(wrong).toBe(0)
  })

  test('a person’s open request is never overwritten, however many come', () => {
    const clock = clockAt()
    const reports = createReports(busyCity(20_000, 1000), 6, clock)
    const row = reports.fileRequest(0, 12, 34, clock)
    advance(reports, clock, 3600, 1)
    expect(reports.requests.columns.status.some((status) => status === NONE)).toBe(false)
    expect(reports.requests.columns.cause[row]).toBe(PERSON)
    expect(reports.requests.columns.xM[row]).toBe(12)
  })

  test('closing a person’s request is told once', () => {
    const clock = clockAt()
    const reports = createReports(busyCity(1, 1), 6, clock)
    const row = reports.fileRequest(0, 1, 2, clock)
    let told: number[] = []
    for (let hour = 0; hour < 100; hour++) {
      advance(reports, clock, 3600, 60)
      told = [...told, ...reports.takeClosed()]
    }
    expect(told).toEqual([row])
    expect(reports.requests.columns.status[row]).toBe(CLOSED)
  })
})

describe('a person’s request in a desk’s hand', () => {
  const words = fc.array(fc.integer({ min: 2, max: CLOSED }), { minLength: 1, maxLength: 8 })
  const filed = () => {
    const clock = clockAt()
    const reports = createReports(busyCity(1, 0.1), 6, clock)
    return { clock, reports, row: reports.fileRequest(0, 1, 2, clock) }
  }

  test('is as far as the furthest word said of it, in any order, and moves by nothing else', () => {
    fc.assert(
      fc.property(words, fc.boolean(), (said, waits) => {
        const { clock, reports, row } = filed()
        const { status } = reports.requests.columns
        said.forEach((word, i) => {
          const before = status[row]
          reports.setByDesk(row, 0, word, clock)
          expect(status[row]).toBe(Math.max(before, word))
          // so long that by itself it would be closed
          if (waits) advance(reports, clock, 200_000, 10_000)
          expect(status[row]).toBe(Math.max(...said.slice(0, i + 1)))
        })
        expect(reports.takeClosed()).toEqual(said.includes(CLOSED) ? [row] : [])
      }),
      { numRuns: 50 },
    )
  })

  test('that is told the same again is the same, to the byte, also in a fork', () => {
    fc.assert(
      fc.property(words, (said) => {
        const { clock, reports, row } = filed()
        for (const word of said) reports.setByDesk(row, 0, word, clock)
        const saved = reports.save()
        const fork = createReports(busyCity(1, 0.1), 6, clockAt())
        fork.load(saved)
        clock.tick += TICKS_PER_S
        for (const word of said) {
          expect(reports.setByDesk(row, 0, word, clock)).toBe(false)
          expect(fork.setByDesk(row, 0, word, clock)).toBe(false)
        }
        expect(reports.save()).toEqual(saved)
        expect(fork.save()).toEqual(saved)
      }),
      { numRuns: 30 },
    )
  })

  test('is a person’s, and the one that was meant: another in its row is left alone', () => {
    const { clock, reports, row } = filed()
    clock.tick += TICKS_PER_S
    reports.causeAt({ kind: 'outage', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)
    const before = reports.save()
    expect(reports.setByDesk(row, TICKS_PER_S, CLOSED, clock)).toBe(false)
    for (const other of [row - 1, row + 1, 5000, 0xffffffff])
      expect(reports.setByDesk(other, clock.tick, CLOSED, clock)).toBe(false)
    expect(reports.save()).toEqual(before)
  })

  test('that had gone further by itself stays there, and is held there', () => {
    const { clock, reports, row } = filed()
    const { status } = reports.requests.columns
    while (status[row] < FIXED) advance(reports, clock, 60, 10)
    expect(reports.setByDesk(row, 0, 2, clock)).toBe(false)
    advance(reports, clock, 400_000, 10_000)
    expect(status[row]).toBe(FIXED)
  })
})

describe('requests by a cause', () => {
  test('one thing has at most one open request of a cause', () => {
    const clock = clockAt()
    const reports = createReports(smallCity(), 2, clock)
    expect(reports.causeAt({ kind: 'outage', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)).toBe(true)
    expect(reports.causeAt({ kind: 'outage', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)).toBe(false)
    expect(reports.causeAt({ kind: 'darkSignal', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)).toBe(
      true,
    )
  })

  test('are fixed when the cause has gone, and may come again', () => {
    const clock = clockAt()
    const reports = createReports(smallCity(), 2, clock)
    reports.causeAt({ kind: 'outage', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)
    const [row] = reports.takeOpened()
    reports.causeEnded('outage', 7, clock)
    expect(reports.requests.columns.status[row]).toBe(FIXED)
    expect(reports.causeAt({ kind: 'outage', source: 7, xM: 1, yM: 2, ratePerH: 1e9 }, 1, clock)).toBe(true)
  })

  test('come after a wait of one over the rate on average', () => {
    const clock = clockAt()
    const reports = createReports(smallCity(), 2, clock)
    let waited = 0
    for (let source = 0; source < 400; source++) {
      let isOpen = false
      while (!isOpen) {
        clock.tick += TICKS_PER_S
        waited++
        isOpen = reports.causeAt({ kind: 'queue', source: source, xM: 0, yM: 0, ratePerH: 60 }, 1, clock)
      }
    }
    expect(Math.abs(waited / 400 / 60 - 1)).toBeLessThan(0.2)
  })
})

test('a saved and loaded domain goes on like its parent', () => {
  const city = busyCity(3000, 2)
  const clock = clockAt()
  const parent = createReports(city, 9, clock)
  advance(parent, clock, 1800)
  parent.causeAt({ kind: 'outage', source: 3, xM: 0, yM: 0, ratePerH: 1e9 }, 1, clock)
  const forkClock = { ...clock }
  const fork = createReports(city, 9, clockAt())
  fork.load(parent.save())
  advance(parent, clock, 1800)
  advance(fork, forkClock, 1800)
  expect(parent.causeAt({ kind: 'outage', source: 3, xM: 0, yM: 0, ratePerH: 1e9 }, 1, clock)).toBe(
    fork.causeAt({ kind: 'outage', source: 3, xM: 0, yM: 0, ratePerH: 1e9 }, 1, forkClock),
  )
  expect(fork.save()).toEqual(parent.save())
})
