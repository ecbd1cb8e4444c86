/** What reports publishes: one row per service request, oldest overwritten when the table is full. */
import { simulatedFrom } from '../kernel/provenance.ts'
import { real, tableSpec, tickColumn, whole } from '../kernel/table.ts'

export const requestStatuses = ['none', 'open', 'acknowledged', 'assigned', 'fixed', 'closed'] as const
export const requestCauses = ['chance', 'outage', 'darkSignal', 'queue', 'person'] as const

export const requestTable = tableSpec('reports.requests', simulatedFrom('reports', 'zones'), {
  service: whole('u8'), // row of services
  status: whole('u8'), // index into requestStatuses; 'none' is a free row
  cause: whole('u8'), // index into requestCauses; 'person' was filed by a viewer, not simulated
  xM: real(1),
  yM: real(1),
  openedTick: tickColumn(),
  updatedTick: tickColumn(),
})
