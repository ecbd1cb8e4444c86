/** The incident that a selected thing would be, or an alarm is, as response plans name it. */
import type { City } from '../../../twin/city.ts'
import type { AlarmKind } from '../../../twin/alarms/catalogue.ts'
import type { PlannedIncident } from '../../../twin/scenario/response/incident.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { NO_TRIP, transitVehicleTable } from '../../../twin/transit/tables.ts'
import type { Selection } from '../../layers/layer.ts'
import type { Mirror } from '../../state/mirror.ts'

/** Undefined of a thing for which there are no plans. */
export function incidentOfThing(
  { table, row }: Selection,
  city: City,
  mirror: Mirror,
): PlannedIncident | undefined {
  switch (table) {
    case 'power.substations':
      return { kind: 'substationOut', substation: row }
    case 'power.feeders':
      return { kind: 'feederOut', feeder: row }
    case linkTable.name: {
      const reverse = city.network.links.reverseLink[row]
      return { kind: 'streetBlocked', links: reverse < 0 ? [row] : [row, reverse] }
    }
    case transitVehicleTable.name: {
      const trip = mirror.table(transitVehicleTable).columns.trip[row]
      const { trips, patterns } = city.timetable ?? {}
      if (trips === undefined || patterns === undefined || trip === undefined || trip === NO_TRIP)
        return undefined
      return { kind: 'busesLate', route: patterns.route[trips.pattern[trip]] }
    }
    default:
      return undefined
  }
}

/** Of an alarm of a substation, a feeder or a line; its source is the row. */
export function incidentOfAlarm(kind: Pick<AlarmKind, 'of'>, source: number): PlannedIncident | undefined {
  if (kind.of === 'substation') return { kind: 'substationOut', substation: source }
  if (kind.of === 'feeder') return { kind: 'feederOut', feeder: source }
  return kind.of === 'route' ? { kind: 'busesLate', route: source } : undefined
}
