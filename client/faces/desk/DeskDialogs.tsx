/** The dialog of what the desk is about to say, if any. */
import { agencies } from '../../../twin/desk/agencies.ts'
import type { City } from '../../../twin/city.ts'
import { sayDesk } from '../../language/deskWords.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { titleOfAlarm } from '../../shell/alarmThing.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import { getScenarios, type DeskIncident, type DeskReport } from '../../shell/incidents/deskAnswers.ts'
import {
  agencyName,
  serviceOf,
  titleOfIncident,
  titleOfPart,
  whereOf,
} from '../../shell/incidents/incidentThing.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { AskChoice, AskLead, AskWhether, AskWords } from './AskDialogs.tsx'
import type { Asking } from './asking.ts'
import { joinedTo } from './incidents/incidentDoes.ts'
import { ShelfDialog } from './ShelfDialog.tsx'
import type { AlarmActs } from './useAlarmActs.ts'
import type { DeskActs } from './useDeskActs.ts'

const SCENARIOS_MS = 60_000

export interface DeskDialogsProps {
  readonly asking: Asking | undefined
  readonly city: City | undefined
  readonly alarmActs: AlarmActs
  readonly acts: DeskActs
  readonly incidents: readonly DeskIncident[]
  readonly reports: readonly DeskReport[]
  /** Those of an incident that are up still. */
  standingIn(incident: DeskIncident): readonly Alarm[]
  /** A new incident is what is looked at next. */
  onOpened(id: string): void
  onClose(): void
}

export function DeskDialogs(props: DeskDialogsProps) {
  const { asking, city, onClose } = props
  if (asking === undefined) return null
  switch (asking.what) {
    case 'shelve':
      return (
        <ShelfDialog
          alarm={asking.alarm}
          city={city}
          onShelve={(forS, reason) => props.alarmActs.shelve(asking.alarm, forS, reason)}
          onClose={onClose}
        />
      )
    case 'open':
      return (
        <AskWords
          title={sayIncident('ask.open')}
          about={undefined}
          label={sayIncident('ask.openLabel')}
          hint={sayIncident('ask.openHint')}
          act={sayIncident('open.incident')}
          mostLetters={160}
          onSay={(title) =>
            void props.acts
              .begin({ kind: 'incident', act: 'open', of: { what: 'words', title } })
              .then((id) => id !== undefined && props.onOpened(id))
          }
          onClose={onClose}
        />
      )
    case 'leave':
      return <LeaveDialog {...props} incident={asking.incident} />
    case 'join':
      return <JoinDialog {...props} asking={asking} />
    case 'lead':
    case 'note':
    case 'clear':
    case 'scenario':
      return <IncidentDialog {...props} what={asking.what} incident={asking.incident} />
    default:
      return <ReportDialog {...props} what={asking.what} report={asking.report} />
  }
}

function JoinDialog({
  asking,
  city,
  acts,
  incidents,
  onOpened,
  onClose,
}: DeskDialogsProps & { asking: Extract<Asking, { what: 'join' }> }) {
  const { part, title } = asking
  const choices = incidents
    .filter(({ state }) => state !== 'cleared')
    .map((incident) => ({ id: incident.id, name: titleOfIncident(incident, city) }))
  return (
    <AskChoice
      title={sayIncident('ask.join')}
      about={title}
      label={sayIncident('ask.joinLabel')}
      none={sayIncident('ask.joinNone')}
      act={sayIncident('join.incident')}
      choices={choices}
      onChoose={(id) =>
        void acts
          .say({ kind: 'incident', act: 'join', incident: id, part })
          .then((isTaken) => isTaken && onOpened(id))
      }
      onClose={onClose}
    />
  )
}

function LeaveDialog({ incident, city, acts, onClose }: DeskDialogsProps & { incident: DeskIncident }) {
  const joined = joinedTo(incident)
  const leave = (at: number) => {
    // its name is the page's, not the desk's words
    const { serviceCode: _service, name: _name, ...part } = joined[at]
    void acts.say({ kind: 'incident', act: 'leave', incident: incident.id, part })
  }
  return (
    <AskChoice
      title={sayIncident('ask.leave')}
      about={titleOfIncident(incident, city)}
      label={sayIncident('ask.leaveLabel')}
      none=""
      act={sayIncident('incident.leave')}
      choices={joined.map((part, at) => ({ id: String(at), name: titleOfPart(part, city) }))}
      onChoose={(at) => leave(Number(at))}
      onClose={onClose}
    />
  )
}

interface IncidentDialogProps extends DeskDialogsProps {
  readonly what: 'lead' | 'note' | 'clear' | 'scenario'
  readonly incident: DeskIncident
}

function IncidentDialog({ what, incident, city, acts, standingIn, onClose }: IncidentDialogProps) {
  const of = { kind: 'incident', incident: incident.id } as const
  const ask = { about: titleOfIncident(incident, city), onClose }
  if (what === 'scenario') return <ScenarioDialog incident={incident} acts={acts} {...ask} />
  const button = { ...ask, title: sayIncident(`ask.${what}`), act: sayIncident(`incident.${what}`) }
  if (what === 'lead')
    return (
      <AskLead
        {...button}
        lead={incident.lead}
        partners={incident.partners}
        onSay={(lead, partners) => void acts.say({ ...of, act: 'lead', lead, partners })}
      />
    )
  const standing = standingIn(incident).map((alarm) => titleOfAlarm(alarm, city))
  return (
    <AskWords
      {...button}
      label={sayIncident(`ask.${what}Label`)}
      hint={sayIncident(`ask.${what}Hint`)}
      mostLetters={what === 'note' ? 2000 : 500}
      warning={
        what === 'clear' && standing.length > 0
          ? sayIncident('ask.clearStands', { what: standing.join(', ') })
          : undefined
      }
      onSay={(text) => void acts.say({ ...of, act: what, text })}
    />
  )
}

interface ScenarioDialogProps {
  readonly incident: DeskIncident
  readonly acts: DeskActs
  readonly about: string
  onClose(): void
}

function ScenarioDialog({ incident, acts, about, onClose }: ScenarioDialogProps) {
  const { value } = usePolled(getScenarios, SCENARIOS_MS)
  if (value === undefined) return null
  return (
    <AskChoice
      title={sayIncident('ask.scenario')}
      about={about}
      label={sayIncident('ask.scenarioLabel')}
      none={sayIncident('ask.scenarioNone')}
      act={sayIncident('incident.scenarioAdd')}
      choices={value.map(({ id, name }) => ({ id, name }))}
      onChoose={(id) =>
        void acts.say({
          kind: 'incident',
          act: 'join',
          incident: incident.id,
          part: { what: 'scenario', id },
        })
      }
      onClose={onClose}
    />
  )
}

interface ReportDialogProps extends DeskDialogsProps {
  readonly what: 'assign' | 'merge' | 'answer' | 'close' | 'reopen'
  readonly report: DeskReport
}

function ReportDialog({ what, report, reports, city, acts, onClose }: ReportDialogProps) {
  const of = { kind: 'report', report: report.id } as const
  const nameOf = ({ serviceCode, lng, lat, description }: DeskReport) =>
    [serviceOf(serviceCode, city), whereOf([lng, lat], city), description.slice(0, 60)]
      .filter((part) => part !== '')
      .join(' · ')
  const ask = {
    title: sayIncident(`ask.${what}`),
    about: nameOf(report),
    act: sayIncident(`report.${what}`),
    onClose,
  }
  switch (what) {
    case 'assign':
      return (
        <AskChoice
          {...ask}
          label={sayIncident('ask.assignLabel')}
          none=""
          choices={agencies
            .filter((agency) => agency !== report.owner)
            .map((id) => ({ id, name: agencyName(id) }))}
          onChoose={(id) => {
            const to = agencies.find((agency) => agency === id)
            if (to !== undefined) void acts.say({ ...of, act: 'assign', to })
          }}
        />
      )
    case 'merge':
      return (
        <AskChoice
          {...ask}
          label={sayIncident('ask.mergeLabel')}
          none={sayIncident('ask.mergeNone')}
          choices={likest(report, reports).map((one) => ({ id: one.id, name: nameOf(one) }))}
          onChoose={(into) => void acts.say({ ...of, act: 'merge', into })}
        />
      )
    case 'close':
      return (
        <AskWhether
          {...ask}
          told={sayIncident('ask.closeTold')}
          onSay={() => void acts.say({ ...of, act: 'close' })}
        />
      )
    default:
      return (
        <AskWords
          {...ask}
          label={sayIncident(`ask.${what}Label`)}
          hint={what === 'answer' ? sayIncident('ask.answerHint') : sayDesk('desk.reasonHint')}
          mostLetters={500}
          onSay={(text) => void acts.say({ ...of, act: what, text })}
        />
      )
  }
}

/** What a report may be a duplicate of: of the same service first, then the nearest. */
function likest(report: DeskReport, reports: readonly DeskReport[]): DeskReport[] {
  const other = (one: DeskReport) => Number(one.serviceCode !== report.serviceCode)
  const awayDeg = (one: DeskReport) => Math.hypot(one.lng - report.lng, one.lat - report.lat)
  return reports
    .filter(({ id, state }) => id !== report.id && state !== 'merged')
    .sort((a, b) => other(a) - other(b) || awayDeg(a) - awayDeg(b))
}
