/** The map of every face: MapLibre below, the layers over it. Made once; what it shows follows the store. */
import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { useEffect, useRef } from 'react'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Live } from '../state/live.ts'
import type { Theme } from '../theme/theme.ts'
import { CityMap } from './cityMap.ts'
import type { WallLook } from './wallLook.ts'
import type { Lens } from './wholePicture.ts'

export interface MapViewProps {
  readonly live: Live
  readonly theme: Theme
  /** A wall is looked at across a room: larger letters, no controls, one pixel a pixel. */
  readonly wall?: WallLook | undefined
  /** Of a map that is a part of a picture over many screens; another one makes the map anew. */
  readonly lens?: Lens | undefined
  /** Asked before a click selects; true takes the click (to place a report, say). */
  readonly onClick?: (at: LngLat) => boolean
  /** Nobody sees it: it rests until somebody does. */
  readonly isHidden?: boolean
}

/** Fills its parent. */
export function MapView(props: MapViewProps) {
  const { live, theme, wall, lens } = props
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<CityMap | undefined>(undefined)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const made = new CityMap({
      container: box.current!,
      live,
      theme: latest.current.theme,
      wall,
      lens,
      onClick: (at) => latest.current.onClick?.(at) ?? false,
      isHidden: () => latest.current.isHidden ?? false,
    })
    map.current = made
    return () => {
      map.current = undefined
      made.remove()
    }
  }, [live, wall, lens])

  useEffect(() => map.current?.setTheme(theme), [theme])

  return <div ref={box} className="city-map" />
}
