/** What the server answers about incidents, people's reports and shifts, and how to ask for it. */
import type { Incident, IncidentEntry } from '../../../twin/desk/incident.ts'
import type { ReportCase, ReportEntry } from '../../../twin/desk/reportCase.ts'
import type { Shift, ShiftEntry } from '../../../twin/desk/shift.ts'
import type { IncidentPart } from '../../../twin/protocol/deskMessages.ts'
import type { requestStatuses } from '../../../twin/reports/tables.ts'
import { get, type AlarmAct } from '../api.ts'

/** An entry without what its list says already. */
type Said<E> = E extends unknown
  ? Omit<E, 'kind' | 'clientId' | 'incident' | 'report'> & { readonly id: string }
  : never
export type IncidentSaid = Said<IncidentEntry>
export type ReportSaid = Said<ReportEntry>

/** With what reports and scenarios are called. */
export type NamedPart = IncidentPart & { readonly serviceCode?: string; readonly name?: string }
export interface DeskIncident extends Omit<Incident, 'log' | 'parts'> {
  readonly parts: readonly NamedPart[]
  readonly log: readonly IncidentSaid[]
}

export interface DeskReport extends Omit<ReportCase, 'log'> {
  readonly id: string
  readonly serviceCode: string
  readonly lng: number
  readonly lat: number
  readonly description: string
  readonly filedMs: number
  /** In the twin, while it has a row of it; the city's time. */
  readonly row?: number
  readonly status?: (typeof requestStatuses)[number]
  readonly openedMs?: number
  readonly log: readonly ReportSaid[]
}

/** All that was done in a span of time, oldest first. */
export interface DeskActs {
  readonly desk: readonly (IncidentEntry | ReportEntry | ShiftEntry)[]
  readonly alarms: readonly (Omit<AlarmAct, 'source'> & { readonly source?: number })[]
}

export interface SavedScenario {
  readonly id: string
  readonly name: string
}

export const getIncidents = (signal?: AbortSignal) => get<DeskIncident[]>('/api/incidents', signal)
export const getReports = (signal?: AbortSignal) => get<DeskReport[]>('/api/reports', signal)
export const getShifts = (signal?: AbortSignal) => get<Shift[]>('/api/shifts', signal)
export const getScenarios = (signal?: AbortSignal) => get<SavedScenario[]>('/api/scenarios', signal)
export const getActs = (fromMs: number, toMs: number, signal?: AbortSignal) =>
  get<DeskActs>(`/api/desk/acts?from=${fromMs}&to=${toMs}`, signal)
