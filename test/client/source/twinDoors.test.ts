/** A twin in the page's worker answers searches and departures as a server does, and says where it has no answer. */
import { expect, it } from 'vitest'
import { makeTwinDoors } from '../../../client/source/twinDoors.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
const startMs = Date.UTC(2026, 7, 5, 11)
const twin = createTwin(city, { startMs, utcOffsetS: -3 * 3600 })
twin.advance(5)
const ask = makeTwinDoors(twin, async () => undefined)

it('gives the next departures of a stop, soonest first', async () => {
  const stop = city.timetable!.patternStops.stop[0]
  const next = (await ask(`/api/stops/${stop}/departures`)) as { expectedMs: number; route: string }[]
  expect(next.length).toBeGreaterThan(0)
  expect(next.map(({ expectedMs }) => expectedMs)).toEqual(
    next.map(({ expectedMs }) => expectedMs).sort((a, b) => a - b),
  )
  expect(city.timetable!.routes.shortName).toContain(next[0].route)
})

it('finds nothing in a city without a search file', async () => {
  expect(await ask('/api/search?q=street')).toEqual([])
})

it.each(['/api/now', '/api/stops/999999/departures', '/api/stops/-1/departures', '/'])(
  'has no answer at %s, and says so',
  async (path) => {
    await expect(ask(path)).rejects.toThrow(/there is no/)
  },
)
