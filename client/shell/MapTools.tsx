/** What moves the map for who cannot drag, pinch or tilt it: nearer, farther, bodies of buildings, north up. */
import { useState } from 'react'
import { say } from '../language/language.ts'
import { BODIES_FROM_ZOOM, TILTED_FROM_DEG } from '../map/buildings.ts'
import type { Camera } from '../state/view.ts'
import { useStore } from '../state/store.ts'
import { MapArrows } from './MapArrows.tsx'
import { useHotkey } from './hotkeys.ts'
import { useShell } from './shellContext.ts'
import './mapTools.css'

/** As far as the map tilts for its buildings, degrees. */
const TILT_DEG = 55
/** There they stand at their full height. */
const BODIES_ZOOM = BODIES_FROM_ZOOM + 1
const QUICK_MS = 500
/** A map turned by less is as good as north up. */
const TURNED_FROM_DEG = 0.5

export function MapTools() {
  const { live } = useShell()
  const [isMoving, setMoving] = useState(false)
  const isTilted = useStore(live.store, ({ view }) => (view.camera?.pitch ?? 0) >= TILTED_FROM_DEG)
  const isTurned = useStore(live.store, ({ view }) => Math.abs(view.camera?.bearing ?? 0) >= TURNED_FROM_DEG)
  const move = (to: (camera: Camera) => Partial<Camera>) => {
    const { camera } = live.store.get().view
    if (camera === undefined) return
    live.camera.go({ at: [camera.lng, camera.lat], durationMs: QUICK_MS, ...to(camera) })
  }
  const tilt = () =>
    move(({ zoom, pitch }) =>
      pitch >= TILTED_FROM_DEG ? { pitch: 0 } : { pitch: TILT_DEG, zoom: Math.max(zoom, BODIES_ZOOM) },
    )
  useHotkey('d', tilt)
  return (
    <div className="map-tools" role="group" aria-label={say('tools.title')}>
      <button
        type="button"
        aria-label={say('tools.nearer')}
        onClick={() => move(({ zoom }) => ({ zoom: zoom + 1 }))}
      >
        +
      </button>
      <button
        type="button"
        aria-label={say('tools.farther')}
        onClick={() => move(({ zoom }) => ({ zoom: zoom - 1 }))}
      >
        −
      </button>
      <button type="button" aria-pressed={isTilted} title={say('tools.buildings')} onClick={tilt}>
        <span aria-hidden>3D</span>
        <span className="unseen">{say('tools.buildings')}</span>
      </button>
      <button
        type="button"
        aria-label={say('tools.move')}
        aria-expanded={isMoving}
        onClick={() => setMoving(!isMoving)}
      >
        ✥
      </button>
      {isMoving && <MapArrows />}
      {isTurned && (
        <button type="button" aria-label={say('tools.north')} onClick={() => move(() => ({ bearing: 0 }))}>
          N
        </button>
      )}
    </div>
  )
}
