/** What is told to people: thresholds with room between in and out, and few events for much. */
import { expect, test } from 'vitest'
import { eventKinds, makeEventLog, type EventLog } from '../../twin/events.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { requestCauses, requestTable } from '../../twin/reports/tables.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { makeWatch } from '../../twin/watch.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const { network } = smallCity()
const MAIN = 30
const noBuses = makeTable(transitVehicleTable, 0)

function told(log: EventLog): [kind: string, row: number, value: number][] {
  const { kind, row, value } = log.table.columns
  return Array.from({ length: log.count }, (_, i) => [eventKinds[kind[i]], row[i], value[i]])
}

test('a queue is told once, when it becomes long, and again only after it was short', () => {
  const log = makeEventLog()
  const watch = makeWatch(log, network, MAIN, 0)
  const links = makeTable(linkTable, MAIN)
  for (const queueM of [100, 190, 150, 200, 100, 190, 40, 190]) {
    links.columns.queueM[3] = queueM
    watch.look(links.columns, noBuses, 0)
  }
  expect(told(log)).toEqual([
    ['queueLong', 3, 190],
    ['queueLong', 3, 190],
  ])
})

test('of many queues at once the worst is told', () => {
  const log = makeEventLog()
  const watch = makeWatch(log, network, MAIN, 0)
  const links = makeTable(linkTable, MAIN)
  for (let link = 0; link < MAIN; link++) links.columns.queueM[link] = 180 + link
  watch.look(links.columns, noBuses, 0)
  expect(told(log)).toEqual([['queueLong', MAIN - 1, 180 + MAIN - 1]])
  expect(watch.isLongQueue.every((isLong) => isLong === 1)).toBe(true)
})

test('a very late bus is told once, by its trip', () => {
  const log = makeEventLog()
  const watch = makeWatch(log, network, 0, 2)
  const links = makeTable(linkTable, 0)
  const buses = makeTable(transitVehicleTable, 2)
  buses.columns.trip[1] = 7
  for (const delayS of [300, 950, 700, 1000, 500, 901]) {
    buses.columns.delayS[1] = delayS
    watch.look(links.columns, buses, 0)
  }
  expect(told(log)).toEqual([
    ['busLate', 7, 950],
    ['busLate', 7, 901],
  ])
})

test('a hundred requests of one cause are two events; each of a person is one', () => {
  const log = makeEventLog()
  const watch = makeWatch(log, network, 0, 0)
  const { columns } = makeTable(requestTable, 200)
  columns.cause.fill(requestCauses.indexOf('outage'), 0, 100)
  columns.cause.fill(requestCauses.indexOf('person'), 100, 103)
  for (let second = 0; second < 100; second++) watch.tellRequests(columns, [second], [], second * 50)
  watch.tellRequests(columns, [0], [], 301 * 50)
  watch.tellRequests(columns, [100, 101, 102], [100], 302 * 50)
  expect(told(log)).toEqual([
    ['requestOpened', 0, 1],
    ['requestOpened', 0, 100],
    ['requestOpened', 100, 1],
    ['requestOpened', 101, 1],
    ['requestOpened', 102, 1],
    ['requestClosed', 100, 1],
  ])
})

test('no signals, no event', () => {
  const log = makeEventLog()
  const watch = makeWatch(log, network, 0, 0)
  watch.tellSignals([], true, 0)
  watch.tellSignals([4, 7, 9], true, 0)
  watch.tellSignals([4], false, 0)
  expect(told(log)).toEqual([
    ['signalsDark', 4, 3],
    ['signalsBack', 4, 1],
  ])
})
