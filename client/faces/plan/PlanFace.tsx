/** The planning face: layers and scenario at the left, map in the middle, what is selected or compared at the right, time below. */
import { useState } from 'react'
import { domainIds } from '../../../twin/domains.ts'
import { say } from '../../language/language.ts'
import { AheadBanner } from '../../shell/ahead/AheadBanner.tsx'
import { BlackoutMinute } from '../../shell/BlackoutMinute.tsx'
import { EveningOffer } from '../../shell/EveningOffer.tsx'
import { EveningShow } from '../../shell/EveningShow.tsx'
import { EventList } from '../../shell/EventList.tsx'
import { Inspector } from '../../shell/Inspector.tsx'
import { LayerSwitch, toggleLayer } from '../../shell/LayerSwitch.tsx'
import { ListBeside } from '../../shell/ListBeside.tsx'
import { PastBanner } from '../../shell/past/PastBanner.tsx'
import { PastPanel } from '../../shell/past/PastPanel.tsx'
import { PreferencesMenu } from '../../shell/PreferencesMenu.tsx'
import { useHotkey } from '../../shell/hotkeys.ts'
import { Search } from '../../shell/Search.tsx'
import { showPlace } from '../../shell/showPlace.ts'
import { useShell } from '../../shell/shellContext.ts'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import '../../shell/shell.css'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'
import { useStore } from '../../state/store.ts'
import { FaceMap } from '../FaceMap.tsx'
import './plan.css'
import { Consequences } from './Consequences.tsx'
import { Differences } from './Differences.tsx'
import { EditActions } from './EditActions.tsx'
import { ScenarioPanel } from './ScenarioPanel.tsx'
import { Timeline } from './Timeline.tsx'
import { TownPart } from './town/TownPart.tsx'
import { useScenario } from './useScenario.ts'

export function PlanFace() {
  const { live } = useShell()
  const scenario = useScenario(live)
  const [story, setStory] = useState<'blackout' | 'evening'>()
  const selection = useStore(live.store, ({ view }) => view.selection)
  const tell = (next: 'blackout' | 'evening') => {
    scenario.leave()
    setStory(next)
  }
  const endStory = () => setStory(undefined)
  useHotkey('b', () => tell('blackout'))
  useLayerKeys()
  return (
    <div className="plan">
      <PlanHeader />
      <aside className="left panel" aria-label={say('plan.left')}>
        <SmallBoundary part={say('layers.title')}>
          <div className="panel-part grow">
            <h2>{say('layers.title')}</h2>
            <LayerSwitch />
          </div>
          <div className="panel-part">
            <ScenarioPanel scenario={scenario} isBusy={story !== undefined} />
            <button type="button" disabled={story !== undefined} onClick={() => tell('blackout')}>
              {say('blackout.button')}
            </button>
            <TownPart />
          </div>
        </SmallBoundary>
      </aside>
      <main className="map-place" aria-label={say('map.title')}>
        <SmallBoundary part={say('map.title')}>
          <FaceMap />
          <PastBanner />
          <AheadBanner />
        </SmallBoundary>
      </main>
      <aside className="right panel" aria-label={say('plan.right')}>
        <SmallBoundary part={say('app.panel')}>
          {story === 'blackout' && <BlackoutMinute onLeave={endStory} />}
          {story === 'evening' && <EveningShow onLeave={endStory} />}
          {!story && <Differences scenario={scenario} />}
          {!story && scenario.history.edits.length > 0 && <Consequences scenario={scenario} />}
          {!story && !scenario.run && !scenario.isStarting && <EveningOffer onShow={() => tell('evening')} />}
          {selection ? (
            <Inspector>{!story && <EditActions selection={selection} scenario={scenario} />}</Inspector>
          ) : (
            story !== 'blackout' && <Overview />
          )}
        </SmallBoundary>
      </aside>
      <footer className="time">
        <SmallBoundary part={say('past.title')}>
          <PastPanel />
        </SmallBoundary>
        <Timeline />
      </footer>
    </div>
  )
}

/** 1 to 4 switch the layers, in their order. */
function useLayerKeys(): void {
  const { live } = useShell()
  const toggle = (at: number) => () => toggleLayer(live, domainIds[at])
  useHotkey('1', toggle(0))
  useHotkey('2', toggle(1))
  useHotkey('3', toggle(2))
  useHotkey('4', toggle(3))
}

function PlanHeader() {
  const { live } = useShell()
  const name = useStore(live.store, ({ info }) => info?.name)
  return (
    <header className="bar">
      <h1>{name ?? say('app.name')}</h1>
      <Clock withSeconds />
      <StatusLine />
      <div className="plan-search push">
        <Search
          label={say('search.label')}
          hotkey="/"
          near={() => {
            const camera = live.store.get().view.camera
            return camera && [camera.lng, camera.lat]
          }}
          onPick={(place) => showPlace(live, place)}
        />
      </div>
      <PreferencesMenu face="plan" />
    </header>
  )
}

/** With nothing selected: what matters most, and what happened last. */
function Overview() {
  return (
    <>
      <h2>{say('list.title')}</h2>
      <ListBeside withChart />
      <h2>{say('events.title')}</h2>
      <EventList limit={8} />
    </>
  )
}
