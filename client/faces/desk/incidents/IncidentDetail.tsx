/** One incident in full: how it stands, who has it, who leads and helps, what belongs to it, and its log with the map of each moment. */
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
  titleOfPart,
  whereOf,
} from '../../../shell/incidents/incidentThing.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { IncidentPlans } from './IncidentPlans.tsx'
import { canDo, joinedTo, type IncidentDoes } from './incidentDoes.ts'

export interface IncidentDetailProps {
  readonly incident: DeskIncident
  readonly does: IncidentDoes
  readonly who: string
  readonly isBusy: boolean
}

export function IncidentDetail({ incident, does, who, isBusy }: IncidentDetailProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const where = whereOf(incident.at, city)
  const clockOf = (timeMs: number) => (timeZone ? formatClock(timeMs, timeZone, true) : '')
  return (
    <section className="stack alarm-detail">
      <h2>
        <IncidentMark state={incident.state} /> {titleOfIncident(incident, city)}
      </h2>
      <p>
        {sayIncident('incident.is')}, {stateOf(incident)},{' '}
        {sayIncident('incident.since', { time: clockOf(incident.sinceMs) })}
        {where !== '' && <b> · {where}</b>}
      </p>
      <Buttons {...{ incident, does, who, isBusy }} />
      <Facts incident={incident} city={city} />
      <IncidentPlans incident={incident} />
      <h3>{sayIncident('incident.log')}</h3>
      <ol className="plain entries events incident-log">
        {incident.log.toReversed().map((entry) => (
          <li key={entry.id}>
            <div className="entry">
              <button
                type="button"
                className="link"
                aria-label={sayIncident('incident.thenAt', { time: clockOf(entry.atMs) })}
                title={sayIncident('incident.then')}
                onClick={() => does.showThen(entry.atMs)}
              >
                <time dateTime={new Date(entry.atMs).toISOString()}>{clockOf(entry.atMs)}</time>
              </button>
              <span>
                {entry.who}: {sentenceOf(entry, incident, city)}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Buttons({ incident, does, who, isBusy }: IncidentDetailProps) {
  const next = incident.state === 'found' ? 'own' : incident.state === 'owned' ? 'handle' : 'clear'
  const acts = ['own', 'handle', 'clear', 'lead'] as const
  if (incident.state === 'cleared')
    return (
      <div className="row">
        <button type="button" onClick={() => does.note(incident)}>
          {sayIncident('incident.note')}
        </button>
      </div>
    )
  return (
    <div className="row">
      {acts.map((act) => (
        <button
          key={act}
          type="button"
          className={act === next ? 'strong' : undefined}
          aria-disabled={isBusy || !canDo(act, incident, who)}
          onClick={() => does[act](incident)}
        >
          {sayIncident(`incident.${act}`)}
        </button>
      ))}
      <button type="button" onClick={() => does.note(incident)}>
        {sayIncident('incident.note')}
      </button>
      <button type="button" onClick={() => does.addScenario(incident)}>
        {sayIncident('incident.scenarioAdd')}
      </button>
      <button
        type="button"
        aria-disabled={isBusy || joinedTo(incident).length === 0}
        onClick={() => does.takeOut(incident)}
      >
        {sayIncident('incident.leave')}
      </button>
    </div>
  )
}

function Facts({ incident, city }: { incident: DeskIncident; city: City | undefined }) {
  const { owner, lead, partners, parts } = incident
  return (
    <dl className="alarm-facts">
      <dt>{sayIncident('incident.owner')}</dt>
      <dd>{owner ?? '–'}</dd>
      <dt>{sayIncident('ask.leadLabel')}</dt>
      <dd>{lead === undefined ? sayIncident('incident.leadNone') : agencyName(lead)}</dd>
      {partners.length > 0 && <dt>{sayIncident('incident.partners')}</dt>}
      {partners.length > 0 && <dd>{partners.map(agencyName).join(', ')}</dd>}
      {parts.length > 0 && <dt>{sayIncident('incident.joined')}</dt>}
      {parts.map((part, i) => (
        // lines without a state of their own
        <dd key={i}>{titleOfPart(part, city)}</dd>
      ))}
    </dl>
  )
}
