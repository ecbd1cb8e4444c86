/** The whole twin on a small town: domains act on each other, commands are checked, events do not flood, days can be begun in the middle. */
import { beforeAll, describe, expect, test } from 'vitest'
import { alarmTable } from '../../twin/alarms/tables.ts'
import { eventKinds, type EventKind } from '../../twin/events.ts'
import { publishedTables } from '../../twin/domains.ts'
import type { Table } from '../../twin/kernel/table.ts'
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { compareTwins } from '../../twin/scenario/compare.ts'
import { NO_TRIP } from '../../twin/transit/tables.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const city = smallCity()
const at = (hour: number) => ({
  seed: 5,
  startMs: Date.UTC(2024, 2, 12, hour + 3),
  utcOffsetS: -3 * 3600,
})

function indicator(twin: Twin, id: IndicatorId): number {
  const table = twin.tables.find(({ spec }) => spec.name === 'objectives.indicators')!
  return table.columns.value[indicators.findIndex((one) => one.id === id)]
}

function alarmsOf(twin: Twin): Table<typeof alarmTable.columns> {
  return twin.tables.find(({ spec }) => spec.name === alarmTable.name) as never
}

function eventsOf(twin: Twin, kind: EventKind): { row: number; value: number }[] {
  const { columns } = twin.events.table
  const rows = Array.from({ length: Math.min(twin.events.count, 512) }, (_, row) => row)
  return rows
    .filter((row) => eventKinds[columns.kind[row]] === kind)
    .map((row) => ({ row: columns.row[row], value: columns.value[row] }))
}

function fork(parent: Twin): Twin {
  const twin = createTwin(parent.city, at(17))
  twin.load(parent.save())
  return twin
}

describe('a twin', () => {
  test('publishes every table in the order of the wire, empty where the city has none', () => {
    const bare = createTwin(
      { ...city, grid: undefined, timetable: undefined, services: undefined, weather: undefined },
      at(8),
    )
    bare.advance(600)
    expect(bare.tables.map(({ spec }) => spec)).toEqual(publishedTables)
    const rowsOf = (name: string) => bare.tables.find(({ spec }) => spec.name === name)!.rows
    expect(rowsOf('power.feeders') + rowsOf('transit.vehicles')).toBe(0)
    expect(indicator(bare, 'onTimeRatio')).toBe(1)
    expect(indicator(bare, 'vehicles')).toBeGreaterThan(0)
  })

  test('refuses commands for rows that are not there, saying what came and what was due', () => {
    const twin = createTwin(city, at(8))
    expect(() => twin.command({ kind: 'setLinkClosed', link: 1e6, isClosed: true })).toThrow(
      'command: link is 1000000, expected a row from 0 to 167',
    )
    expect(() => twin.command({ kind: 'setBreakerOpen', breaker: -1, isOpen: true })).toThrow(RangeError)
    expect(() => twin.command({ kind: 'setBreakerOpen', breaker: 0.5, isOpen: true })).toThrow(RangeError)
    expect(() => twin.command({ kind: 'setSubstationInService', substation: 2, isInService: false })).toThrow(
      RangeError,
    )
    expect(() => twin.command({ kind: 'fileRequest', service: 0, xM: NaN, yM: 0 })).toThrow(RangeError)
  })

  test('refuses a state that began at another moment, or of another city', () => {
    const state = createTwin(city, at(8)).save()
    expect(() => createTwin(city, at(9)).load(state)).toThrow('saved state: began at')
    expect(() => createTwin(smallCity({ side: 5 }), at(8)).load(state)).toThrow('saved state')
  })

  test('holds no number that is none, after an hour', () => {
    const twin = createTwin(city, at(8))
    twin.advance(3600)
    const broken = twin.tables.flatMap((table: Table) =>
      Object.entries(table.columns)
        .filter(([, column]) => Array.from(column.subarray(0, table.rows)).some(Number.isNaN))
        .map(([name]) => `${table.spec.name}.${name}`),
    )
    expect(broken).toEqual([])
  })

  test('runs its buses by the timetable and counts every trip', () => {
    const twin = createTwin(city, at(8))
    twin.advance(3600)
    const [begun, ended, refused] = twin.transit.counts
    const onRoad = twin.transit.vehicles.columns.trip.filter((trip) => trip !== 0xffffffff).length
    expect(begun).toBe(12)
    expect(refused).toBe(0)
    expect(ended + onRoad).toBe(begun)
    expect(Math.abs(indicator(twin, 'meanDelayS'))).toBeLessThan(120)
  })

  test('keeps a closed street empty and tells of the closure', () => {
    const twin = createTwin(city, at(8))
    twin.advance(900)
    twin.command({ kind: 'setLinkClosed', link: 20, isClosed: true })
    twin.advance(900)
    expect(twin.traffic.links.columns.vehicles[20]).toBe(0)
    expect(eventsOf(twin, 'linkClosed')).toEqual([{ row: 20, value: 0 }])
  })
})

describe('a substation out of service', () => {
  let base: Twin
  let dark: Twin

  beforeAll(() => {
    base = createTwin(city, at(17))
    base.advance(900)
    dark = fork(base)
    dark.command({ kind: 'setSubstationInService', substation: 0, isInService: false })
    base.advance(900)
    dark.advance(900)
  })

  test('leaves its customers dark and tells how many, once', () => {
    expect(indicator(base, 'customersOut')).toBe(0)
    expect(indicator(dark, 'customersOut')).toBe(1200)
    expect(eventsOf(dark, 'substationOut')).toEqual([{ row: 0, value: 1200 }])
  })

  test('darkens the signals it feeds, as one event with their number', () => {
    const count = indicator(dark, 'darkSignals')
    expect(count).toBeGreaterThan(0)
    expect(indicator(base, 'darkSignals')).toBe(0)
    expect(eventsOf(dark, 'signalsDark').map(({ value }) => value)).toEqual([count])
  })

  test('brings in reports, at most one a transformer, told in few events', () => {
    const { cause, status } = dark.reports.requests.columns
    const outages = cause.filter((value, row) => value === 1 && status[row] > 0).length
    expect(outages).toBeGreaterThan(3)
    expect(outages).toBeLessThanOrEqual(12)
    expect(eventsOf(dark, 'requestOpened').length).toBeLessThan(12)
    expect(indicator(dark, 'openRequests')).toBeGreaterThan(indicator(base, 'openRequests'))
  })

  test('is over when it comes back: lights on, reports fixed', () => {
    const back = fork(dark)
    back.command({ kind: 'setSubstationInService', substation: 0, isInService: true })
    back.advance(60)
    expect(indicator(back, 'customersOut')).toBe(0)
    expect(indicator(back, 'darkSignals')).toBe(0)
    expect(eventsOf(back, 'signalsBack')).toHaveLength(1)
    const { cause, status } = back.reports.requests.columns
    expect(cause.some((value, row) => value === 1 && status[row] >= 1 && status[row] <= 3)).toBe(false)
  })

  test('is one alarm, which is seen and is over when the lights are back', () => {
    const { columns } = alarmsOf(dark)
    const told = () => Array.from(columns.state).filter((state) => state === 1 || state === 2)
    expect(alarmsOf(base).columns.id.some((id) => id > 0)).toBe(false)
    expect(told()).toEqual([1])
    const seen = fork(dark)
    const row = alarmsOf(seen).columns.state.indexOf(1)
    seen.command({ kind: 'acknowledgeAlarm', alarm: alarmsOf(seen).columns.id[row] })
    seen.advance(1)
    expect(alarmsOf(seen).columns.state[row]).toBe(2)
    seen.command({ kind: 'setSubstationInService', substation: 0, isInService: true })
    seen.advance(60)
    expect(alarmsOf(seen).columns.state[row]).toBe(0)
  })

  test('shows in the comparison of the two twins', () => {
    const { indicators: pairs } = compareTwins(dark.clock.tick, base.tables, dark.tables)
    expect(pairs.find(({ id }) => id === 'customersOut')).toEqual({
      id: 'customersOut',
      base: 0,
      edited: 1200,
    })
  })
})

describe('the comparison of two twins', () => {
  test('counts trip by trip who runs a minute later and who earlier, and no one who is in one twin alone', () => {
    const twins = [0, 1].map(() => {
      const twin = createTwin(city, at(8))
      twin.advance(1)
      return twin
    })
    const delays = [
      [0, 60, 100, 0, -5],
      [59, 120, 40, 300, -70],
    ]
    const trips = [
      [1, 2, 3, NO_TRIP, 5],
      [1, 2, 3, 4, 5],
    ]
    twins.forEach(({ transit }, side) => {
      const { trip, delayS } = transit.vehicles.columns
      expect(trip.length).toBeGreaterThanOrEqual(5)
      trip.fill(NO_TRIP)
      trip.set(trips[side])
      delayS.set(delays[side])
    })
    const { buses } = compareTwins(50, twins[0].tables, twins[1].tables)
    expect(buses).toEqual({ later: 1, earlier: 2 })
  })
})

describe('a scenario', () => {
  test('without an edit equals the untouched twin exactly', () => {
    const base = createTwin(city, at(17))
    base.advance(600)
    const edited = fork(base)
    base.advance(600)
    edited.advance(600)
    const { indicators: pairs } = compareTwins(base.clock.tick, base.tables, edited.tables)
    expect(pairs.filter((pair) => pair.base !== pair.edited)).toEqual([])
    expect(edited.hash()).toBe(base.hash())
  })
})
