/** The places of a step on the map: streets as lines, signals, stops and transformers as points, feeders as their cables. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../../twin/geo/projection.ts'
import type { CauseStep, StepPlaces } from '../../../../twin/scenario/causes/step.ts'
import { pointedFeeder } from '../../../layers/power/pointPower.ts'
import type { Pointed, PointedShape } from '../../../state/pointing.ts'

/** Undefined where a step has no place of its own. */
export function pointedStep(city: City, { places, id }: CauseStep): Pointed | undefined {
  if (places.every(({ rows }) => rows.length === 0)) return undefined
  return {
    table: `scenario.${id}`,
    rows: places.flatMap(({ rows }) => rows),
    shape() {
      const shapes = places.map((place) => shapeOf(city, place))
      return { points: shapes.flatMap(({ points }) => points), paths: shapes.flatMap(({ paths }) => paths) }
    },
  }
}

/** Where the foremost of it is. */
export function middleOfStep(city: City, step: CauseStep): LngLat | undefined {
  const shape = pointedStep(city, step)?.shape()
  const path = shape?.paths[0]
  return path ? path[Math.floor(path.length / 2)] : shape?.points[0]
}

function shapeOf(city: City, { table, rows }: StepPlaces): PointedShape {
  const { network, zones, grid, timetable } = city
  const pointsAt = (
    { xM, yM }: { xM: ArrayLike<number>; yM: ArrayLike<number> },
    of = rows,
  ): PointedShape => ({
    points: of
      .filter((row) => row < xM.length)
      .map((row) => lngLatFromLocal(city.projection, [xM[row], yM[row]])),
    paths: [],
  })
  switch (table) {
    case 'traffic.links':
      return { points: [], paths: rows.map((link) => courseOf(city, link)) }
    case 'traffic.signals':
      return pointsAt(network.signals)
    case 'zones':
      return pointsAt(zones.zones)
    case 'transit.stops':
      return timetable ? pointsAt(timetable.stops) : NOWHERE
  }
  if (grid === undefined) return NOWHERE
  switch (table) {
    case 'power.feeders':
      return { points: [], paths: rows.flatMap((feeder) => pointedFeeder({ city }, feeder).shape().paths) }
    case 'power.substations':
      return pointsAt(grid.substations)
    case 'power.breakers':
      return pointsAt(
        grid.buses,
        rows.map((breaker) => grid.breakers.bus[breaker]),
      )
    case 'power.transformers':
      return pointsAt(
        grid.buses,
        rows.map((transformer) => grid.transformers.bus[transformer]),
      )
    case 'power.buses':
      return pointsAt(grid.buses)
    default:
      return NOWHERE
  }
}

const NOWHERE: PointedShape = { points: [], paths: [] }

function courseOf({ network: { links, shape }, projection }: City, link: number): LngLat[] {
  return Array.from({ length: links.shapeCount[link] }, (_, i) => {
    const v = links.shapeStart[link] + i
    return lngLatFromLocal(projection, [shape.xM[v], shape.yM[v]])
  })
}
