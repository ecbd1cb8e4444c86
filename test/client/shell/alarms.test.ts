/** Alarms are listed as an operator looks at them, with what follows from them underneath, and said in both languages. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sayDesk } from '../../../client/language/deskWords.ts'
import { enDesk } from '../../../client/language/enDesk.ts'
import { esDesk } from '../../../client/language/esDesk.ts'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'
import { isTold, leftToRespondS, readAlarms } from '../../../client/shell/alarms.ts'
import { titleOfAlarm, valueOfAlarm } from '../../../client/shell/alarmThing.ts'
import { wordsOfKind } from '../../../client/shell/alarmWords.ts'
import {
  alarmKinds,
  kindIndex,
  owners,
  priorities,
  type AlarmKindId,
} from '../../../twin/alarms/catalogue.ts'
import { alarmActs, alarmStates, alarmTable, type AlarmState } from '../../../twin/alarms/tables.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

interface Given {
  readonly kind: AlarmKindId
  readonly state: AlarmState
  readonly cause?: number
  readonly sources?: number
  readonly value?: number
}

/** Alarms with ids 1, 2, 3 … */
function tableOf(given: readonly Given[]) {
  const table = makeTable(alarmTable, 16)
  given.forEach(({ kind, state, cause = 0, sources = 1, value = 0 }, row) => {
    table.columns.id[row] = row + 1
    table.columns.kind[row] = kindIndex(kind)
    table.columns.state[row] = alarmStates.indexOf(state)
    table.columns.cause[row] = cause
    table.columns.sources[row] = sources
    table.columns.value[row] = value
    table.columns.changedTick[row] = 500
  })
  return table
}

test('what is new comes first, then by weight, then the newest; consequences are under their cause', () => {
  const alarms = readAlarms(
    tableOf([
      { kind: 'lineLate', state: 'unacknowledged' },
      { kind: 'substationOut', state: 'acknowledged' },
      { kind: 'feederOverloaded', state: 'unacknowledged' },
      { kind: 'signalsDark', state: 'consequence', cause: 2, sources: 12 },
      { kind: 'voltageLow', state: 'shelved' },
      { kind: 'lineLate', state: 'unacknowledged' },
      { kind: 'streetQueued', state: 'consequence', cause: 77 },
    ]),
  )
  expect(alarms.map(({ id }) => id)).toEqual([3, 6, 1, 2, 5, 7])
  expect(alarms[3].consequences.map(({ id }) => id)).toEqual([4])
  expect(alarms.filter(isTold).map(({ id }) => id)).toEqual([3, 6, 1, 2])
})

test('the time to respond runs from the moment it was told', () => {
  const [alarm] = readAlarms(tableOf([{ kind: 'substationOut', state: 'unacknowledged' }]))
  expect(leftToRespondS(alarm, 500)).toBe(300)
  expect(leftToRespondS(alarm, 500 + 400 * 50)).toBe(-100)
})

test.each([
  ['substationOut', 1, 1200, 'North is out', '1,200 customers'],
  ['substationOut', 4, 9000, '4 substations are out', '9,000 customers'],
  ['streetQueued', 1, 2500, 'is queued up', '2.5 km'],
  ['lineLate', 1, 1500, 'Line 1 runs late', '25 min'],
  ['signalsDark', 3, 3, '3 signals are dark', ''],
] as const)('%s of %i is said by name, with its value', (kind, sources, value, title, words) => {
  const [alarm] = readAlarms(tableOf([{ kind, state: 'unacknowledged', sources, value }]))
  const city = smallCity()
  if (city.grid) city.grid.substations.name[0] = 'North'
  if (city.timetable) city.timetable.routes.shortName[0] = '1'
  expect(titleOfAlarm(alarm, city)).toContain(title)
  expect(valueOfAlarm(alarm)).toBe(words)
})

describe('the words of alarms', () => {
  test('are the same in both languages, with the same values to fill in', () => {
    expect(Object.keys(esDesk)).toEqual(expect.arrayContaining(Object.keys(enDesk)))
    expect(Object.keys(esDesk)).toHaveLength(Object.keys(enDesk).length)
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
    for (const key of Object.keys(enDesk) as (keyof typeof enDesk)[])
      expect(holes(esDesk[key])).toEqual(holes(enDesk[key]))
  })

  test('say every kind, state, act, priority and owner', () => {
    for (const language of ['en', 'es'] as const) {
      setLanguage(language)
      for (const { id } of alarmKinds) {
        for (const words of Object.values(wordsOfKind(id))) expect(words).toBeTruthy()
        expect(sayDesk(`alarm.${id}`)).toBeTruthy()
        expect(sayDesk(`alarm.${id}.many`)).toContain('{n}')
      }
      for (const state of alarmStates.slice(1)) expect(sayDesk(`state.${state}`)).toBeTruthy()
      for (const act of alarmActs.slice(1)) expect(sayDesk(`act.${act}`)).toBeTruthy()
      for (const priority of priorities) expect(sayDesk(`priority.${priority}`)).toBeTruthy()
      for (const owner of Object.keys(owners) as (keyof typeof owners)[])
        expect(sayDesk(`owner.${owner}`)).toBeTruthy()
    }
    setLanguage('en')
    for (const owner of Object.keys(owners) as (keyof typeof owners)[])
      expect(sayDesk(`owner.${owner}`)).toBe(owners[owner])
  })
})
