/** SituationPublication: records of situations as events on streets, one for each place that a record names. */
import type { LngLat, RoadEvent } from '../../content.ts'
import type { Deviations } from '../../deviations.ts'
import type { ReadOptions } from '../../format.ts'
import { isSpeed, numberOf } from '../../plausible.ts'
import { childOf, childrenOf, textOf, type Element } from '../../xml.ts'
import { classOf, firstBelow } from './document.ts'
import { pathsOf } from './location.ts'
import { isOfAllVehicles } from './siteTable.ts'
import { joined, textsOf } from './texts.ts'
import { validityOf } from './validity.ts'

const MOST_EVENTS = 100_000
const MOST_LANES = 20

const KIND_OF_CLASS: ReadonlyMap<string, RoadEvent['kind']> = new Map([
  ['Accident', 'accident'],
  ['MaintenanceWorks', 'roadWorks'],
  ['ConstructionWorks', 'roadWorks'],
  ['AbnormalTraffic', 'congestion'],
  ['VehicleObstruction', 'obstruction'],
  ['GeneralObstruction', 'obstruction'],
  ['AnimalPresenceObstruction', 'obstruction'],
  ['EnvironmentalObstruction', 'obstruction'],
  ['InfrastructureDamageObstruction', 'obstruction'],
  ['PoorEnvironmentConditions', 'weather'],
  ['WeatherRelatedRoadConditions', 'weather'],
])
const KIND_OF_CAUSE: ReadonlyMap<string, RoadEvent['kind']> = new Map([
  ['accident', 'accident'],
  ['roadMaintenance', 'roadWorks'],
  ['roadworks', 'roadWorks'],
  ['congestion', 'congestion'],
  ['abnormalTraffic', 'congestion'],
  ['obstruction', 'obstruction'],
  ['vehicleObstruction', 'obstruction'],
  ['environmentalObstruction', 'obstruction'],
  ['infrastructureDamage', 'obstruction'],
  ['poorEnvironment', 'weather'],
])
/** Of roadOrCarriagewayOrLaneManagementType and of trafficConstrictionType those that let nobody pass; a closure by night is none by day. */
const CLOSING = new Set(['roadClosed', 'carriagewayClosures', 'closedPermanentlyForTheWinter'])
const BLOCKING = new Set(['roadBlocked', 'carriagewayBlocked'])

/** True when the publication has situations. */
export function addEvents(
  publication: Element,
  options: ReadOptions,
  events: Map<string, RoadEvent>,
  deviations: Deviations,
): boolean {
  const situations = childrenOf(publication, 'situation')
  const language = publication.attributes['lang'] ?? ''
  for (const situation of situations) {
    const status = textOf(situation, 'headerInformation', 'informationStatus')
    if (status !== '' && status !== 'real') {
      deviations.add(
        'notReal',
        'warning',
        `situation ${situation.attributes['id'] ?? ''}`,
        status,
        'informationStatus real',
      )
      continue
    }
    for (const record of childrenOf(situation, 'situationRecord'))
      addRecord(record, language, options, events, deviations)
  }
  return (
    situations.length > 0 ||
    textOf(publication, 'feedType') === 'SituationPublication' ||
    classOf(publication) === 'SituationPublication'
  )
}

function addRecord(
  record: Element,
  language: string,
  options: ReadOptions,
  events: Map<string, RoadEvent>,
  deviations: Deviations,
): void {
  const id = record.attributes['id'] ?? ''
  const where = `situationRecord ${id}`
  if (id === '') return deviations.add('idMissing', 'error', where, '', 'the id of a record')
  if (events.has(id)) return deviations.add('idTwice', 'error', where, id, 'each record once')
  if (isOver(record)) return
  const validity = validityOf(record, where, options, deviations)
  if (validity === undefined) return
  const location = childOf(record, 'locationReference') ?? childOf(record, 'groupOfLocations')
  const paths = pathsOf(location, where, deviations)
  if (events.size + paths.length > MOST_EVENTS)
    return deviations.add('tooMany', 'error', where, id, `${MOST_EVENTS} events at most`)
  const isClosed = isClosing(record) && !validity.isRecurring
  const event: Omit<RoadEvent, 'id' | 'path'> = {
    kind: kindOf(record, isClosed),
    isClosed,
    fromMs: validity.fromMs,
    untilMs: validity.untilMs,
    roadName: roadNameOf(location),
    text: joined(
      childrenOf(record, 'generalPublicComment').map((comment) =>
        textsOf(childOf(comment, 'comment'), language),
      ),
    ),
    lanesClosed: lanesClosedOf(record),
    speedLimitMps: speedLimitOf(record, where, deviations),
  }
  for (const [i, path] of paths.entries()) addPlace(events, i === 0 ? id : `${id}/${i + 1}`, path, event)
}

function addPlace(
  events: Map<string, RoadEvent>,
  id: string,
  path: readonly LngLat[],
  event: Omit<RoadEvent, 'id' | 'path'>,
): void {
  if (!events.has(id)) events.set(id, { id, path, ...event })
}

/** Ended or taken back, or not held to be valid for now. */
function isOver(record: Element): boolean {
  const cycle = firstBelow(record, 'lifeCycleManagement')
  const isEnded = ['end', 'cancel'].some((name) => textOf(cycle, name) === 'true')
  return isEnded || textOf(record, 'validity', 'validityStatus') === 'suspended'
}

function isClosing(record: Element): boolean {
  const closes =
    CLOSING.has(textOf(record, 'roadOrCarriagewayOrLaneManagementType')) ||
    BLOCKING.has(textOf(record, 'impact', 'trafficConstrictionType'))
  return closes && childrenOf(record, 'forVehiclesWithCharacteristicsOf').every(isOfAllVehicles)
}

function kindOf(record: Element, isClosed: boolean): RoadEvent['kind'] {
  const ofCause = KIND_OF_CAUSE.get(textOf(record, 'cause', 'causeType'))
  return KIND_OF_CLASS.get(classOf(record)) ?? (isClosed ? 'closure' : (ofCause ?? 'other'))
}

/** By name, else by number, wherever the location tells it. */
function roadNameOf(location: Element | undefined): string {
  const name = firstBelow(location, 'roadName')
  const [told] = name === undefined ? [] : Object.values(textsOf(name, ''))
  return told ?? firstBelow(location, 'roadNumber')?.text ?? ''
}

function lanesClosedOf(record: Element): number {
  const lanes = numberOf(textOf(record, 'impact', 'numberOfLanesRestricted'))
  return lanes >= 0 && lanes <= MOST_LANES ? lanes : NaN
}

function speedLimitOf(record: Element, where: string, deviations: Deviations): number {
  const came = textOf(record, 'temporarySpeedLimit')
  const limitMps = numberOf(came) / 3.6
  if (came === '' || (isSpeed(limitMps) && limitMps > 0)) return limitMps
  deviations.add('speedImpossible', 'error', where, came, 'a speed limit in km/h')
  return NaN
}
