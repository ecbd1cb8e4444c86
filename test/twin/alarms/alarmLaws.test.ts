/** What holds of alarms whatever happens: never too many, none lost, forks alike; and their own statistics. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALARM_S, makeAlarms } from '../../../twin/alarms/alarms.ts'
import { kindIndex } from '../../../twin/alarms/catalogue.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { randomIndex } from '../../../twin/kernel/random.ts'
import { begin, LOOK, overload, raisedAt, rowsOf, small } from './alarmCity.ts'
import { setSubstation } from './watchedWorld.ts'

describe('W11: a flood', () => {
  const large = { substations: 20, feeders: 10, signals: 4, streets: 400, routes: 60, services: 8 }

  test('of ten thousand events in ten minutes is ten alarms at most, and everything that is up is told of or waits', () => {
    const city = begin(large)
    const { feeders, links, buses, substations } = city.watched
    let events = 0
    const toggle = (column: { [row: number]: number; length: number }, bad: number, good: number) => {
      const row = randomIndex(column.length, 20_241, events)
      column[row] = column[row] === bad ? good : bad
      events++
    }
    for (let look = 0; look < 120; look++) {
      for (let n = 0; n < 28; n++) {
        toggle(feeders.columns.customersOut, 50, 0)
        toggle(feeders.columns.loadingRatio, 1.5, 0.4)
        toggle(links.columns.queueM, 3000, 0)
      }
      if (look % 4 === 0) {
        for (let bus = 0; bus < buses.rows; bus++) buses.columns.delayS[bus] = 2000
        const row = randomIndex(substations.rows, 20_241, look)
        setSubstation(city.watched, row, substations.columns.isInService[row] === 0)
        events += 40
      }
      city.pass(ALARM_S)
    }
    expect(events).toBeGreaterThan(10_000)
    // of the journal's ring the flood has overwritten the beginning
    const [told] = city.alarms.tables[2].columns['lastHour']
    expect(told).toBeLessThanOrEqual(10)
    expect(told).toBeGreaterThan(5)
    const waiting = rowsOf(city.alarms).filter(({ state }) => state === 'held')
    expect(waiting.length).toBeGreaterThan(0)
  })

  test('leaves room for what is grave', () => {
    const city = begin(large)
    for (let bus = 0; bus < city.watched.buses.rows; bus++) city.watched.buses.columns.delayS[bus] = 2000
    city.watched.links.columns.queueM.fill(3000)
    city.watched.feeders.columns.loadingRatio.fill(1.5)
    city.watched.feeders.columns.minVoltagePu.fill(0.8)
    city.pass(540)
    expect(raisedAt(city.alarms).length).toBeLessThanOrEqual(8)
    setSubstation(city.watched, 7, false)
    city.pass(ALARM_S)
    const outage = rowsOf(city.alarms).find(({ kind }) => kind === 'substationOut')
    expect(outage?.state).toBe('unacknowledged')
  })
})

test('a row that grew before it was acknowledged is not told again for what was seen', () => {
  const city = begin({ ...small, substations: 12 })
  const many = () => rowsOf(city.alarms).findLast(({ kind }) => kind === 'substationOut')!
  for (let row = 0; row < 3; row++) setSubstation(city.watched, row, false)
  city.pass(5)
  for (let row = 3; row < 6; row++) setSubstation(city.watched, row, false)
  city.pass(5)
  city.alarms.acknowledge(many().id, city.tick)
  city.pass(60)
  expect(many()).toMatchObject({ state: 'acknowledged', sources: 4 })
})

describe('what was told and not seen', () => {
  test('stays to be seen, though it came and went again in a flood', () => {
    const city = begin({ ...small, substations: 12, routes: 20 })
    city.watched.buses.columns.delayS.fill(2000, 0, 3)
    city.pass(600)
    const line = () => rowsOf(city.alarms).find(({ kind }) => kind === 'lineLate')
    expect(line()?.state).toBe('unacknowledged')
    city.watched.buses.columns.delayS.fill(0)
    city.pass(600)
    expect(line()?.state).toBe('returned')
    for (let row = 0; row < 3; row++) setSubstation(city.watched, row, false)
    for (let feeder = 8; feeder < 12; feeder++) overload(city.watched, feeder, 1.3)
    city.pass(120)
    city.watched.buses.columns.delayS.fill(2000, 0, 3)
    city.pass(330)
    expect(line()?.state).toBe('held')
    city.watched.buses.columns.delayS.fill(0)
    city.pass(600)
    expect(line()?.state).toBe('returned')
  })

  test('a substation that comes and goes does not keep another from being told', () => {
    const city = begin({ ...small, substations: 12 })
    for (let minute = 0; minute < 30; minute++) {
      if (minute === 14) setSubstation(city.watched, 5, false)
      setSubstation(city.watched, 0, false)
      city.pass(20)
      setSubstation(city.watched, 0, true)
      city.pass(35)
    }
    const other = rowsOf(city.alarms).find(({ source, kind }) => kind === 'substationOut' && source === 5)
    expect(other?.state).toBe('unacknowledged')
  })
})

/** What may happen to a city between two looks. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('substation' as const), row: fc.nat(4), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('feeder' as const), row: fc.nat(9), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('queue' as const), row: fc.nat(11), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('line' as const), row: fc.nat(2), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('see' as const), row: fc.nat(20), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('shelve' as const), row: fc.nat(20), isOn: fc.boolean() }),
  fc.record({ what: fc.constant('wait' as const), row: fc.nat(90), isOn: fc.boolean() }),
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function happen(city: ReturnType<typeof begin>, { what, row, isOn }: Happening): void {
  const { watched, alarms } = city
  if (what === 'substation') setSubstation(watched, row, isOn)
  else if (what === 'feeder') overload(watched, row, isOn ? 0.5 : 1.2)
  else if (what === 'queue') watched.links.columns.queueM[row] = isOn ? 0 : 2500
  else if (what === 'line') watched.buses.columns.delayS.fill(isOn ? 0 : 2000, row * 3, row * 3 + 3)
  else if (what === 'see') alarms.acknowledge(row, city.tick)
  else if (what === 'shelve') alarms.shelve(row, isOn ? 0 : 300, city.tick)
  else city.pass(row * ALARM_S)
  city.pass(ALARM_S)
}

test('whatever happens: ids differ, no ten minutes tell of more than ten, causes are of outages, and what is up has its row', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
      const city = begin()
      for (const one of happenings) happen(city, one)
      const rows = rowsOf(city.alarms)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      const raised = raisedAt(city.alarms)
      for (const at of raised)
        expect(
          raised.filter((other) => other > at - 600 * TICKS_PER_S && other <= at).length,
        ).toBeLessThanOrEqual(10)
      for (const { state, cause } of rows) expect(state === 'consequence').toBe(cause !== 0)
      for (const { state, sources } of rows)
        expect(sources > 0 || state === 'shelved' || state === 'returned').toBe(true)
      city.watched.substations.columns.isInService.forEach((isIn, row) => {
        if (isIn === 1) return
        const own = rows.some(
          ({ kind, source, sources }) => kind === 'substationOut' && (source === row || sources > 1),
        )
        const many = rows.filter(({ kind }) => kind === 'substationOut').length > 2
        expect(own || many).toBe(true)
      })
    }),
  )
})

test('a fork goes on as its parent does, and a state from before there were alarms begins anew', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 30 }),
      fc.array(happening, { maxLength: 15 }),
      (before, after) => {
        const parent = begin()
        for (const one of before) happen(parent, one)
        const fork = { ...begin(), watched: parent.watched, tick: parent.tick }
        const forked = makeAlarms(parent.watched)
        forked.load(parent.alarms.save())
        expect(forked.save()).toEqual(parent.alarms.save())
        for (const one of after.filter(({ what }) => what !== 'wait')) {
          happen(parent, one)
          // the same world, so that only what the alarms themselves know can differ
          if (one.what === 'see') forked.acknowledge(one.row, fork.tick)
          else if (one.what === 'shelve') forked.shelve(one.row, one.isOn ? 0 : 300, fork.tick)
          forked.look((fork.tick += LOOK))
        }
        expect(forked.save()).toEqual(parent.alarms.save())
        forked.load({})
        expect(forked.save()).toEqual(makeAlarms(parent.watched).save())
      },
    ),
    { numRuns: 40 },
  )
})

test('W11: statistics count what was told, by priority, and find what chatters and what is stale', () => {
  const city = begin()
  for (let times = 0; times < 6; times++) {
    overload(city.watched, 0, 1.2)
    city.pass(90)
    overload(city.watched, 0, 0.5)
    city.pass(150)
  }
  setSubstation(city.watched, 1, false)
  city.pass(60)
  const { lastHour, lastDay, high, critical, medium, chattering, mostInTenMinutes, stale } =
    city.alarms.tables[2].columns
  expect([lastHour[0], lastDay[0]]).toEqual([7, 7])
  expect([critical[0], high[0], medium[0]]).toEqual([1, 6, 0])
  expect(chattering[0]).toBe(1)
  // of the twenty minutes; the dark signals are told under their outage, and count for nothing
  expect(mostInTenMinutes[0]).toBeGreaterThanOrEqual(2)
  expect(mostInTenMinutes[0]).toBeLessThanOrEqual(4)
  city.pass(25 * 3600)
  expect(stale[0]).toBe(1)
  expect(lastDay[0]).toBe(0)
  expect(kindIndex('substationOut')).toBe(0)
})
