/** The place a resident means: the middle of the map, which search and, when asked, GPS move. */
import { useState } from 'react'
import type { LngLat } from '../../../twin/geo/projection.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'

// Houses and stops can be told apart.
const STREET_ZOOM = 16

export interface ChosenPlace {
  readonly at: LngLat | undefined
  readonly gps: 'idle' | 'asking' | 'refused'
  goTo(at: LngLat): void
  askGps(): void
}

export function usePlace(live: Live): ChosenPlace {
  const at = useStore(live.store, ({ view, info }) => {
    const camera = view.camera
    return camera ? `${camera.lng},${camera.lat}` : info?.center.join(',')
  })
  const [gps, setGps] = useState<ChosenPlace['gps']>('idle')
  const goTo = (target: LngLat) => live.camera.go({ at: target, zoom: STREET_ZOOM })
  const askGps = () => {
    setGps('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setGps('idle')
        goTo([coords.longitude, coords.latitude])
      },
      () => setGps('refused'),
      { timeout: 10_000 },
    )
  }
  const [lng, lat] = at?.split(',').map(Number) ?? []
  return { at: at === undefined ? undefined : [lng, lat], gps, goTo, askGps }
}
