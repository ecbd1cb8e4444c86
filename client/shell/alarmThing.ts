/** What an alarm is about, as a name and as something on the map. */
import type { City } from '../../twin/city.ts'
import { feederTable, substationTable } from '../../twin/power/tables.ts'
import { requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import { linkTable, signalTable } from '../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../twin/transit/tables.ts'
import type { Selection } from '../layers/layer.ts'
import type { Mirror } from '../state/mirror.ts'
import { sayDesk } from '../language/deskWords.ts'
import { formatDuration, formatUnit, formatLength } from '../language/format.ts'
import { say } from '../language/language.ts'
import type { Alarm } from './alarms.ts'
import { best } from './best.ts'
import { serviceName } from './events.ts'

const FIXED = requestStatuses.indexOf('fixed')

/** Its name in the city; empty where the alarm's own words say all. */
export function nameOfThing(
  { kind, source }: Pick<Alarm, 'kind' | 'source'>,
  city: City | undefined,
): string {
  switch (kind.of) {
    case 'substation':
      return city?.grid?.substations.name[source] || say('thing.substation')
    case 'feeder':
      return feederName(city, source)
    case 'street':
      return city?.network.names.text[source] || say('thing.street')
    case 'route':
      return city?.timetable?.routes.shortName[source] ?? ''
    case 'service':
      return serviceName(city, source)
    case 'signal':
      return ''
  }
}

/** What to select and to go to: of a street its longest queue, of a line its latest bus, of a service its newest report. */
export function selectionOfAlarm({ kind, source }: Alarm, city: City, mirror: Mirror): Selection | undefined {
  switch (kind.of) {
    case 'substation':
      return { layer: 'power', table: substationTable.name, row: source }
    case 'feeder':
      return { layer: 'power', table: feederTable.name, row: source }
    case 'signal':
      return { layer: 'traffic', table: signalTable.name, row: source }
    case 'street': {
      const { queueM } = mirror.table(linkTable).columns
      const { name } = city.network.links
      const row = best(queueM.length, (link) => (name[link] === source ? queueM[link] : undefined))
      return row === undefined ? undefined : { layer: 'traffic', table: linkTable.name, row }
    }
    case 'route': {
      const { trip, delayS } = mirror.table(transitVehicleTable).columns
      const { trips, patterns } = city.timetable ?? {}
      const row = best(trip.length, (bus) => {
        if (trip[bus] === NO_TRIP) return undefined
        return patterns?.route[trips?.pattern[trip[bus]] ?? -1] === source ? delayS[bus] : undefined
      })
      return row === undefined ? undefined : { layer: 'transit', table: transitVehicleTable.name, row }
    }
    case 'service': {
      const { service, status, openedTick } = mirror.table(requestTable).columns
      const row = best(status.length, (request) => {
        const isOpen = status[request] > 0 && status[request] < FIXED
        return isOpen && service[request] === source ? openedTick[request] : undefined
      })
      return row === undefined ? undefined : { layer: 'reports', table: requestTable.name, row }
    }
  }
}

function feederName(city: City | undefined, feeder: number): string {
  const { feeders, substations } = city?.grid ?? {}
  const name = feeders?.name[feeder] || sayDesk('thing.feeder')
  const substation = substations?.name[feeders?.substation[feeder] ?? -1]
  return substation ? `${name} · ${substation}` : name
}

/** «Unión is out», «12 signals are dark». */
export function titleOfAlarm(
  alarm: Pick<Alarm, 'kind' | 'source' | 'sources'>,
  city: City | undefined,
): string {
  const { kind, sources } = alarm
  if (sources > 1) return sayDesk(`alarm.${kind.id}.many`, { n: sources })
  return sayDesk(`alarm.${kind.id}`, { thing: nameOfThing(alarm, city) })
}

/** Its value with the unit; empty where the title has it. */
export function valueOfAlarm({ kind, value }: Alarm): string {
  if (kind.unit === 'signals') return ''
  if (kind.unit === 'm') return formatLength(value)
  return kind.unit === 's' ? formatDuration(value) : formatUnit(value, kind.unit)
}
