/**
 * Maps of one page that stand side by side look at the same place: whichever is moved, the others follow in the same frame; a map
 * that nobody sees follows when the move is done, as each of its moves would be drawn.
 */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { CameraWish } from '../state/cameraWish.ts'

type IsHidden = () => boolean

const groups = new WeakMap<CameraWish, Map<MapLibreMap, IsHidden>>()
let isFollowing = false

/** Has `map` move with all that share its `camera`; a map that joins looks where they do. Gives back what ends it. */
export function moveTogether(map: MapLibreMap, camera: CameraWish, isHidden: IsHidden): () => void {
  const group = groups.get(camera) ?? new Map<MapLibreMap, IsHidden>()
  groups.set(camera, group)
  const [first] = group.keys()
  group.set(map, isHidden)
  if (first !== undefined) follow(map, first)
  const lead = (who: (isHidden: boolean) => boolean) => {
    // a map that follows moves too, and leads nobody
    if (isFollowing || group.size < 2) return
    isFollowing = true
    for (const [other, isHidden] of group) if (other !== map && who(isHidden())) follow(other, map)
    isFollowing = false
  }
  const onMove = () => lead((isHidden) => !isHidden)
  const onEnd = () => lead((isHidden) => isHidden)
  map.on('move', onMove)
  map.on('moveend', onEnd)
  return () => {
    map.off('move', onMove)
    map.off('moveend', onEnd)
    group.delete(map)
  }
}

function follow(map: MapLibreMap, leader: MapLibreMap): void {
  map.jumpTo({
    center: leader.getCenter(),
    zoom: leader.getZoom(),
    bearing: leader.getBearing(),
    pitch: leader.getPitch(),
  })
}
