/** Maps that share a camera look at one place, whichever of them is moved; others are left alone. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { moveTogether } from '../../../client/map/moveTogether.ts'
import { CameraWish } from '../../../client/state/cameraWish.ts'

/** A map as far as moving goes: it says so when it is moved, by hand or by the program. */
function plainMap(zoom: number) {
  const listeners = new Set<() => void>()
  const place = { center: [0, 0], zoom, bearing: 0, pitch: 0 }
  let moves = 0
  const map = {
    on: (_: string, listener: () => void) => listeners.add(listener),
    off: (_: string, listener: () => void) => listeners.delete(listener),
    getCenter: () => place.center,
    getZoom: () => place.zoom,
    getBearing: () => place.bearing,
    getPitch: () => place.pitch,
    jumpTo(to: Partial<typeof place>) {
      Object.assign(place, to)
      moves++
      for (const listener of listeners) listener()
    },
  }
  return { map: map as unknown as MapLibreMap, place, moves: () => moves }
}

test('a map that joins looks where the others do, and all follow the one that is moved, once', () => {
  const camera = new CameraWish()
  const [one, two, three] = [plainMap(10), plainMap(12), plainMap(14)]
  moveTogether(one.map, camera)
  moveTogether(two.map, camera)
  const end = moveTogether(three.map, camera)
  expect([two.place.zoom, three.place.zoom]).toEqual([10, 10])
  two.map.jumpTo({ zoom: 13, bearing: 20 })
  for (const { place } of [one, three]) expect(place).toMatchObject({ zoom: 13, bearing: 20 })
  expect(one.moves()).toBe(1)
  end()
  one.map.jumpTo({ zoom: 9 })
  expect([two.place.zoom, three.place.zoom]).toEqual([9, 13])
})

test('maps of another page’s camera stay where they are', () => {
  const [one, other] = [plainMap(10), plainMap(12)]
  moveTogether(one.map, new CameraWish())
  moveTogether(other.map, new CameraWish())
  one.map.jumpTo({ zoom: 15 })
  expect(other.place.zoom).toBe(12)
})
