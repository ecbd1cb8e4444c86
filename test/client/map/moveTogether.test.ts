/** Maps that share a camera look at one place, whichever of them is moved; one that is hidden comes after; others are left alone. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { moveTogether } from '../../../client/map/moveTogether.ts'
import { CameraWish } from '../../../client/state/cameraWish.ts'

/** A map as far as moving goes: it says so when it is moved, by hand or by the program. */
function plainMap(zoom: number) {
  const listeners = { move: new Set<() => void>(), moveend: new Set<() => void>() }
  const place = { center: [0, 0], zoom, bearing: 0, pitch: 0 }
  let moves = 0
  const map = {
    on: (event: 'move' | 'moveend', listener: () => void) => listeners[event].add(listener),
    off: (event: 'move' | 'moveend', listener: () => void) => listeners[event].delete(listener),
    getCenter: () => place.center,
    getZoom: () => place.zoom,
    getBearing: () => place.bearing,
    getPitch: () => place.pitch,
    jumpTo(to: Partial<typeof place>) {
      Object.assign(place, to)
      map.step({})
      for (const listener of listeners.moveend) listener()
    },
    /** On the way. */
    step(to: Partial<typeof place>) {
      Object.assign(place, to)
      moves++
      for (const listener of listeners.move) listener()
    },
  }
  return { map: map as unknown as MapLibreMap, step: map.step, place, moves: () => moves }
}

const seen = () => false

test('a map that joins looks where the others do, and all follow the one that is moved, once', () => {
  const camera = new CameraWish()
  const [one, two, three] = [plainMap(10), plainMap(12), plainMap(14)]
  moveTogether(one.map, camera, seen)
  moveTogether(two.map, camera, seen)
  const end = moveTogether(three.map, camera, seen)
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
  moveTogether(one.map, new CameraWish(), seen)
  moveTogether(other.map, new CameraWish(), seen)
  one.map.jumpTo({ zoom: 15 })
  expect(other.place.zoom).toBe(12)
})

test('a map that nobody sees follows once, when the move is done', () => {
  const camera = new CameraWish()
  const [shown, covered] = [plainMap(10), plainMap(10)]
  moveTogether(shown.map, camera, seen)
  moveTogether(covered.map, camera, () => true)
  const before = covered.moves()
  for (const zoom of [11, 12, 13]) shown.step({ zoom })
  expect(covered.moves()).toBe(before)
  shown.map.jumpTo({ zoom: 14 })
  expect([covered.place.zoom, covered.moves()]).toEqual([14, before + 1])
})
