/** What a resident can do, one thing at a time, and what is selected. */
import { Suspense, useEffect, useRef, useState } from 'react'
import { lazyPart } from '../../state/lazyPart.ts'
import { say } from '../../language/language.ts'
import { EveningOffer } from '../../shell/EveningOffer.tsx'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import { useHotkey } from '../../shell/hotkeys.ts'
import { useShell } from '../../shell/shellContext.ts'
import '../../shell/shell.css'
import { useMedia } from '../../shell/useMedia.ts'
import { useStore } from '../../state/store.ts'
import { noDraft, type Draft } from './draft.ts'
import { MyReports } from './MyReports.tsx'
import { PublishedLink } from './PublishedLink.tsx'
import type { PublicMode } from './publicMode.ts'
import { useOutbox } from './useOutbox.ts'

/** Of all layers: they travel together. */
const loadPanels = () => import('../../layers/traffic/TrafficPanels.tsx')
const loadTask = () => import('./PublicTask.tsx').then(({ PublicTask }) => ({ default: PublicTask }))
const PublicTask = lazyPart(loadTask)
// These speak for the layers, whose drawing code is far larger than the map may wait for.
const Inspector = lazyPart(() =>
  import('../../shell/Inspector.tsx').then(({ Inspector }) => ({ default: Inspector })),
)
const ListBeside = lazyPart(() =>
  import('../../shell/ListBeside.tsx').then(({ ListBeside }) => ({ default: ListBeside })),
)
const EventList = lazyPart(() =>
  import('../../shell/EventList.tsx').then(({ EventList }) => ({ default: EventList })),
)

const FeedPart = lazyPart(() =>
  import('../../shell/feeds/FeedPart.tsx').then(({ FeedPart }) => ({ default: FeedPart })),
)

const MapKey = lazyPart(() => import('../../shell/MapKey.tsx').then(({ MapKey }) => ({ default: MapKey })))

/** Many look at this face: they hear of feeds a little later. */
const FEEDS_MS = 15_000

/** Where the sheet stands beside the map, with room below its words. */
const ROOMY = '(min-width: 900px)'

export interface PublicToolsProps {
  readonly mode: PublicMode
  readonly setMode: (mode: PublicMode) => void
}

export function PublicTools({ mode, setMode }: PublicToolsProps) {
  const { live } = useShell()
  const outbox = useOutbox(live)
  const hasSelection = useStore(live.store, ({ view }) => view.selection !== undefined)
  const isRunning = useStore(live.store, ({ city, pulse }) => city !== undefined && pulse > 0)
  const hasRoom = useMedia(ROOMY) && isRunning
  // what may be asked for next is here before it is
  useEffect(() => {
    if (!isRunning) return
    void loadTask()
    void loadPanels()
  }, [isRunning])
  const [draft, setDraft] = useState<Draft>(noDraft)
  const back = () => setMode('now')
  const actions = useRef<HTMLElement>(null)
  const before = useRef(mode)
  // who comes back by keys stands where he left
  useEffect(() => {
    if (mode === 'now' && before.current !== 'now' && document.activeElement === document.body)
      actions.current?.querySelector<HTMLElement>(`[data-opens='${before.current}']`)?.focus()
    before.current = mode
  }, [mode])
  useHotkey('b', () => setMode('blackout'))
  return (
    <SmallBoundary part={say('app.panel')}>
      {mode === 'now' && (
        <>
          <Suspense>{isRunning && <MapKey />}</Suspense>
          <nav ref={actions} className="actions" aria-label={say('actions.title')}>
            <button type="button" className="strong" data-opens="report" onClick={() => setMode('report')}>
              {say('report.button')}
            </button>
            <button type="button" data-opens="near" onClick={() => setMode('near')}>
              {say('near.button')}
            </button>
            <button type="button" data-opens="blackout" onClick={() => setMode('blackout')}>
              {say('blackout.button')}
            </button>
            <button type="button" data-opens="list" onClick={() => setMode('list')}>
              {say('list.button')}
            </button>
            {live.source.past && (
              <button type="button" data-opens="past" onClick={() => setMode('past')}>
                {say('past.button')}
              </button>
            )}
          </nav>
          <Suspense>{hasSelection && <Inspector />}</Suspense>
          <MyReports entries={outbox.entries} />
          {isRunning && <PublishedLink />}
          <EveningOffer onShow={() => setMode('evening')} />
          {hasRoom && (
            <Suspense>
              <div className="stack">
                <h2>{say('list.title')}</h2>
                <ListBeside />
                <h2>{say('events.title')}</h2>
                <EventList limit={6} />
              </div>
            </Suspense>
          )}
          <Suspense>{isRunning && <FeedPart everyMs={FEEDS_MS} />}</Suspense>
        </>
      )}
      {mode !== 'now' && (
        <Suspense>
          <PublicTask mode={mode} outbox={outbox} draft={draft} setDraft={setDraft} onBack={back} />
        </Suspense>
      )}
    </SmallBoundary>
  )
}
