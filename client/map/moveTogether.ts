/** Maps of one page that stand side by side look at the same place: whichever is moved, the others follow in the same frame. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { CameraWish } from '../state/cameraWish.ts'

const groups = new WeakMap<CameraWish, Set<MapLibreMap>>()
let isFollowing = false

/** Has `map` move with all that share its `camera`; a map that joins looks where they do. Gives back what ends it. */
export function moveTogether(map: MapLibreMap, camera: CameraWish): () => void {
  const group = groups.get(camera) ?? new Set()
  groups.set(camera, group)
  const [first] = group
  group.add(map)
  if (first !== undefined) follow(map, first)
  const onMove = () => {
    // a map that follows moves too, and leads nobody
    if (isFollowing || group.size < 2) return
    isFollowing = true
    for (const other of group) if (other !== map) follow(other, map)
    isFollowing = false
  }
  map.on('move', onMove)
  return () => {
    map.off('move', onMove)
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
