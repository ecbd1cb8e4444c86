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
import './compare/compare.css'
import { CompareMaps } from './compare/CompareMaps.tsx'
import { ComparedFacts, ComparedPlaces } from './compare/ComparedPlaces.tsx'
import { useComparing } from './compare/useComparing.ts'
import { Consequences } from './Consequences.tsx'
import { Differences } from './Differences.tsx'
import { DocumentPanel } from './documents/DocumentPanel.tsx'
import { EditActions } from './EditActions.tsx'
import { EndComparison } from './EndComparison.tsx'
import { usePreliminary } from './preliminary/usePreliminary.ts'
import { ScenarioPanel } from './ScenarioPanel.tsx'
import { Timeline } from './Timeline.tsx'
import { useEnsemble } from './useEnsemble.ts'
import { useKept } from './compare/useKept.ts'
import { useScenario } from './useScenario.ts'

export function PlanFace() {
  const { live } = useShell()
  const kept = useKept(live)
  const scenario = useScenario(live, kept.has)
  usePreliminary(live, scenario)
  const measuring = useEnsemble(live, scenario)
  const comparing = useComparing(live, scenario, measuring, kept)
  const [story, setStory] = useState<'blackout' | 'evening'>()
  const selection = useStore(live.store, ({ view }) => view.selection)
  const [asked, ask] = useState<typeof story>()
  const tell = (next: typeof story) => {
    comparing.compare.go('one')
    scenario.leave()
    setStory(next)
  }
  const wish = scenario.run || scenario.isStarting ? ask : tell
  const endStory = () => setStory(undefined)
  useHotkey('b', () => wish('blackout'))
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
            <DocumentPanel scenario={scenario} />
            <ScenarioPanel scenario={scenario} isBusy={story !== undefined} />
            <button type="button" disabled={story !== undefined} onClick={() => wish('blackout')}>
              {say('blackout.button')}
            </button>
          </div>
        </SmallBoundary>
      </aside>
      <main className="map-place" aria-label={say('map.title')} data-cells={comparing.compare.cells}>
        <SmallBoundary part={say('map.title')}>
          <FaceMap />
          {!story && <CompareMaps compare={comparing.compare} measure={comparing.differences.field?.id} />}
          <PastBanner />
          <AheadBanner />
        </SmallBoundary>
      </main>
      <aside className="right panel" aria-label={say('plan.right')}>
        <SmallBoundary part={say('app.panel')}>
          {story === 'blackout' && <BlackoutMinute onLeave={endStory} />}
          {story === 'evening' && <EveningShow onLeave={endStory} />}
          {!story && <Differences scenario={comparing.scenario} />}
          {!story && scenario.history.edits.length > 0 && (
            <Consequences scenario={scenario} measuring={measuring} />
          )}
          {!story && <ComparedPlaces comparing={comparing} />}
          {!story && !scenario.run && !scenario.isStarting && <EveningOffer onShow={() => tell('evening')} />}
          {selection ? (
            <Inspector>
              {!story && <ComparedFacts comparing={comparing} selection={selection} />}
              {!story && <EditActions selection={selection} scenario={scenario} />}
            </Inspector>
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
      {asked && <EndComparison onEnd={() => tell(asked)} onStay={() => ask(undefined)} />}
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
