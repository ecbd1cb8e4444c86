/** The operator's place: what is up at the left, where it is in the middle, what it means and what to do at the right. Keyboard first. */
import { useState } from 'react'
import { alarmTable } from '../../../twin/alarms/tables.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { say } from '../../language/language.ts'
import { layers } from '../../layers/layers.ts'
import { readAlarms, type Alarm } from '../../shell/alarms.ts'
import { selectionOfAlarm } from '../../shell/alarmThing.ts'
import { EventList } from '../../shell/EventList.tsx'
import { ExerciseWord, useMode } from '../../shell/Exercise.tsx'
import { Inspector } from '../../shell/Inspector.tsx'
import { Preferences } from '../../shell/Preferences.tsx'
import { useShell } from '../../shell/shellContext.ts'
import '../../shell/shell.css'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'
import { useLayerContext } from '../../shell/useLayerContext.ts'
import { useStore } from '../../state/store.ts'
import { FaceMap } from '../FaceMap.tsx'
import { AlarmDetail } from './AlarmDetail.tsx'
import { AlarmList } from './AlarmList.tsx'
import { ExercisePanel } from './ExercisePanel.tsx'
import { Journal } from './Journal.tsx'
import { ShelfDialog } from './ShelfDialog.tsx'
import { Statistics } from './Statistics.tsx'
import { canShelve, useAlarmActs } from './useAlarmActs.ts'
import { Walls } from './Walls.tsx'
import './desk.css'

export function DeskFace() {
  const { live } = useShell()
  // read anew with each frame
  useStore(live.store, (state) => state.pulse)
  const city = useStore(live.store, (state) => state.city)
  const context = useLayerContext()
  const acts = useAlarmActs(live)
  const [chosenKey, chooseKey] = useState<string>()
  const [shelving, setShelving] = useState<Alarm>()
  const alarms = readAlarms(live.mirror.table(alarmTable))
  const chosen = alarms.find((alarm) => keyOf(alarm) === chosenKey)
  const choose = (alarm: Alarm | undefined) => chooseKey(alarm && keyOf(alarm))
  const show = (alarm: Alarm) => {
    choose(alarm)
    const selection = city && selectionOfAlarm(alarm, city, live.mirror)
    if (!selection) return
    live.store.setView({ selection })
    const at = context && layers[selection.layer]?.locate(context, selection)
    if (at) live.camera.go({ at, zoom: 14.5 })
  }
  // what was acknowledged sinks below what is new: the next new one is chosen
  const acknowledge = (alarm: Alarm) => {
    acts.acknowledge(alarm)
    const next = alarms.find((other) => other !== alarm && other.state === 'unacknowledged')
    if (next) choose(next)
  }
  const shelve = (alarm: Alarm) => {
    if (canShelve(alarm)) setShelving(alarm)
  }
  return (
    <div className="desk" data-mode={useMode(live)}>
      <DeskHeader />
      <section className="desk-alarms" aria-label={sayDesk('desk.alarms')}>
        <SmallBoundary part={sayDesk('desk.alarms')}>
          <h2>{sayDesk('desk.alarms')}</h2>
          <AlarmList
            alarms={alarms}
            chosen={chosen}
            onChoose={choose}
            onShow={show}
            onAcknowledge={acknowledge}
            onShelve={shelve}
            onUnshelve={acts.unshelve}
          />
          {acts.error !== undefined && <p role="alert">{sayDesk('act.failed', { why: acts.error })}</p>}
          <small className="desk-keys">{sayDesk('desk.keys')}</small>
          <div className="desk-statistics">
            <Statistics />
          </div>
        </SmallBoundary>
      </section>
      <main className="map-place" aria-label={say('map.title')}>
        <SmallBoundary part={say('map.title')}>
          <FaceMap />
        </SmallBoundary>
      </main>
      <aside className="desk-detail" aria-label={sayDesk('desk.cause')}>
        <SmallBoundary part={say('app.panel')}>
          {chosen ? (
            <AlarmDetail alarm={chosen} acts={acts} onShow={show} onShelve={shelve} />
          ) : (
            <>
              <p className="quiet">{sayDesk('desk.choose')}</p>
              <h2>{say('events.title')}</h2>
              <EventList limit={10} />
            </>
          )}
          <Inspector />
        </SmallBoundary>
      </aside>
      <section className="desk-journal" tabIndex={0} aria-label={sayDesk('desk.journal')}>
        <SmallBoundary part={sayDesk('desk.journal')}>
          <Journal city={city} />
        </SmallBoundary>
      </section>
      {shelving && (
        <ShelfDialog
          alarm={shelving}
          city={city}
          onShelve={(forS, reason) => acts.shelve(shelving, forS, reason)}
          onClose={() => setShelving(undefined)}
        />
      )}
    </div>
  )
}

/** A number may be of another alarm once the city has begun anew. */
function keyOf({ id, kind }: Alarm): string {
  return `${id} ${kind.id}`
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
      <ExercisePanel />
      <Walls />
      <nav className="preferences push" aria-label={say('menu.title')}>
        <Preferences />
      </nav>
    </header>
  )
}
