/** A hand that rests on the map points at what it finds there of the charts that are open; without charts nothing is looked up. */
import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import type { Pointing } from '../state/pointing.ts'

/** How far from a thing a hand still points at it. */
const RADIUS_PX = 24

/** Gives back what ends it. */
export function followHand(map: MapLibreMap, pointing: Pointing): () => void {
  let frame = 0
  const onMove = ({ lngLat: { lng, lat }, originalEvent }: MapMouseEvent) => {
    cancelAnimationFrame(frame)
    if (!pointing.isAsked || originalEvent.buttons !== 0) return
    frame = requestAnimationFrame(() => {
      const metresPerPixel = (40_075_016 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom())
      pointing.point(pointing.find([lng, lat], RADIUS_PX * metresPerPixel))
    })
  }
  const onOut = () => {
    cancelAnimationFrame(frame)
    if (pointing.isAsked) pointing.point(undefined)
  }
  map.on('mousemove', onMove)
  map.on('mouseout', onOut)
  return () => {
    cancelAnimationFrame(frame)
    map.off('mousemove', onMove)
    map.off('mouseout', onOut)
  }
}
