/** What holds up buses as a GTFS-Realtime message of alerts: streets that are closed on the way of lines, and stops that no bus can come to. */
import type { City } from '../../../../twin/city.ts'
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import type { Table } from '../../../../twin/kernel/table.ts'
import type { linkTable } from '../../../../twin/traffic/tables.ts'
import { routeId, stopId } from '../../../../twin/transit/gtfsIds.ts'
import type { Timetable } from '../../../../twin/transit/timetable.ts'
import type {
  Alert,
  EntitySelector,
  FeedEntity,
  FeedMessage,
  Translation,
} from '../../../feeds/formats/gtfsRealtime/message.ts'

/** As of the clock, which is the city's. Links of one street are one alert; a street without a name goes by its first link. */
export function alerts(
  { network }: Pick<City, 'network'>,
  timetable: Timetable,
  { rows, columns }: Table<typeof linkTable.columns>,
  clock: Clock,
): FeedMessage {
  const timestampS = Math.floor(timeMsAt(clock, clock.tick) / 1000)
  const streets = new Map<string, { readonly name: string; readonly links: Set<number> }>()
  for (let link = 0; link < rows; link++) {
    if (columns.isClosed[link] === 0) continue
    const name = network.names.text[network.links.name[link]] ?? ''
    const key = name === '' ? `link ${link}` : name
    const street = streets.get(key) ?? { name, links: new Set() }
    streets.set(key, street)
    street.links.add(link)
  }
  const entities = [...streets.values()].flatMap(({ name, links }): FeedEntity[] => {
    const id = `closed-${Math.min(...links)}`
    const routes = routesOn(timetable, links)
    const stops = stopsOn(timetable, links)
    const found: FeedEntity[] = []
    if (routes.length > 0)
      found.push({
        id,
        alert: alertOf('DETOUR', 'WARNING', detourWords(name), routes.map(informedRoute)),
      })
    if (stops.length > 0)
      found.push({
        id: `${id}-stops`,
        alert: alertOf('NO_SERVICE', 'SEVERE', stopWords(name), stops.map(informedStop)),
      })
    return found
  })
  return { header: { version: '2.0', incrementality: 'FULL_DATASET', timestampS }, entities }
}

/** Rows of the routes that have a pattern over one of the links, in order. */
function routesOn({ patterns, patternLinks }: Timetable, links: ReadonlySet<number>): number[] {
  const routes = new Set<number>()
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    const first = patterns.firstLink[pattern]
    for (let row = first; row < first + patterns.linkCount[pattern]; row++)
      if (links.has(patternLinks.link[row])) routes.add(patterns.route[pattern])
  }
  return [...routes].sort((a, b) => a - b)
}

/** Rows of the stops at which a pattern calls on one of the links, in order. */
function stopsOn({ patterns, patternLinks, patternStops }: Timetable, links: ReadonlySet<number>): number[] {
  const stops = new Set<number>()
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    const first = patterns.firstStop[pattern]
    for (let row = first; row < first + patterns.stopCount[pattern]; row++) {
      const link = patternLinks.link[patterns.firstLink[pattern] + patternStops.pathIndex[row]]
      if (links.has(link)) stops.add(patternStops.stop[row])
    }
  }
  return [...stops].sort((a, b) => a - b)
}

interface Words {
  readonly en: string
  readonly es: string
}

function detourWords(street: string): { header: Words; description: Words } {
  return {
    header: {
      en: street === '' ? 'Street closed' : `${street} is closed`,
      es: street === '' ? 'Calle cerrada' : `${street} está cerrada`,
    },
    description: {
      en: 'Simulated. Buses of these lines take another way around it.',
      es: 'Simulado. Los ómnibus de estas líneas toman otro camino.',
    },
  }
}

function stopWords(street: string): { header: Words; description: Words } {
  return {
    header: {
      en: street === '' ? 'No buses at these stops' : `No buses at stops on ${street}`,
      es: street === '' ? 'Sin ómnibus en estas paradas' : `Sin ómnibus en las paradas de ${street}`,
    },
    description: {
      en: 'Simulated. The street is closed where they stand; use stops before or after.',
      es: 'Simulado. La calle está cerrada allí; use las paradas anteriores o siguientes.',
    },
  }
}

function alertOf(
  effect: Alert['effect'],
  severity: Alert['severity'],
  { header, description }: { header: Words; description: Words },
  informedEntities: readonly EntitySelector[],
): Alert {
  return {
    activePeriods: [],
    informedEntities,
    cause: 'UNKNOWN_CAUSE',
    effect,
    url: [],
    header: inBoth(header),
    description: inBoth(description),
    severity,
  }
}

function inBoth(words: Words): Translation[] {
  return (['en', 'es'] as const).map((language) => ({ text: words[language], language }))
}

const nothing: EntitySelector = { agencyId: '', routeId: '', routeType: NaN, stopId: '' }
const informedRoute = (route: number): EntitySelector => ({ ...nothing, routeId: routeId(route) })
const informedStop = (stop: number): EntitySelector => ({ ...nothing, stopId: stopId(stop) })
