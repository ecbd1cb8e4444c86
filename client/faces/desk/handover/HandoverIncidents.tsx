/** Incidents on the page of a handover: what, where, how it stands, who has it, who leads and helps; with its log when it is open. */
import type { City } from '../../../../twin/city.ts'
import { formatClock } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import type { DeskIncident } from '../../../shell/incidents/deskAnswers.ts'
import { IncidentMark } from '../../../shell/incidents/IncidentMark.tsx'
import {
  agencyName,
  sentenceOf,
  stateOf,
  titleOfIncident,
  whereOf,
} from '../../../shell/incidents/incidentThing.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'

export interface HandoverIncidentsProps {
  readonly title: string
  readonly incidents: readonly DeskIncident[]
  readonly city: City | undefined
  readonly withLog?: boolean
}

export function HandoverIncidents({ title, incidents, city, withLog = false }: HandoverIncidentsProps) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const clockOf = (timeMs: number) => (timeZone ? formatClock(timeMs, timeZone) : '')
  return (
    <section>
      <h2>{title}</h2>
      {incidents.length === 0 && <p className="quiet">{sayIncident('incident.count', { n: 0 })}</p>}
      {incidents.map((incident) => (
        <article key={incident.id}>
          <h3>
            <IncidentMark state={incident.state} /> {titleOfIncident(incident, city)}{' '}
            <span className="quiet">{whereOf(incident.at, city)}</span>
          </h3>
          <p>
            {[
              stateOf(incident),
              sayIncident('incident.since', { time: clockOf(incident.sinceMs) }),
              incident.state !== 'owned' && incident.owner !== undefined
                ? sayIncident('incident.owned', { who: incident.owner })
                : '',
              leadWords(incident),
            ]
              .filter((words) => words !== '')
              .join(' · ')}
          </p>
          <ol className="plain handover-log">
            {(withLog ? incident.log : incident.log.slice(-1)).map((entry) => (
              <li key={entry.id}>
                <time dateTime={new Date(entry.atMs).toISOString()}>{clockOf(entry.atMs)}</time>
                <span>
                  {entry.who}: {sentenceOf(entry, incident, city)}
                </span>
              </li>
            ))}
          </ol>
        </article>
      ))}
    </section>
  )
}

function leadWords({ lead, partners }: DeskIncident): string {
  if (lead === undefined) return sayIncident('incident.leadNone')
  const agency = agencyName(lead)
  return partners.length === 0
    ? sayIncident('done.lead', { agency })
    : sayIncident('done.leadWith', { agency, partners: partners.map(agencyName).join(', ') })
}
