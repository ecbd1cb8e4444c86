/** The map of a face with what belongs on it: how far loading is, and a cross in its middle while a place is chosen. */
import { Suspense, useEffect } from 'react'
import type { LngLat } from '../../twin/geo/projection.ts'
import { lazyPart } from '../state/lazyPart.ts'
import { say } from '../language/language.ts'
import { canDrawMap } from '../map/canDraw.ts'
import { MapView } from '../map/MapView.tsx'
import type { WallLook } from '../map/wallLook.ts'
import type { Lens } from '../map/wholePicture.ts'
import { useShell } from '../shell/shellContext.ts'
import { SETTLING } from '../source/frameSource.ts'
import type { Live } from '../state/live.ts'
import { useStore } from '../state/store.ts'

const MapTools = lazyPart(() =>
  import('../shell/MapTools.tsx').then(({ MapTools }) => ({ default: MapTools })),
)
const QualityNote = lazyPart(() =>
  import('../shell/QualityNote.tsx').then(({ QualityNote }) => ({ default: QualityNote })),
)

// Where a place is chosen without a map, houses are meant.
const CLOSE_ZOOM = 16

interface FaceMapProps {
  readonly isAiming?: boolean
  readonly wall?: WallLook
  readonly lens?: Lens
  /** Another map lies over all of it. */
  readonly isHidden?: boolean
  /** Asked before a click selects; true takes the click. */
  readonly onClick?: ((at: LngLat) => boolean) | undefined
}

export function FaceMap({ isAiming = false, wall, isHidden = false, lens, onClick }: FaceMapProps) {
  const { live, theme } = useShell()
  const loading = useStore(live.store, (state) => state.loading)
  const hasCity = useStore(live.store, ({ city }) => city !== undefined)
  // a map that is made before it has a place asks for tiles of another
  const hasPlace = useStore(live.store, ({ info, view }) => info !== undefined || view.camera !== undefined)
  if (!canDrawMap()) return <NoMap live={live} />
  if (!hasPlace) return <p className="map-waiting">{say('map.waiting')}</p>
  return (
    <>
      <MapView
        live={live}
        theme={theme}
        wall={wall}
        isHidden={isHidden}
        lens={lens}
        {...(onClick && { onClick })}
      />
      {loading && loading.doing !== SETTLING && (
        <div className="map-loading">
          <small>{say('map.loading')}</small>
          <progress max={1} value={loading.share} aria-label={say('map.loading')} />
        </div>
      )}
      {hasCity && (
        <Suspense>
          {!wall && <MapTools />}
          <QualityNote />
        </Suspense>
      )}
      {isAiming && (
        <svg className="aim" viewBox="0 0 48 48" aria-hidden="true">
          <circle cx="24" cy="24" r="11" />
          <path d="M24 2v13M24 33v13M2 24h13M33 24h13" />
        </svg>
      )}
    </>
  )
}

/** One sentence in the map's place; the rest of the face goes on, and a place that is sought is where it looks. */
function NoMap({ live }: { live: Live }) {
  useEffect(() => {
    live.begin()
    return live.camera.onWish(({ at, zoom = CLOSE_ZOOM }) =>
      live.store.setView({ camera: { lng: at[0], lat: at[1], zoom, bearing: 0, pitch: 0 } }),
    )
  }, [live])
  return <p className="map-waiting">{say('map.none')}</p>
}
