/** The public face, phone first: the map, two sentences, and what a resident can do. Its first script holds the words only. */
import { Suspense, useState } from 'react'
import { lazyPart } from '../../state/lazyPart.ts'
import type { IndicatorId } from '../../../twin/objectives/indicators.ts'
import { formatClock } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import type { Now } from '../../shell/api.ts'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import { ShellContext, useShell, type Shell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import './public.css'
import type { PublicMode } from './publicMode.ts'
import { useNow } from './useNow.ts'
import { Words } from './Words.tsx'

const FaceMap = lazyPart(() => import('../FaceMap.tsx').then(({ FaceMap }) => ({ default: FaceMap })))
const IndicatorProvenance = lazyPart(() =>
  import('../../shell/IndicatorProvenance.tsx').then(({ IndicatorProvenance }) => ({
    default: IndicatorProvenance,
  })),
)
const PublicTools = lazyPart(() =>
  import('./PublicTools.tsx').then(({ PublicTools }) => ({ default: PublicTools })),
)
const PastBanner = lazyPart(() =>
  import('../../shell/past/PastBanner.tsx').then(({ PastBanner }) => ({ default: PastBanner })),
)
const AheadBanner = lazyPart(() =>
  import('../../shell/ahead/AheadBanner.tsx').then(({ AheadBanner }) => ({ default: AheadBanner })),
)
const PublicHeader = lazyPart(() =>
  import('./PublicHeader.tsx').then(({ PublicHeader }) => ({ default: PublicHeader })),
)

/** What the sentences are made from. */
const told: readonly IndicatorId[] = ['slowLinks', 'customersOut', 'meanDelayS', 'openRequests']

export function PublicFace({ shell, error }: { shell: Shell | undefined; error: string | undefined }) {
  const { now, hasFailed } = useNow()
  const [mode, setMode] = useState<PublicMode>('now')
  const words = (
    <Words
      now={now}
      hasFailed={hasFailed}
      onGo={shell && ((at) => shell.live.camera.go({ at, zoom: 14.5 }))}
      origin={
        shell && (
          <SmallBoundary part={say('now.title')}>
            <ShellContext value={shell}>
              <Origin />
            </ShellContext>
          </SmallBoundary>
        )
      }
    />
  )
  return (
    <div className="public">
      <header className="bar">
        <h1>{now?.name ?? say('app.name')}</h1>
        {shell ? (
          <ShellContext value={shell}>
            <Suspense fallback={<FirstClock now={now} />}>
              <PublicHeader />
            </Suspense>
          </ShellContext>
        ) : (
          <FirstClock now={now} />
        )}
      </header>
      <div className="map-place">
        <SmallBoundary part={say('map.title')}>
          <Suspense fallback={<p className="map-waiting">{say('map.waiting')}</p>}>
            {shell ? (
              <ShellContext value={shell}>
                <FaceMap isAiming={mode === 'report' || mode === 'near'} />
                {mode === 'past' && <PastBanner />}
                {mode === 'past' && <AheadBanner />}
              </ShellContext>
            ) : (
              <p className="map-waiting">{error ?? say('map.waiting')}</p>
            )}
          </Suspense>
        </SmallBoundary>
      </div>
      <main className="sheet" data-mode={mode}>
        {mode === 'now' && words}
        {shell && (
          <ShellContext value={shell}>
            <Suspense>
              <PublicTools mode={mode} setMode={setMode} />
            </Suspense>
          </ShellContext>
        )}
      </main>
    </div>
  )
}

/** Where the sentences come from; fetched once there are values to tell it of, when the map stands. */
function Origin() {
  const { live } = useShell()
  const hasValues = useStore(live.store, ({ clock }) => clock !== undefined)
  return <Suspense>{hasValues && <IndicatorProvenance ids={told} what={say('now.title')} />}</Suspense>
}

function FirstClock({ now }: { now: Now | undefined }) {
  if (!now) return null
  return (
    <>
      <time className="clock">{formatClock(now.timeMs + now.utcOffsetS * 1000, 'UTC')}</time>
      <small className="push">{say('status.simulated')}</small>
    </>
  )
}
