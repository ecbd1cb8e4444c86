/**
 * One alarm of the twin as an alert of CAP 1.2 (OASIS, Common Alerting Protocol). The twin's alarms are simulated, which the standard
 * calls an exercise; its words are in every language that alerts are written in.
 */
import {
  alarmKinds,
  owners,
  type AlarmKind,
  type AlarmKindId,
  type Priority,
} from '../../../../twin/alarms/catalogue.ts'
import { alarmStates, type alarmTable } from '../../../../twin/alarms/tables.ts'
import type { City } from '../../../../twin/city.ts'
import type { DomainId } from '../../../../twin/domains.ts'
import { lngLatFromLocal, type Local } from '../../../../twin/geo/projection.ts'
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import type { Table } from '../../../../twin/kernel/table.ts'
import { xmlOf, type Tree } from '../xml.ts'
import { eventOf, headlineOf, languages, type Language } from './words.ts'

const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'
const SENDER = 'citytwin'

const categories: Readonly<Record<DomainId, string>> = {
  traffic: 'Transport',
  power: 'Infra',
  transit: 'Transport',
  reports: 'Other',
}
/** How grave and how soon; all are seen in the city as it is modelled now. */
const grades: Readonly<Record<Priority, { urgency: string; severity: string }>> = {
  critical: { urgency: 'Immediate', severity: 'Severe' },
  high: { urgency: 'Immediate', severity: 'Moderate' },
  medium: { urgency: 'Expected', severity: 'Minor' },
}

export interface UpAlarm {
  readonly id: string
  readonly kind: AlarmKind & { readonly id: AlarmKindId }
  /** Row of what the kind is of; of several the first. */
  readonly source: number
  readonly sources: number
  readonly raisedMs: number
}

/** Those that are told of and are up, the newest first. An id names the run as well, so that no two alarms ever share one. */
export function upAlarms({ rows, columns }: Table<typeof alarmTable.columns>, clock: Clock): UpAlarm[] {
  const found: UpAlarm[] = []
  for (let row = 0; row < rows; row++) {
    const state = alarmStates[columns.state[row]]
    const kind = alarmKinds[columns.kind[row]]
    if (columns.id[row] === 0 || kind === undefined) continue
    if (state !== 'unacknowledged' && state !== 'acknowledged') continue
    found.push({
      id: `${clock.startMs.toString(36)}-${columns.id[row]}`,
      kind,
      source: columns.source[row],
      sources: columns.sources[row],
      raisedMs: timeMsAt(clock, columns.raisedTick[row]),
    })
  }
  return found.sort((a, b) => b.raisedMs - a.raisedMs || b.id.localeCompare(a.id))
}

/** The alert as an XML element. */
export function capAlert(alarm: UpAlarm, city: City, { utcOffsetS }: Clock): string {
  const sent = timeText(alarm.raisedMs, utcOffsetS)
  const head = fields({
    identifier: `${SENDER}-${city.info.id}-${alarm.id}`,
    sender: SENDER,
    sent,
    status: 'Exercise',
    msgType: 'Alert',
    scope: 'Public',
    note: `Simulated by the twin of ${city.info.name}; not an event of the real city.`,
  })
  // a place has no language
  const circle = circleOf(alarm, city)
  const infos = languages.map((language) => `<info>${infoOf(alarm, city, sent, circle, language)}</info>`)
  return `<alert xmlns="${NAMESPACE}">${head}${infos.join('')}</alert>`
}

export function headline(alarm: UpAlarm, city: City, language: Language): string {
  return headlineOf(alarm.kind.id, nameOf(alarm, city, language), alarm.sources, language)
}

function infoOf(
  alarm: UpAlarm,
  city: City,
  sent: string,
  circle: string | undefined,
  language: Language,
): string {
  const { kind } = alarm
  const thing = nameOf(alarm, city, language)
  const { urgency, severity } = grades[kind.priority]
  // in the order of the standard
  return fields({
    language,
    category: categories[kind.domain],
    event: eventOf(kind.id, language),
    urgency,
    severity,
    certainty: 'Observed',
    effective: sent,
    senderName: owners[kind.owner],
    headline: headline(alarm, city, language),
    // the catalogue is in English
    ...(language === 'en' && { description: `${kind.cause} ${kind.consequence}`, instruction: kind.action }),
    area: {
      areaDesc: thing === '' || alarm.sources > 1 ? city.info.name : `${thing}, ${city.info.name}`,
      ...(circle !== undefined && { circle }),
    },
  })
}

/** Undefined of several things, and of one that is nowhere in particular. */
function circleOf(alarm: UpAlarm, city: City): string | undefined {
  const points = alarm.sources > 1 ? [] : placesOf(alarm, city)
  return points.length === 0 ? undefined : circleAround(points, city)
}

/** Where it is felt: the transformers below, the street's ends, the signal; nowhere in particular for the rest. */
function placesOf({ kind, source }: UpAlarm, { grid, network }: City): Local[] {
  const { nodes, links, signals } = network
  switch (kind.of) {
    case 'substation':
      return supplied(grid, (feeder) => grid?.feeders.substation[feeder] === source)
    case 'feeder':
      return supplied(grid, (feeder) => feeder === source)
    case 'street':
      return Array.from(links.name.keys())
        .filter((link) => links.name[link] === source)
        .flatMap((link) =>
          [links.fromNode[link], links.toNode[link]].map((node) => [nodes.xM[node], nodes.yM[node]] as const),
        )
    case 'signal':
      return source < signals.xM.length ? [[signals.xM[source], signals.yM[source]]] : []
    case 'route':
    case 'service':
      return []
  }
}

function supplied(grid: City['grid'], isOn: (feeder: number) => boolean): Local[] {
  if (grid === undefined) return []
  const { xM, yM, feeder } = grid.buses
  return Array.from(grid.transformers.bus)
    .filter((bus) => isOn(feeder[bus]))
    .map((bus) => [xM[bus], yM[bus]] as const)
}

/** «latitude,longitude radius», in degrees and kilometres: the circle about their middle that holds them all. */
function circleAround(points: readonly Local[], { projection }: City): string {
  const middle = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length)
  const radiusM = Math.max(...points.map(([x, y]) => Math.hypot(x - middle[0], y - middle[1])))
  const [lng, lat] = lngLatFromLocal(projection, [middle[0], middle[1]])
  return `${lat.toFixed(5)},${lng.toFixed(5)} ${(radiusM / 1000).toFixed(3)}`
}

function nameOf({ kind, source }: UpAlarm, city: City, language: Language): string {
  const { grid, network, timetable, services } = city
  switch (kind.of) {
    case 'substation':
      return grid?.substations.name[source] ?? ''
    case 'feeder':
      return grid?.feeders.name[source] ?? ''
    case 'street':
      return network.names.text[source] ?? ''
    case 'route':
      return timetable?.routes.shortName[source] ?? ''
    case 'service':
      return services?.services[source]?.name[language] ?? ''
    case 'signal':
      return ''
  }
}

function fields(of: { readonly [name: string]: Tree }): string {
  return Object.entries(of)
    .map(([name, value]) => xmlOf(name, value))
    .join('')
}

/** CAP has no Z: hours and minutes from UTC instead. */
export function timeText(timeMs: number, utcOffsetS: number): string {
  const local = new Date(timeMs + utcOffsetS * 1000).toISOString().slice(0, 19)
  const minutes = Math.abs(Math.round(utcOffsetS / 60))
  const two = (n: number) => String(n).padStart(2, '0')
  return `${local}${utcOffsetS > 0 ? '+' : '-'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
