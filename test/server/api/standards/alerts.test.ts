/** Alerts of what holds up buses: closed streets and no others, for the lines and stops there and no others, by the standard and the timetable. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeGtfs } from '../../../../data/recipes/gtfs.ts'
import { alerts } from '../../../../server/api/standards/gtfs/alerts.ts'
import { Deviations } from '../../../../server/feeds/deviations.ts'
import { timetableIndex } from '../../../../server/feeds/formats/gtfs/timetableIndex.ts'
import { decodeFeedMessage } from '../../../../server/feeds/formats/gtfsRealtime/decode.ts'
import { gtfsRealtime } from '../../../../server/feeds/formats/gtfsRealtime/gtfsRealtime.ts'
import { encodeFeedMessage } from '../../../../server/feeds/formats/gtfsRealtime/write.ts'
import { makeTable } from '../../../../twin/kernel/table.ts'
import { linkTable } from '../../../../twin/traffic/tables.ts'
import { routeId, stopId } from '../../../../twin/transit/gtfsIds.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const timetable = city.timetable!
const { patterns, patternLinks, patternStops } = timetable
const index = timetableIndex(writeGtfs(timetable, city.network, city.projection, city.info))
const links = city.network.links.lengthM.length
const clock = { startMs: Date.UTC(2026, 10, 27, 11), utcOffsetS: -10_800, tick: 500 }
const nowMs = clock.startMs + 10_000

function alertsWith(closed: readonly number[]) {
  const table = makeTable(linkTable, links)
  for (const link of closed) table.columns.isClosed[link] = 1
  return alerts(city, timetable, table, clock)
}

const informed = (message: ReturnType<typeof alertsWith>, effect: string) =>
  new Set(
    message.entities.flatMap(({ alert }) =>
      alert?.effect === effect ? alert.informedEntities.map((one) => one.routeId || one.stopId) : [],
    ),
  )

/** By the timetable read the slow way: every call and every link of every pattern. */
function expected(closed: ReadonlySet<number>) {
  const [routes, stops] = [new Set<string>(), new Set<string>()]
  patterns.route.forEach((route, pattern) => {
    const path = Array.from(patternLinks.link).slice(
      patterns.firstLink[pattern],
      patterns.firstLink[pattern] + patterns.linkCount[pattern],
    )
    if (path.some((link) => closed.has(link))) routes.add(routeId(route))
    for (let call = 0; call < patterns.stopCount[pattern]; call++) {
      const row = patterns.firstStop[pattern] + call
      if (closed.has(path[patternStops.pathIndex[row]])) stops.add(stopId(patternStops.stop[row]))
    }
  })
  return { routes, stops }
}

test('there are none while every street is open', () => {
  expect(alertsWith([]).entities).toEqual([])
})

test('tell of all lines and stops on closed streets, and of no others; no rule is broken, and they are read as they were written', () => {
  const some = fc.uniqueArray(fc.constantFrom(...patternLinks.link, ...Array(links).keys()), {
    maxLength: 6,
  })
  let told = 0
  fc.assert(
    fc.property(some, (closed) => {
      const message = alertsWith(closed)
      const { routes, stops } = expected(new Set(closed))
      expect(informed(message, 'DETOUR')).toEqual(routes)
      expect(informed(message, 'NO_SERVICE')).toEqual(stops)
      const ids = message.entities.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const bytes = encodeFeedMessage(message)
      const deviations = new Deviations()
      expect(decodeFeedMessage(bytes, deviations).entities).toEqual(message.entities)
      const options = { nowMs, utcOffsetS: clock.utcOffsetS, settings: { timetable: index } }
      gtfsRealtime.read({ name: 'alerts.pb', bytes }, options, deviations)
      expect(deviations.examples()).toEqual([])
      told += message.entities.length
    }),
  )
  expect(told).toBeGreaterThan(0)
})
