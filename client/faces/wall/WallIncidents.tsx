/** The open incidents across the room, a line each: how far it is as a shape, what and where, who leads, since when. Calm: nothing blinks. */
import { formatClock } from '../../language/format.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import { getIncidents } from '../../shell/incidents/deskAnswers.ts'
import { IncidentMark } from '../../shell/incidents/IncidentMark.tsx'
import { agencyName, stateOf, titleOfIncident, whereOf } from '../../shell/incidents/incidentThing.ts'
import { useDeskAnswer } from '../../shell/incidents/useDeskAnswer.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import './wallIncidents.css'

const SHOWN = 3

/** Takes no room while no incident is open. */
export function WallIncidents() {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const { value = [] } = useDeskAnswer(getIncidents)
  const open = value.filter(({ state }) => state !== 'cleared')
  if (open.length === 0 || !timeZone) return null
  return (
    <section className="wall-incidents" aria-label={sayIncident('wall.incidents')}>
      <h2>{sayIncident('wall.incidents')}</h2>
      <ul className="plain">
        {open.slice(0, SHOWN).map((incident) => (
          <li key={incident.id}>
            <IncidentMark state={incident.state} />
            <div>
              <b>{titleOfIncident(incident, city)}</b>{' '}
              <span className="quiet">
                {[
                  whereOf(incident.at, city),
                  incident.lead && agencyName(incident.lead),
                  stateOf(incident),
                  sayIncident('incident.since', { time: formatClock(incident.sinceMs, timeZone) }),
                ]
                  .filter((words) => words !== undefined && words !== '')
                  .join(' · ')}
              </span>
            </div>
          </li>
        ))}
        {open.length > SHOWN && (
          <li className="quiet">{sayIncident('wall.incidents.more', { n: open.length - SHOWN })}</li>
        )}
      </ul>
    </section>
  )
}
