/** Which hours a handover is about, and what incidents were like at its end. */
import { foldIncident, type IncidentEntry } from '../../../../twin/desk/incident.ts'
import type { Shift } from '../../../../twin/desk/shift.ts'
import type { DeskIncident, IncidentSaid } from '../../../shell/incidents/deskAnswers.ts'

const HOUR_MS = 3_600_000
/** An earlier handover is where this shift began only when it is not too long ago. */
const LONGEST_MS = 24 * HOUR_MS

/** Hours before now, or from the last handover on. */
export const lengths = ['last', 4, 8, 12] as const
export type Length = (typeof lengths)[number]

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** The end of the shift before the present one; undefined when there is none of the last day. */
export function lastEndMs(shifts: readonly Shift[], nowMs: number): number | undefined {
  return shifts.find(({ toMs }) => toMs < nowMs && nowMs - toMs <= LONGEST_MS)?.toMs
}

export function spanOf(length: Length, shifts: readonly Shift[], nowMs: number): Span {
  const beganMs = length === 'last' ? lastEndMs(shifts, nowMs) : undefined
  const hours = length === 'last' ? 8 : length
  return { fromMs: beganMs ?? nowMs - hours * HOUR_MS, toMs: nowMs }
}

/** The incidents that were open at the end of a span, and those cleared in it, as they stood then. */
export function incidentsIn(
  incidents: readonly DeskIncident[],
  { fromMs, toMs }: Span,
): { open: DeskIncident[]; cleared: DeskIncident[] } {
  const then = incidents.flatMap((incident) => incidentAt(incident, toMs) ?? [])
  return {
    open: then.filter(({ state }) => state !== 'cleared'),
    cleared: then.filter(({ state, sinceMs }) => state === 'cleared' && sinceMs >= fromMs),
  }
}

/** Undefined when it was not found yet. */
function incidentAt(incident: DeskIncident, timeMs: number): DeskIncident | undefined {
  const log = incident.log.filter(({ atMs }) => atMs <= timeMs)
  if (log.length === incident.log.length) return incident
  const folded = foldIncident(log.map((entry) => entryOf(entry, incident.id)))
  const parts = incident.parts.slice(0, folded?.parts.length)
  return folded && { ...folded, parts, log }
}

function entryOf(said: IncidentSaid, incident: string): IncidentEntry {
  return { ...said, kind: 'incident', incident, clientId: said.id }
}
