/** What can be done with an incident at the desk; each does nothing where it would mean nothing. */
import { isItsFirst, type IncidentState } from '../../../../twin/desk/incident.ts'
import type { DeskIncident, NamedPart } from '../../../shell/incidents/deskAnswers.ts'
import { playbackOf } from '../../../shell/past/usePast.ts'
import type { Live } from '../../../state/live.ts'
import type { Asking } from '../asking.ts'
import type { DeskActs } from '../useDeskActs.ts'

export interface IncidentDoes {
  show(incident: DeskIncident): void
  own(incident: DeskIncident): void
  handle(incident: DeskIncident): void
  lead(incident: DeskIncident): void
  note(incident: DeskIncident): void
  clear(incident: DeskIncident): void
  addScenario(incident: DeskIncident): void
  /** Takes out what was joined by mistake. */
  takeOut(incident: DeskIncident): void
  openWithWords(): void
  /** Shows the map as it was at a time of the city. */
  showThen(timeMs: number): void
}

/** What `who` may do with an incident in its state, as the server will say. */
export function canDo(
  what: 'own' | 'handle' | 'lead' | 'clear',
  { state, owner }: DeskIncident,
  who: string,
): boolean {
  const states: Record<typeof what, readonly IncidentState[]> = {
    own: ['found', 'owned', 'handled'],
    handle: ['owned'],
    lead: ['found', 'owned', 'handled'],
    clear: ['handled'],
  }
  return states[what].includes(state) && !(what === 'own' && owner === who)
}

/** What was added to an incident and may be taken out again: all but what it began with. */
export function joinedTo(incident: DeskIncident): readonly NamedPart[] {
  return incident.parts.filter((part) => !isItsFirst(incident, part))
}

export function incidentDoes(
  live: Live,
  acts: DeskActs,
  who: string,
  choose: (incident: DeskIncident) => void,
  ask: (asking: Asking) => void,
): IncidentDoes {
  const of = ({ id }: DeskIncident) => ({ kind: 'incident', incident: id }) as const
  return {
    show(incident) {
      choose(incident)
      if (incident.at) live.camera.go({ at: incident.at, zoom: 14.5 })
    },
    own: (incident) => {
      if (canDo('own', incident, who)) void acts.say({ ...of(incident), act: 'own' })
    },
    handle: (incident) => {
      if (canDo('handle', incident, who)) void acts.say({ ...of(incident), act: 'handle' })
    },
    lead: (incident) => {
      if (canDo('lead', incident, who)) ask({ what: 'lead', incident })
    },
    note: (incident) => ask({ what: 'note', incident }),
    clear: (incident) => {
      if (canDo('clear', incident, who)) ask({ what: 'clear', incident })
    },
    addScenario: (incident) => {
      if (canDo('lead', incident, who)) ask({ what: 'scenario', incident })
    },
    takeOut: (incident) => {
      if (canDo('lead', incident, who) && joinedTo(incident).length > 0) ask({ what: 'leave', incident })
    },
    openWithWords: () => ask({ what: 'open' }),
    showThen: (timeMs) => playbackOf(live)?.seek(timeMs),
  }
}
