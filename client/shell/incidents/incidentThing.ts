/** What an incident is about and where, as words; who leads and how it stands. */
import { alarmKinds } from '../../../twin/alarms/catalogue.ts'
import type { City } from '../../../twin/city.ts'
import type { Agency } from '../../../twin/desk/agencies.ts'
import { localFromLngLat, type LngLat } from '../../../twin/geo/projection.ts'
import type { IncidentPart } from '../../../twin/protocol/deskMessages.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import type { Alarm } from '../alarms.ts'
import { titleOfAlarm } from '../alarmThing.ts'
import { best } from '../best.ts'
import { serviceName } from '../events.ts'
import type { DeskIncident, IncidentSaid, NamedPart } from './deskAnswers.ts'

/** A street that is further away says nothing of where it is, metres. Assumed. */
const NEAR_M = 400

/** «Unión is out», or the words it was opened with. */
export function titleOfIncident({ title, parts }: DeskIncident, city: City | undefined): string {
  if (title !== undefined) return title
  return parts[0] === undefined ? sayIncident('incident.unnamed') : titleOfPart(parts[0], city)
}

export function titleOfPart(part: NamedPart, city: City | undefined): string {
  if (part.what === 'scenario')
    return sayIncident('incident.scenario', { name: part.name ?? part.id.slice(0, 8) })
  if (part.what === 'report') return serviceOf(part.serviceCode, city)
  const kind = alarmKinds.find(({ id }) => id === part.kind)
  return kind === undefined
    ? part.kind
    : titleOfAlarm({ kind, source: part.source, sources: part.sources }, city)
}

export function serviceOf(serviceCode: string | undefined, city: City | undefined): string {
  return serviceName(
    city,
    city?.services?.services.findIndex((service) => service.serviceCode === serviceCode),
  )
}

/** «near Rambla»; empty where there is no place, or no street with a name near it. */
export function whereOf(at: LngLat | undefined, city: City | undefined): string {
  if (at === undefined || city === undefined) return ''
  const street = streetNear(at, city)
  return street === undefined ? '' : sayIncident('incident.near', { street })
}

const known = new WeakMap<City, Map<string, string | undefined>>()

/** The name of the nearest street that has one, looked up once a place. */
export function streetNear(at: LngLat, city: City): string | undefined {
  const ofCity = known.get(city) ?? new Map<string, string | undefined>()
  known.set(city, ofCity)
  const key = at.join()
  if (!ofCity.has(key)) ofCity.set(key, findStreet(at, city))
  return ofCity.get(key)
}

function findStreet(at: LngLat, city: City): string | undefined {
  const { links, shape, names } = city.network
  const [xM, yM] = localFromLngLat(city.projection, at)
  const nearest = best(links.name.length, (link) => {
    if (links.name[link] === 0) return undefined
    const middle = links.shapeStart[link] + (links.shapeCount[link] >> 1)
    return -Math.hypot(shape.xM[middle] - xM, shape.yM[middle] - yM)
  })
  if (nearest === undefined) return undefined
  const middle = links.shapeStart[nearest] + (links.shapeCount[nearest] >> 1)
  const isNear = Math.hypot(shape.xM[middle] - xM, shape.yM[middle] - yM) <= NEAR_M
  return isNear ? names.text[links.name[nearest]] : undefined
}

export function agencyName(agency: Agency): string {
  return sayIncident(`agency.${agency}`)
}

export function stateOf({ state, owner }: DeskIncident): string {
  if (state === 'owned') return sayIncident('incident.owned', { who: owner ?? '' })
  return sayIncident(`incident.${state}`)
}

/** What an entry of the log says, without who and when. */
export function sentenceOf(entry: IncidentSaid, incident: DeskIncident, city: City | undefined): string {
  switch (entry.act) {
    case 'open':
      return sayIncident('done.open', { what: titleOfIncident(incident, city) })
    case 'join':
    case 'leave':
      return sayIncident(`done.${entry.act}`, { what: titleOfPart(entry.part, city) })
    case 'lead': {
      const agency = agencyName(entry.lead)
      if (entry.partners.length === 0) return sayIncident('done.lead', { agency })
      return sayIncident('done.leadWith', { agency, partners: entry.partners.map(agencyName).join(', ') })
    }
    case 'note':
      return entry.text
    case 'clear':
      return sayIncident('done.clear', { text: entry.text })
    case 'own':
    case 'handle':
      return sayIncident(`done.${entry.act}`)
  }
}

/** The part of an incident that an alarm is; undefined when it belongs to none of it. */
export function isOfAlarm(part: IncidentPart, alarm: Alarm, raisedMs: number): boolean {
  return (
    part.what === 'alarm' &&
    part.kind === alarm.kind.id &&
    part.isMany === alarm.isMany &&
    (alarm.isMany || part.source === alarm.source) &&
    part.raisedMs === raisedMs
  )
}
