/** What happened, in words: reads the ring of events and says each as a sentence with the name of its thing. */
import type { City } from '../../twin/city.ts'
import { eventKinds, eventTable, type EventKind } from '../../twin/events.ts'
import type { Columns, Table } from '../../twin/kernel/table.ts'
import type { LayerId, Selection } from '../layers/layer.ts'
import { formatDuration, formatLength } from '../language/format.ts'
import { currentLanguage, say, type MessageKey } from '../language/language.ts'

export interface Happening {
  /** The same for the same event however often the ring is read. */
  readonly key: string
  readonly kind: EventKind
  readonly row: number
  readonly tick: number
  readonly value: number
}

/** The newest events first, at most `limit`. */
export function readEvents(
  table: Pick<Table<typeof eventTable.columns>, 'rows' | 'columns'>,
  limit: number,
): Happening[] {
  const { kind, row, tick, value } = table.columns
  const found: Happening[] = []
  for (let i = 0; i < table.rows; i++) {
    const name = eventKinds[kind[i]]
    if (name === undefined || name === 'none') continue
    found.push({ key: `${i}:${tick[i]}`, kind: name, row: row[i], tick: tick[i], value: value[i] })
  }
  return found.sort((a, b) => b.tick - a.tick).slice(0, limit)
}

const things: Readonly<Record<Exclude<EventKind, 'none'>, readonly [LayerId, table: string]>> = {
  substationOut: ['power', 'power.substations'],
  substationBack: ['power', 'power.substations'],
  breakerOpened: ['power', 'power.breakers'],
  breakerClosed: ['power', 'power.breakers'],
  signalsDark: ['traffic', 'traffic.signals'],
  signalsBack: ['traffic', 'traffic.signals'],
  linkClosed: ['traffic', 'traffic.links'],
  linkOpened: ['traffic', 'traffic.links'],
  queueLong: ['traffic', 'traffic.links'],
  requestOpened: ['reports', 'reports.requests'],
  requestClosed: ['reports', 'reports.requests'],
  busLate: ['transit', 'transit.vehicles'],
}

/** The thing an event is about, to select it; undefined when it is gone, as a bus that has come to its end. `trip` is by row of transit.vehicles. */
export function selectionOf(event: Happening, trip: Uint32Array): Selection | undefined {
  if (event.kind === 'none') return undefined
  const [layer, table] = things[event.kind]
  const row = event.kind === 'busLate' ? trip.indexOf(event.row) : event.row
  return row < 0 ? undefined : { layer, table, row }
}

/** «A queue of 240 m on Rambla.» */
export function sentenceOfEvent(
  event: Happening,
  city: City | undefined,
  requests:
    Pick<Columns<{ service: { type: 'u8'; quantum: number; isTick: boolean } }>, 'service'> | undefined,
): string {
  if (event.kind === 'none') return ''
  const thing = event.kind.startsWith('request')
    ? serviceName(city, requests?.service[event.row])
    : nameOf(event, city)
  const value =
    event.kind === 'queueLong'
      ? formatLength(event.value)
      : event.kind === 'busLate'
        ? formatDuration(event.value)
        : ''
  const key: MessageKey = `event.${event.kind}`
  return say(key, { thing, value })
}

function nameOf({ kind, row }: Happening, city: City | undefined): string {
  if (kind.startsWith('substation')) return city?.grid?.substations.name[row] || say('thing.substation')
  if (kind.startsWith('breaker')) return city?.grid?.breakers.name[row] || say('thing.breaker')
  if (kind.startsWith('link') || kind === 'queueLong') return streetName(city, row)
  if (kind === 'busLate') return lineOfTrip(city, row)
  return ''
}

export function streetName(city: City | undefined, link: number): string {
  const name = city?.network.links.name[link]
  return (name === undefined ? '' : city?.network.names.text[name]) || say('thing.street')
}

function lineOfTrip(city: City | undefined, trip: number): string {
  const { routes, patterns, trips } = city?.timetable ?? {}
  return routes && patterns && trips ? routes.shortName[patterns.route[trips.pattern[trip]]] : ''
}

export function serviceName(city: City | undefined, service: number | undefined): string {
  const found = service === undefined ? undefined : city?.services?.services[service]
  return found?.name[currentLanguage()] ?? say('thing.report')
}
