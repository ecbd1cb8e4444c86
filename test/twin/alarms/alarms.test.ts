/** The life of an alarm: an outage with its consequences, a row that stands for many, acknowledged, shelved, over. */
import { describe, expect, test } from 'vitest'
import { ALARM_S } from '../../../twin/alarms/alarms.ts'
import { begin, overload, raisedAt, rowsOf, small } from './alarmCity.ts'
import { setSubstation } from './watchedWorld.ts'

describe('an outage', () => {
  test('is one alarm, with the customers it leaves and its dark signals under it', () => {
    const city = begin()
    setSubstation(city.watched, 2, false)
    city.pass(60)
    const [outage, ...others] = rowsOf(city.alarms)
    expect(outage).toMatchObject({ kind: 'substationOut', state: 'unacknowledged', source: 2, value: 200 })
    expect(others).toEqual([
      {
        id: outage.id + 1,
        kind: 'signalsDark',
        state: 'consequence',
        source: 12,
        sources: 6,
        cause: outage.id,
        value: 6,
      },
    ])
    expect(raisedAt(city.alarms)).toHaveLength(1)
  })

  test('takes the queues at its dark signals with it, until they are gone', () => {
    const city = begin()
    city.watched.links.columns.queueM[1] = 2500
    setSubstation(city.watched, 0, false)
    city.pass(600)
    const queue = () => rowsOf(city.alarms).find(({ kind }) => kind === 'streetQueued')
    expect(queue()).toMatchObject({ state: 'consequence', cause: rowsOf(city.alarms)[0].id, source: 2 })
    setSubstation(city.watched, 0, true)
    city.pass(120)
    expect(queue()).toMatchObject({ state: 'consequence' })
    city.watched.links.columns.queueM[1] = 0
    city.pass(600)
    expect(queue()).toBeUndefined()
    expect(raisedAt(city.alarms)).toHaveLength(1)
  })

  test('of a feeder is its own alarm, and no other when its substation fails as well', () => {
    const city = begin()
    city.watched.feeders.columns.customersOut[4] = 30
    city.pass(10)
    expect(rowsOf(city.alarms)).toMatchObject([{ kind: 'feederOut', source: 4, value: 30 }])
    setSubstation(city.watched, 2, false)
    city.pass(60)
    expect(rowsOf(city.alarms).map(({ kind, state }) => [kind, state])).toEqual([
      ['feederOut', 'returned'],
      ['substationOut', 'unacknowledged'],
      ['signalsDark', 'consequence'],
    ])
  })

  test('of five substations is two alarms and one that counts three more', () => {
    const city = begin()
    for (let row = 0; row < 5; row++) setSubstation(city.watched, row, false)
    city.pass(60)
    const told = rowsOf(city.alarms).filter(({ state }) => state === 'unacknowledged')
    expect(told.map(({ sources, value }) => [sources, value])).toEqual([
      [1, 200],
      [1, 200],
      [3, 600],
    ])
    const signals = rowsOf(city.alarms).filter(({ kind }) => kind === 'signalsDark')
    expect(signals.map(({ cause }) => cause)).toEqual(told.map(({ id }) => id))
  })

  test('that many have acknowledged is told anew when it is twice as large', () => {
    const city = begin({ ...small, substations: 9 })
    const stateOfMany = () => rowsOf(city.alarms).findLast(({ kind }) => kind === 'substationOut')?.state
    for (let row = 0; row < 4; row++) setSubstation(city.watched, row, false)
    city.pass(5)
    for (const { id } of rowsOf(city.alarms)) city.alarms.acknowledge(id, city.tick)
    setSubstation(city.watched, 4, false)
    city.pass(5)
    expect(stateOfMany()).toBe('acknowledged')
    setSubstation(city.watched, 5, false)
    city.pass(5)
    expect(stateOfMany()).toBe('unacknowledged')
  })
})

describe('a row that stands for many', () => {
  function sixOut(count: number) {
    const city = begin({ ...small, substations: 12 })
    for (let row = 0; row < count; row++) setSubstation(city.watched, row, false)
    city.pass(5)
    const many = () => rowsOf(city.alarms).findLast(({ kind }) => kind === 'substationOut')
    return { city, many }
  }

  test('is named by a source that is up', () => {
    const { city, many } = sixOut(4)
    expect(many()).toMatchObject({ source: 2, sources: 2 })
    setSubstation(city.watched, 2, true)
    city.pass(60)
    expect(many()).toMatchObject({ source: 3, sources: 1 })
  })

  test('on its shelf, is gone when all are over, and what comes up later is told', () => {
    const { city, many } = sixOut(4)
    city.alarms.shelve(many()!.id, 3600, city.tick)
    for (let row = 0; row < 4; row++) setSubstation(city.watched, row, true)
    city.pass(60)
    expect(rowsOf(city.alarms).filter(({ state }) => state === 'shelved')).toEqual([])
    for (const { id } of rowsOf(city.alarms)) city.alarms.acknowledge(id, city.tick)
    setSubstation(city.watched, 7, false)
    city.pass(5)
    expect(rowsOf(city.alarms)).toMatchObject([{ source: 7, state: 'unacknowledged' }])
  })

  test('on its shelf, comes off it when it has grown to twice what was shelved', () => {
    const { city, many } = sixOut(4)
    city.alarms.shelve(many()!.id, 3600, city.tick)
    setSubstation(city.watched, 5, false)
    city.pass(5)
    expect(many()).toMatchObject({ state: 'shelved', sources: 3 })
    setSubstation(city.watched, 6, false)
    city.pass(5)
    expect(many()).toMatchObject({ state: 'unacknowledged', sources: 4 })
  })
})

test('a feeder whose lines cannot carry what is asked, so that there is no solution, stays an alarm', () => {
  const city = begin()
  overload(city.watched, 3, 1.4)
  city.pass(120)
  overload(city.watched, 3, 0)
  city.watched.feeders.columns.minVoltagePu[3] = 0
  city.pass(900)
  expect(rowsOf(city.alarms).map(({ kind, state }) => [kind, state])).toEqual([
    ['feederOverloaded', 'unacknowledged'],
    ['voltageLow', 'unacknowledged'],
  ])
})

describe('the life of an alarm', () => {
  test.each([
    ['seen and then over', ['see', 'end'], ['acknowledged', undefined]],
    ['over and then seen', ['end', 'see'], ['returned', undefined]],
    [
      'over, and up again before anybody saw it',
      ['end', 'begin', 'see'],
      ['returned', 'unacknowledged', 'acknowledged'],
    ],
    ['shelved, and over when the shelf ends', ['shelve', 'end', 'wait'], ['shelved', 'shelved', undefined]],
    ['shelved, and up still when the shelf ends', ['shelve', 'wait'], ['shelved', 'unacknowledged']],
    ['taken off the shelf by hand', ['shelve', 'unshelve'], ['shelved', 'unacknowledged']],
  ])('%s', (_, acts, states) => {
    const city = begin()
    overload(city.watched, 3, 1.2)
    city.pass(120)
    const [{ id, state }] = rowsOf(city.alarms)
    expect(state).toBe('unacknowledged')
    acts.forEach((act, i) => {
      if (act === 'see') city.alarms.acknowledge(id, city.tick)
      else if (act === 'shelve') city.alarms.shelve(id, 600, city.tick)
      else if (act === 'unshelve') city.alarms.shelve(id, 0, city.tick)
      else if (act === 'wait') city.pass(900)
      else {
        overload(city.watched, 3, act === 'end' ? 0.5 : 1.2)
        city.pass(300)
      }
      expect(rowsOf(city.alarms)[0]?.state).toBe(states[i])
    })
  })

  test('W12: cannot be shelved for longer than a shift, and words about an alarm that is gone do nothing', () => {
    const city = begin()
    overload(city.watched, 3, 1.2)
    city.pass(120)
    const [{ id }] = rowsOf(city.alarms)
    city.alarms.shelve(id, 1e9, city.tick)
    city.pass(8 * 3600 + ALARM_S)
    expect(rowsOf(city.alarms)[0].state).toBe('unacknowledged')
    const before = city.alarms.save()
    city.alarms.acknowledge(id + 1, city.tick)
    city.alarms.acknowledge(0, city.tick)
    city.alarms.shelve(id + 1, 60, city.tick)
    expect(city.alarms.save()).toEqual(before)
  })
})
