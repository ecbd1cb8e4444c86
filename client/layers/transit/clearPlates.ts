/** Which buses have their number over them: where plates would lie on each other, the first of them alone, so that each can be read. */
import { localFromLngLat, type Local } from '../../../twin/geo/projection.ts'
import type { LayerContext } from '../layer.ts'
import { pointAlong } from '../linkGeometry.ts'
import type { Bus } from './busPlaces.ts'

/** Metres of a pixel on the equator at zoom 0. */
const EQUATOR_M_PER_PX = 40_075_017 / 512
/** Nobody sees a plate so far from the middle of the map, pixels; a hand that drags it is not faster than the next look. */
const REACH_PX = 2600

/** Of buses in their order, those whose plates of `wide` by `high` pixels lie on none before them. All, until the map stands. */
export function clearPlates(context: LayerContext, buses: readonly Bus[], wide: number, high: number): Bus[] {
  const { camera, city, plans, clock } = context
  if (camera === undefined) return [...buses]
  const middle = localFromLngLat(city.projection, [camera.lng, camera.lat])
  const pxPerM = 2 ** camera.zoom / (EQUATOR_M_PER_PX * Math.cos((camera.lat * Math.PI) / 180))
  const turn = (camera.bearing * Math.PI) / 180
  const [cos, sin, flat] = [Math.cos(turn), Math.sin(turn), Math.cos((camera.pitch * Math.PI) / 180)]
  const { shapeStart } = city.network.links
  const { xM, yM } = city.network.shape
  const seen: Bus[] = []
  const places: Local[] = []
  const tick = clock.tick()
  for (const bus of buses) {
    const drawn = plans.drawn(bus.vehicle, tick)
    if (drawn === undefined) continue
    const first = shapeStart[drawn.link]
    if (Math.hypot(xM[first] - middle[0], yM[first] - middle[1]) * pxPerM > REACH_PX) continue
    const at = pointAlong(city.network, drawn.link, drawn.alongM)
    const [dx, dy] = [(at[0] - middle[0]) * pxPerM, (at[1] - middle[1]) * pxPerM]
    seen.push(bus)
    places.push([dx * cos - dy * sin, (dx * sin + dy * cos) * flat])
  }
  return firstClear(places, wide, high).map((i) => seen[i])
}

/** Of boxes of one size around places, by rank, those that lie on none that was taken before. */
export function firstClear(places: readonly Local[], wide: number, high: number): number[] {
  const taken: number[] = []
  const byCell = new Map<string, number[]>()
  places.forEach(([x, y], i) => {
    const [column, row] = [Math.floor(x / wide), Math.floor(y / high)]
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++)
        for (const other of byCell.get(`${c} ${r}`) ?? [])
          if (Math.abs(places[other][0] - x) < wide && Math.abs(places[other][1] - y) < high) return
    taken.push(i)
    const cell = `${column} ${row}`
    byCell.set(cell, [...(byCell.get(cell) ?? []), i])
  })
  return taken
}
