/** Moves and turns the map, a press a step: what a finger does by dragging, for who cannot (WCAG 2.5.7). */
import { say } from '../language/language.ts'
import { panned } from '../state/panned.ts'
import type { Camera } from '../state/view.ts'
import { useShell } from './shellContext.ts'

/** About a quarter of a phone's screen, pixels. */
const STEP_PX = 140
const TURN_DEG = 30
const QUICK_MS = 300

const presses = [
  { name: 'tools.turnLeft', sign: '↺', turn: -1 },
  { name: 'tools.up', sign: '↑', right: 0, up: 1 },
  { name: 'tools.turnRight', sign: '↻', turn: 1 },
  { name: 'tools.left', sign: '←', right: -1, up: 0 },
  { name: 'tools.down', sign: '↓', right: 0, up: -1 },
  { name: 'tools.right', sign: '→', right: 1, up: 0 },
] as const

export function MapArrows() {
  const { live } = useShell()
  const press = (one: (typeof presses)[number]) => {
    const { camera } = live.store.get().view
    if (camera !== undefined) live.camera.go({ ...targetOf(camera, one), durationMs: QUICK_MS })
  }
  return (
    <div className="map-arrows" role="group" aria-label={say('tools.move')}>
      {presses.map((one) => (
        <button key={one.name} type="button" aria-label={say(one.name)} onClick={() => press(one)}>
          {one.sign}
        </button>
      ))}
    </div>
  )
}

function targetOf(camera: Camera, one: (typeof presses)[number]) {
  if ('turn' in one)
    return { at: [camera.lng, camera.lat] as const, bearing: camera.bearing + one.turn * TURN_DEG }
  return { at: panned(camera, one.right * STEP_PX, one.up * STEP_PX) }
}
