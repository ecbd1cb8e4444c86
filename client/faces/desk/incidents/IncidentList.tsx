/** The incidents that are open, and those cleared in the last day: what nobody has yet first. Keys act on the chosen one. */
import { sayIncident } from '../../../language/incidentWords.ts'
import { formatClock } from '../../../language/format.ts'
import type { DeskIncident } from '../../../shell/incidents/deskAnswers.ts'
import { IncidentMark } from '../../../shell/incidents/IncidentMark.tsx'
import { agencyName, stateOf, titleOfIncident, whereOf } from '../../../shell/incidents/incidentThing.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { DeskList, focusList } from '../DeskList.tsx'
import { ALARMS, INCIDENTS, REPORTS } from '../lists.ts'
import type { IncidentDoes } from './incidentDoes.ts'

export interface IncidentListProps {
  readonly incidents: readonly DeskIncident[]
  readonly chosen: DeskIncident | undefined
  readonly does: IncidentDoes
  /** Why they cannot be read. */
  readonly error: string | undefined
  onChoose(incident: DeskIncident): void
}

export function IncidentList({ incidents, chosen, does, error, onChoose }: IncidentListProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const open = incidents.filter(({ state }) => state !== 'cleared').length
  return (
    <>
      <div className="row">
        <h2>{sayIncident('incident.list')}</h2>
        <button type="button" className="push" onClick={does.openWithWords}>
          {sayIncident('incident.new')}
        </button>
      </div>
      <p className="quiet" role="status">
        {error !== undefined
          ? sayIncident('incident.unreached', { why: error })
          : open === 0
            ? sayIncident('incident.none')
            : sayIncident('incident.count', { n: open })}
      </p>
      <DeskList
        id={INCIDENTS}
        label={sayIncident('incident.list')}
        rows={incidents}
        chosen={chosen}
        onChoose={onChoose}
        onShow={does.show}
        keys={{
          o: does.own,
          h: does.handle,
          c: does.clear,
          l: does.lead,
          n: does.note,
          x: does.takeOut,
          t: (incident) => does.showThen(incident.foundMs),
        }}
        listKeys={{ ArrowLeft: () => focusList(ALARMS), ArrowRight: () => focusList(REPORTS) }}
        draw={(incident) => (
          <>
            <IncidentMark state={incident.state} />
            <div className="alarm-words">
              <b>{titleOfIncident(incident, city)}</b>
              <span>
                {[
                  whereOf(incident.at, city),
                  incident.lead === undefined ? sayIncident('incident.leadNone') : agencyName(incident.lead),
                ]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </span>
              <small>
                {stateOf(incident)}
                {timeZone &&
                  `, ${sayIncident('incident.since', { time: formatClock(incident.sinceMs, timeZone) })}`}
              </small>
            </div>
          </>
        )}
      />
    </>
  )
}
