/** How far an incident is, as a shape in no alarm's colour: an empty ring, a half, a full one, a tick. */
import type { IncidentState } from '../../../twin/desk/incident.ts'

export function IncidentMark({ state }: { state: IncidentState }) {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      {state === 'cleared' ? (
        <path d="M2.5 8.5 6.5 12.5 13.5 4" fill="none" stroke="currentColor" strokeWidth="2" />
      ) : (
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="2" />
      )}
      {state === 'owned' && <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />}
      {state === 'handled' && <circle cx="8" cy="8" r="6.5" fill="currentColor" />}
    </svg>
  )
}
