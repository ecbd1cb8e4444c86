/** The list of domains and of every table they publish, in the order of the wire. */
import { alarmJournalTable, alarmStatisticsTable, alarmTable } from './alarms/tables.ts'
import { eventTable } from './events.ts'
import type { TableSpec } from './kernel/table.ts'
import { indicatorTable } from './objectives/tables.ts'
import {
  breakerTable,
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from './power/tables.ts'
import { columnTable, exceptionTable } from './provenance/tables.ts'
import { requestTable } from './reports/tables.ts'
import { linkTable, signalTable, vehicleTable } from './traffic/tables.ts'
import { transitVehicleTable } from './transit/tables.ts'

export const domainIds = ['traffic', 'power', 'transit', 'reports'] as const
export type DomainId = (typeof domainIds)[number]

/** Every stream carries all of these, in this order; a city without a domain has them empty. */
export const publishedTables: readonly TableSpec[] = [
  linkTable,
  vehicleTable,
  signalTable,
  substationTable,
  feederTable,
  busTable,
  transformerTable,
  breakerTable,
  powerSystemTable,
  transitVehicleTable,
  requestTable,
  indicatorTable,
  eventTable,
  alarmTable,
  alarmJournalTable,
  alarmStatisticsTable,
  columnTable,
  exceptionTable,
]
