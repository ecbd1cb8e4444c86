/** How a page names an incident; apart from `incident.ts`, so that a page does not carry what checks it. */
import * as v from 'valibot'
import { rowSchema, rowsSchema } from '../editKind.ts'
import type { PlannedIncident } from './incident.ts'

export const incidentSchema: v.GenericSchema<unknown, PlannedIncident> = v.variant('kind', [
  v.strictObject({ kind: v.literal('substationOut'), substation: rowSchema }),
  v.strictObject({ kind: v.literal('feederOut'), feeder: rowSchema }),
  v.strictObject({ kind: v.literal('streetBlocked'), links: rowsSchema }),
  v.strictObject({ kind: v.literal('busesLate'), route: rowSchema }),
])
