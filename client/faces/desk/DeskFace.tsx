/**
 * The operator's place: what is up and what is being handled at the left, where it is in the middle with what people reported and
 * the journal below, what is chosen and what to do about it at the right. Keyboard first.
 */
import { lazy, Suspense } from 'react'
import { likelySame } from '../../../twin/desk/duplicates.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import { say } from '../../language/language.ts'
import { EventList } from '../../shell/EventList.tsx'
import { ExerciseWord, useMode } from '../../shell/Exercise.tsx'
import { FeedPart } from '../../shell/feeds/FeedPart.tsx'
import { Inspector } from '../../shell/Inspector.tsx'
import { LayerSwitch } from '../../shell/LayerSwitch.tsx'
import { PastBanner } from '../../shell/past/PastBanner.tsx'
import { PastPanel } from '../../shell/past/PastPanel.tsx'
import { Preferences } from '../../shell/Preferences.tsx'
import { Search } from '../../shell/Search.tsx'
import { showPlace } from '../../shell/showPlace.ts'
import { useShell } from '../../shell/shellContext.ts'
import '../../shell/shell.css'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'
import { useStore } from '../../state/store.ts'
import { FaceMap } from '../FaceMap.tsx'
import { AlarmDetail } from './AlarmDetail.tsx'
import { AlarmList } from './AlarmList.tsx'
import { CityNumbers } from './CityNumbers.tsx'
import { DeskDialogs } from './DeskDialogs.tsx'
import { ExercisePanel } from './ExercisePanel.tsx'
import { ClosureIncident } from './incidents/ClosureIncident.tsx'
import { IncidentDetail } from './incidents/IncidentDetail.tsx'
import { IncidentList } from './incidents/IncidentList.tsx'
import { Journal } from './Journal.tsx'
import { ReportDetail } from './reports/ReportDetail.tsx'
import { ReportList } from './reports/ReportList.tsx'
import { useSimulatedReports } from './reports/useSimulatedReports.ts'
import { Statistics } from './Statistics.tsx'
import type { AlarmActs } from './useAlarmActs.ts'
import { useAnnounce } from './useAnnounce.ts'
import { useDesk, type Desk } from './useDesk.ts'
import { Walls } from './Walls.tsx'
import './desk.css'
import './deskLists.css'

/** A feed that fails is seen within so long. */
const FEEDS_MS = 1000

const Handover = lazy(() => import('./handover/Handover.tsx').then(({ Handover }) => ({ default: Handover })))

export function DeskFace() {
  const { live } = useShell()
  const desk = useDesk()
  const mode = useMode(live)
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  const handover = useStore(live.store, ({ view }) => view.handover)
  return (
    <>
      {/* what lies below a handover is neither read nor reached */}
      <div className="desk" data-mode={mode} inert={handover !== undefined}>
        <DeskHeader />
        <section className="desk-alarms" aria-label={sayDesk('desk.alarms')}>
          <SmallBoundary part={sayDesk('desk.alarms')}>
            <Alarms desk={desk} />
          </SmallBoundary>
        </section>
        <main className="map-place" aria-label={say('map.title')}>
          <SmallBoundary part={say('map.title')}>
            <FaceMap />
            <PastBanner />
          </SmallBoundary>
        </main>
        <aside className="desk-detail" aria-label={sayDesk('desk.cause')}>
          <SmallBoundary part={say('app.panel')}>
            <Detail desk={desk} />
            <Inspector>
              <ClosureIncident desk={desk} />
            </Inspector>
            <DeskName acts={desk.alarmActs} />
            <small>{keysOf(desk)}</small>
            <h2>{say('layers.title')}</h2>
            <LayerSwitch />
            <FeedPart everyMs={FEEDS_MS} isDesk />
          </SmallBoundary>
        </aside>
        {isPast && (
          <div className="desk-past">
            <SmallBoundary part={say('past.title')}>
              <PastPanel isSmall />
            </SmallBoundary>
          </div>
        )}
        <section className="desk-reports" aria-label={sayIncident('report.list')}>
          <SmallBoundary part={sayIncident('report.list')}>
            <Reports desk={desk} />
          </SmallBoundary>
        </section>
        <section className="desk-journal" tabIndex={0} aria-label={sayDesk('desk.journal')}>
          <SmallBoundary part={sayDesk('desk.journal')}>
            <Journal city={desk.city} />
          </SmallBoundary>
        </section>
        <DeskDialogs
          asking={desk.asking}
          city={desk.city}
          alarmActs={desk.alarmActs}
          acts={desk.acts}
          incidents={desk.incidents}
          reports={desk.reports}
          standingIn={desk.standingIn}
          onOpened={desk.chooseIncident}
          onClose={() => desk.ask(undefined)}
        />
      </div>
      {handover !== undefined && (
        <SmallBoundary part={sayIncident('shift.title')}>
          <Suspense fallback={null}>
            <Handover desk={desk} id={handover} />
          </Suspense>
        </SmallBoundary>
      )}
    </>
  )
}

function Alarms({ desk }: { desk: Desk }) {
  const { alarmActs, acts } = desk
  const { live } = useShell()
  const isLive = useStore(live.store, ({ stream, clock }) => stream === LIVE && clock !== undefined)
  const sound = useAnnounce(
    desk.alarms,
    useStore(live.store, ({ info }) => info?.name),
    isLive,
  )
  const error = alarmActs.error ?? acts.error
  return (
    <>
      <div className="row">
        <h2>{sayDesk('desk.alarms')}</h2>
        <button
          type="button"
          className="push"
          aria-pressed={sound.isOn}
          title={sayDesk('desk.soundTold')}
          onClick={() => sound.turn(!sound.isOn)}
        >
          {sayDesk('desk.sound')}
        </button>
      </div>
      <AlarmList alarms={desk.alarms} chosen={desk.alarm} does={desk.alarmDoes} />
      <IncidentList
        incidents={desk.incidents}
        chosen={desk.incident}
        does={desk.incidentDoes}
        error={desk.incidentsError}
        onChoose={({ id }) => desk.chooseIncident(id)}
      />
      {error !== undefined && <p role="alert">{sayDesk('act.failed', { why: error })}</p>}
      <div className="desk-statistics">
        <Statistics />
      </div>
      <CityNumbers />
    </>
  )
}

function Reports({ desk }: { desk: Desk }) {
  return (
    <ReportList
      reports={desk.reports}
      chosen={desk.report}
      does={desk.reportDoes}
      simulated={useSimulatedReports()}
      onChoose={({ id }) => desk.chooseReport(id)}
    />
  )
}

function Detail({ desk }: { desk: Desk }) {
  const { alarm, incident, report, acts, alarmActs } = desk
  if (alarm) return <AlarmDetail alarm={alarm} acts={alarmActs} does={desk.alarmDoes} />
  if (incident)
    return <IncidentDetail incident={incident} does={desk.incidentDoes} who={desk.who} isBusy={acts.isBusy} />
  if (report)
    return (
      <ReportDetail
        report={report}
        same={desk.reports.find(({ id }) => id === report.into)}
        likely={likelySame(report, desk.reports)}
        does={desk.reportDoes}
        isBusy={acts.isBusy}
      />
    )
  return (
    <>
      <p className="quiet">{sayDesk('desk.choose')}</p>
      <h2>{say('events.title')}</h2>
      <EventList limit={10} />
    </>
  )
}

/** Under which name this desk does what it does. */
function DeskName({ acts }: { acts: AlarmActs }) {
  return (
    <label>
      {sayDesk('desk.who')}
      <input
        value={acts.who}
        maxLength={80}
        placeholder={sayDesk('desk.whoHint')}
        onChange={(event) => acts.setWho(event.target.value)}
      />
    </label>
  )
}

/** The keys of the list that the chosen one is of. */
function keysOf({ incident, report }: Desk): string {
  if (incident) return sayIncident('incident.keys')
  return report ? sayIncident('report.keys') : sayDesk('desk.keys')
}

/** On the sheet of keys, list by list. */
function ListKeys() {
  const lists = [
    [sayDesk('desk.alarms'), sayDesk('desk.keys')],
    [sayIncident('incident.list'), sayIncident('incident.keys')],
    [sayIncident('report.list'), sayIncident('report.keys')],
  ]
  return lists.map(([name, keys]) => (
    <p key={name}>
      <b>{name}</b> · {keys}
    </p>
  ))
}

function DeskHeader() {
  const { live } = useShell()
  const name = useStore(live.store, ({ info }) => info?.name)
  return (
    <header className="bar">
      <h1>{name ?? say('app.name')}</h1>
      <Clock withSeconds />
      <StatusLine />
      <ExerciseWord withReason />
      <div className="desk-search push">
        <Search
          label={say('search.label')}
          hotkey="/"
          near={() => {
            const { camera } = live.store.get().view
            return camera && [camera.lng, camera.lat]
          }}
          onPick={(place) => showPlace(live, place)}
        />
      </div>
      <ExercisePanel />
      <Walls />
      <button type="button" onClick={() => live.store.setView({ handover: '' })}>
        {sayIncident('shift.link')}
      </button>
      <nav className="preferences" aria-label={say('menu.title')}>
        <Preferences face="desk">
          <ListKeys />
        </Preferences>
      </nav>
    </header>
  )
}
