/**
 * An incident as its acts make it: found → owned → being handled → cleared, and never back. It joins alarms, reports and saved
 * edits; one agency leads, others are partners. Pure: the same acts in the same order give the same incident.
 */
import { alarmKinds } from '../alarms/catalogue.ts'
import type { IncidentAct, IncidentPart } from '../protocol/deskMessages.ts'
import type { Agency } from './agencies.ts'

export const incidentStates = ['found', 'owned', 'handled', 'cleared'] as const
export type IncidentState = (typeof incidentStates)[number]

/** An act as it was kept; the city's time. */
export type IncidentEntry = IncidentAct & { readonly atMs: number }

export interface Incident {
  readonly id: string
  readonly state: IncidentState
  /** When it came into its state. */
  readonly sinceMs: number
  readonly foundMs: number
  /** What it was called where it began with words; else its first part says it. */
  readonly title: string | undefined
  /** Longitude and latitude. */
  readonly at: readonly [number, number] | undefined
  /** The desk that has it. */
  readonly owner: string | undefined
  readonly lead: Agency | undefined
  readonly partners: readonly Agency[]
  readonly parts: readonly IncidentPart[]
  readonly log: readonly IncidentEntry[]
}

/** The incident after `entry`; `before` is undefined at its opening. Throws when the entry is none of this incident's. */
export function afterEntry(before: Incident | undefined, entry: IncidentEntry): Incident {
  if (before === undefined) return opened(entry)
  const { atMs } = entry
  const after: Incident = { ...before, log: [...before.log, entry] }
  switch (entry.act) {
    case 'open':
      throw new Error(`incident ${before.id} is open already`)
    case 'join':
      return { ...after, parts: [...before.parts, entry.part] }
    case 'leave':
      return { ...after, parts: before.parts.filter((part) => !isSamePart(part, entry.part)) }
    case 'own': {
      const isNew = before.state === 'found'
      return { ...after, owner: entry.who, ...(isNew && { state: 'owned', sinceMs: atMs }) }
    }
    case 'lead':
      return { ...after, lead: entry.lead, partners: entry.partners }
    case 'handle':
      return { ...after, state: 'handled', sinceMs: atMs }
    case 'clear':
      return { ...after, state: 'cleared', sinceMs: atMs }
    case 'note':
      return after
  }
}

/** Undefined when there are no entries; throws when they do not begin with an opening. */
export function foldIncident(entries: readonly IncidentEntry[]): Incident | undefined {
  return entries.reduce<Incident | undefined>(afterEntry, undefined)
}

/** Why an act means nothing in the incident's present state, as a sentence; undefined when it does. */
export function refusalOfIncidentAct(incident: Incident | undefined, act: IncidentAct): string | undefined {
  if (act.act === 'open') {
    if (act.incident !== act.clientId) return 'incident: an incident is opened under the id of its opening'
    return incident === undefined ? undefined : `incident: ${act.incident} is open already`
  }
  if (incident === undefined) return `incident: there is no incident ${act.incident}`
  if (act.act === 'note') return undefined
  if (incident.state === 'cleared') return 'act: it is cleared; what is added now is a note'
  switch (act.act) {
    case 'join':
      return incident.parts.some((part) => isSamePart(part, act.part))
        ? `part: this ${act.part.what} is in it already`
        : undefined
    case 'leave':
      if (!incident.parts.some((part) => isSamePart(part, act.part)))
        return `part: this ${act.part.what} is not in it`
      return isItsFirst(incident, act.part)
        ? `part: it began with this ${act.part.what}, which stays in it`
        : undefined
    case 'own':
      return incident.owner === act.who ? `who: ${act.who} has it already` : undefined
    case 'lead':
      return act.partners.includes(act.lead) ? `partners: ${act.lead} leads it` : undefined
    case 'handle':
      return incident.state === 'owned' ? undefined : whyNot(incident.state, 'handle', 'owned')
    case 'clear':
      return incident.state === 'handled' ? undefined : whyNot(incident.state, 'clear', 'handled')
  }
}

/** Whether two parts name the same thing; an alarm that came up again later is another. */
export function isSamePart(a: IncidentPart, b: IncidentPart): boolean {
  if (a.what === 'alarm')
    return (
      b.what === 'alarm' &&
      a.kind === b.kind &&
      a.isMany === b.isMany &&
      (a.isMany || a.source === b.source) &&
      a.raisedMs === b.raisedMs
    )
  return b.what === a.what && b.id === a.id
}

/** Whether an incident began with a part: what names it is never taken out. */
export function isItsFirst({ title, parts }: Pick<Incident, 'title' | 'parts'>, part: IncidentPart): boolean {
  return title === undefined && parts[0] !== undefined && isSamePart(parts[0], part)
}

/** Open ones first, by how far they are from being cleared, then the newest. */
export function byUrgency(a: Incident, b: Incident): number {
  return (
    incidentStates.indexOf(a.state) - incidentStates.indexOf(b.state) ||
    b.sinceMs - a.sinceMs ||
    (a.id < b.id ? -1 : 1)
  )
}

function opened(entry: IncidentEntry): Incident {
  if (entry.act !== 'open') throw new Error(`incident ${entry.incident} begins with ${entry.act}`)
  const { of, at, atMs, incident } = entry
  return {
    id: incident,
    state: 'found',
    sinceMs: atMs,
    foundMs: atMs,
    title: of.what === 'words' ? of.title : undefined,
    at,
    owner: undefined,
    lead: firstLead(of),
    partners: [],
    parts: of.what === 'words' ? [] : [of],
    log: [entry],
  }
}

/** Whoever acts on what it began with leads until somebody says otherwise. */
function firstLead(of: Extract<IncidentAct, { act: 'open' }>['of']): Agency | undefined {
  if (of.what === 'alarm') return alarmKinds.find(({ id }) => id === of.kind)?.owner
  return of.what === 'report' ? 'cityServices' : undefined
}

function whyNot(state: IncidentState, act: string, due: IncidentState): string {
  return `act: it is ${state}; ${act} is for one that is ${due}`
}
