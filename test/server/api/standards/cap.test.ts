/** Alarms as CAP alerts: no rule of the standard is broken, each is an exercise in both languages, and its circle holds all that it is about. */
import { describe, expect, it, test } from 'vitest'
import { capAlert, timeText, upAlarms } from '../../../../server/api/standards/cap/alert.ts'
import { cap } from '../../../../server/feeds/formats/cap/cap.ts'
import { alarmKinds } from '../../../../twin/alarms/catalogue.ts'
import { alarmStates, alarmTable } from '../../../../twin/alarms/tables.ts'
import { localFromLngLat } from '../../../../twin/geo/projection.ts'
import { makeTable } from '../../../../twin/kernel/table.ts'
import { feedFile, readFeed } from '../../../fixtures/feedFacts.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const clock = { startMs: Date.UTC(2026, 10, 27, 11), utcOffsetS: -10_800, tick: 30_000 }
const options = { nowMs: clock.startMs + 700_000, utcOffsetS: clock.utcOffsetS }

/** One alarm of each kind in each state, of the first thing of its kind, or of `sources`. */
function table(sources = 1) {
  const alarms = makeTable(alarmTable, alarmKinds.length * alarmStates.length)
  alarmKinds.forEach((_, kind) =>
    alarmStates.forEach((_, state) => {
      const row = kind * alarmStates.length + state
      const { columns } = alarms
      columns.id[row] = row + 1
      columns.kind[row] = kind
      columns.state[row] = state
      columns.source[row] = kind === 6 ? 1 : 0
      columns.sources[row] = sources
      columns.raisedTick[row] = row * 50
    }),
  )
  return alarms
}

describe.each([1, 12])('alarms of %d things', (sources) => {
  const alarms = upAlarms(table(sources), clock)

  it('are told while they are up, the newest first, each under an id of its own', () => {
    expect(alarms).toHaveLength(2 * alarmKinds.length)
    expect(new Set(alarms.map(({ id }) => id)).size).toBe(alarms.length)
    const raised = alarms.map(({ raisedMs }) => raisedMs)
    expect(raised).toEqual([...raised].sort((a, b) => b - a))
  })

  it.each(alarms)('$kind.id $id keeps to the standard', (alarm) => {
    const { content, rules } = readFeed(cap, feedFile(capAlert(alarm, city, clock)), options)
    expect(rules).toEqual({})
    const [notice, ...others] = content!.notices ?? []
    expect(others).toEqual([])
    expect(notice.isExercise).toBe(true)
    expect(notice.fromMs).toBe(alarm.raisedMs)
    expect(Object.keys(notice.headline).sort()).toEqual(['en', 'es'])
    for (const text of Object.values(notice.headline)) expect(text).not.toMatch(/[{}]|undefined/)
    if (sources > 1) expect(notice.headline['en']).toContain('12')
    expect(notice.text['en']).toContain(alarm.kind.consequence)
  })
})

test('the circle of a substation that is out holds every transformer below it', () => {
  const alarm = upAlarms(table(), clock).find(({ kind }) => kind.id === 'substationOut')!
  const [, lat, lng, radiusKm] = /<circle>(\S+),(\S+) (\S+)<\/circle>/.exec(capAlert(alarm, city, clock))!
  const [x, y] = localFromLngLat(city.projection, [Number(lng), Number(lat)])
  const { buses, feeders, transformers } = city.grid!
  const below = Array.from(transformers.bus).filter((bus) => feeders.substation[buses.feeder[bus]] === 0)
  expect(below.length).toBeGreaterThan(0)
  // the middle is rounded to a metre, the radius to another
  for (const bus of below)
    expect(Math.hypot(buses.xM[bus] - x, buses.yM[bus] - y)).toBeLessThanOrEqual(Number(radiusKm) * 1000 + 2)
})

test('a name of any letters is text and no markup', () => {
  const named = {
    ...city,
    grid: { ...city.grid!, substations: { ...city.grid!.substations, name: ['A & <b> $& "c"'] } },
  }
  const alarm = upAlarms(table(), clock).find(({ kind }) => kind.id === 'substationOut')!
  const { content } = readFeed(cap, feedFile(capAlert(alarm, named, clock)), options)
  expect(content!.notices![0].headline['en']).toBe('A & <b> $& "c" is out')
})

test.each([
  [0, '2026-11-27T11:00:00-00:00'],
  [-10_800, '2026-11-27T08:00:00-03:00'],
  [19_800, '2026-11-27T16:30:00+05:30'],
])('a time at %d s from UTC is %s', (offsetS, text) => {
  expect(timeText(Date.UTC(2026, 10, 27, 11), offsetS)).toBe(text)
})
