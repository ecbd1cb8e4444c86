/** What the desk is about to say and asks something for first; one at a time. */
import type { IncidentPart } from '../../../twin/protocol/deskMessages.ts'
import type { Alarm } from '../../shell/alarms.ts'
import type { DeskIncident, DeskReport } from '../../shell/incidents/deskAnswers.ts'

export type Asking =
  | { readonly what: 'shelve'; readonly alarm: Alarm }
  | { readonly what: 'open' }
  | { readonly what: 'lead' | 'note' | 'clear' | 'scenario' | 'leave'; readonly incident: DeskIncident }
  | { readonly what: 'join'; readonly part: IncidentPart; readonly title: string }
  | { readonly what: 'assign' | 'merge' | 'answer' | 'close' | 'reopen'; readonly report: DeskReport }
