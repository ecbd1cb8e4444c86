/** The planning face: layers and scenario at the left, map in the middle, what is selected or compared at the right, time below. */
import { Suspense, useEffect, useRef, useState } from 'react'
import { domainIds } from '../../../twin/domains.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { say } from '../../language/language.ts'
import { AheadBanner } from '../../shell/ahead/AheadBanner.tsx'
import { BlackoutMinute } from '../../shell/BlackoutMinute.tsx'
import { EveningOffer } from '../../shell/EveningOffer.tsx'
import { EveningShow } from '../../shell/EveningShow.tsx'
import { EventList } from '../../shell/EventList.tsx'
import { FeedPart } from '../../shell/feeds/FeedPart.tsx'
import { Inspector } from '../../shell/Inspector.tsx'
import { LayerSwitch, toggleLayer } from '../../shell/LayerSwitch.tsx'
import { ListBeside } from '../../shell/ListBeside.tsx'
import { PastBanner } from '../../shell/past/PastBanner.tsx'
import { PastPanel } from '../../shell/past/PastPanel.tsx'
import { PreferencesMenu } from '../../shell/PreferencesMenu.tsx'
import { useHotkey } from '../../shell/hotkeys.ts'
import { takeHandedEdits } from '../../shell/response/handedEdits.ts'
import { useLatest } from '../../shell/useLatest.ts'
import { Search } from '../../shell/Search.tsx'
import { showPlace } from '../../shell/showPlace.ts'
import { useShell } from '../../shell/shellContext.ts'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import '../../shell/shell.css'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'
import { useStore } from '../../state/store.ts'
import { lazyPart } from '../../state/lazyPart.ts'
import { FaceMap } from '../FaceMap.tsx'
import './plan.css'
import './compare/compare.css'
import { CompareMaps } from './compare/CompareMaps.tsx'
import { ComparedFacts, ComparedPlaces } from './compare/ComparedPlaces.tsx'
import { useComparing } from './compare/useComparing.ts'
import { Consequences } from './Consequences.tsx'
import { Differences } from './Differences.tsx'
import { DocumentPanel } from './documents/DocumentPanel.tsx'
import { AroundOffers } from './draw/AroundOffers.tsx'
import { DrawMenu } from './draw/DrawMenu.tsx'
import { DrawPanel } from './draw/DrawPanel.tsx'
import { useDrawing } from './draw/useDrawing.ts'
import { useSketchedEdits } from './draw/useSketchedEdits.ts'
import { DrillButton } from './drill/DrillButton.tsx'
import { EditActions } from './EditActions.tsx'
import { EndComparison } from './EndComparison.tsx'
import { usePreliminary } from './preliminary/usePreliminary.ts'
import { ScenarioPanel } from './ScenarioPanel.tsx'
import { ThingPlans, withoutName } from './ThingPlans.tsx'
import { Timeline } from './Timeline.tsx'
import { TownPart } from './town/TownPart.tsx'
import { useEnsemble } from './useEnsemble.ts'
import { useKept } from './compare/useKept.ts'
import { useScenario, type Scenario } from './useScenario.ts'

const DrillPanel = lazyPart(() =>
  import('./drill/DrillPanel.tsx').then(({ DrillPanel }) => ({ default: DrillPanel })),
)

/** Whoever plans is in no hurry to hear of feeds. */
const FEEDS_MS = 5000

/** A drill marks its own. */
const nothing: readonly ScenarioEdit[] = []

type Story = 'blackout' | 'evening' | 'drill'

export function PlanFace() {
  const { live, language } = useShell()
  const kept = useKept(live)
  const scenario = useScenario(live, kept.has)
  usePreliminary(live, scenario)
  const measuring = useEnsemble(live, scenario)
  const flows = useStore(live.store, ({ preliminary }) =>
    preliminary?.ok ? preliminary.answer.flowChange : undefined,
  )
  const comparing = useComparing(live, scenario, measuring, kept, flows)
  // a link may open the drill at once
  const [story, setStory] = useState<Story | undefined>(() =>
    new URLSearchParams(location.search).has('drill') ? 'drill' : undefined,
  )
  const drawing = useDrawing(live, scenario.add)
  useHandedEdits(scenario)
  useSketchedEdits(live, story === 'drill' ? nothing : scenario.history.edits, language)
  const selection = useStore(live.store, ({ view }) => view.selection)
  const [asked, ask] = useState<Story>()
  const tell = (next: Story) => {
    ask(undefined)
    comparing.compare.go('one')
    scenario.leave()
    drawing.cancel()
    setStory(next)
  }
  const wish = scenario.run || scenario.isStarting ? ask : tell
  const endStory = () => setStory(undefined)
  // what is begun is told at the top of the column
  const right = useRef<HTMLElement>(null)
  const hasEdits = scenario.history.edits.length > 0
  useEffect(() => {
    if (right.current) right.current.scrollTop = 0
  }, [scenario.isStarting, story, hasEdits])
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
            <FeedPart everyMs={FEEDS_MS} />
          </div>
          <div className="panel-part">
            <DocumentPanel scenario={scenario} />
            <ScenarioPanel scenario={scenario} isBusy={story !== undefined} />
            <DrawMenu tool={drawing} />
            <div className="row stories">
              <button type="button" disabled={story !== undefined} onClick={() => wish('blackout')}>
                {say('blackout.button')}
              </button>
              <DrillButton isBusy={story !== undefined} onStart={() => wish('drill')} />
              <TownPart />
            </div>
          </div>
        </SmallBoundary>
      </aside>
      <main className="map-place" aria-label={say('map.title')} data-cells={comparing.compare.cells}>
        <SmallBoundary part={say('map.title')}>
          <FaceMap
            isAiming={drawing.drawing !== undefined}
            isHidden={!story && comparing.compare.isCovered}
            onClick={drawing.take}
          />
          {!story && <CompareMaps compare={comparing.compare} measure={comparing.differences.field?.id} />}
          <PastBanner />
          <AheadBanner />
        </SmallBoundary>
      </main>
      <aside ref={right} className="right panel" aria-label={say('plan.right')}>
        <SmallBoundary part={say('app.panel')}>
          {story === 'blackout' && <BlackoutMinute onLeave={endStory} />}
          {story === 'drill' && (
            <Suspense>
              <DrillPanel onLeave={endStory} />
            </Suspense>
          )}
          <DrawPanel tool={drawing} />
          {story === 'evening' && <EveningShow onLeave={endStory} />}
          {!story && <Differences scenario={comparing.scenario} />}
          {!story && hasEdits && <Consequences scenario={scenario} measuring={measuring} />}
          {!story && <ComparedPlaces comparing={comparing} />}
          {!story && !scenario.run && !scenario.isStarting && <EveningOffer onShow={() => tell('evening')} />}
          {selection ? (
            <Inspector>
              {!story && <ComparedFacts comparing={comparing} selection={selection} />}
              {!story && <EditActions selection={selection} scenario={scenario} />}
              {!story && <AroundOffers selection={selection} scenario={scenario} />}
              {!story && <ThingPlans selection={selection} scenario={scenario} />}
            </Inspector>
          ) : (
            story !== 'blackout' && story !== 'drill' && <Overview />
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

/** Edits that the desk has handed over, once. */
function useHandedEdits({ add }: Scenario): void {
  const latest = useLatest(add)
  useEffect(() => {
    for (const edit of takeHandedEdits()) latest.current(withoutName(edit))
  }, [latest])
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
