/** What of the grid can be pointed at: a bus with the cable that leads to it, a whole feeder, a substation; and which bus lies under a hand. */
import { localFromLngLat, lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import { busTable, feederTable, substationTable } from '../../../twin/power/tables.ts'
import type { Finder, Pointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'

type Where = Pick<LayerContext, 'city'>

export function pointedBus({ city }: Where, bus: number): Pointed {
  return {
    table: busTable.name,
    rows: [bus],
    shape: () => ({ points: [busAt({ city }, bus)], paths: [cableOf({ city }, bus)] }),
  }
}

export function pointedFeeder({ city }: Where, feeder: number): Pointed {
  return {
    table: feederTable.name,
    rows: [feeder],
    shape: () => ({
      points: [],
      paths: busesOfFeeder({ city }, feeder).map((bus) => cableOf({ city }, bus)),
    }),
  }
}

export function pointedSubstation({ city }: Where, row: number): Pointed {
  const { xM, yM } = city.grid!.substations
  return {
    table: substationTable.name,
    rows: [row],
    shape: () => ({ points: [lngLatFromLocal(city.projection, [xM[row], yM[row]])], paths: [] }),
  }
}

export function busesOfFeeder({ city }: Where, feeder: number): number[] {
  const { firstBus, busCount } = city.grid!.feeders
  return Array.from({ length: busCount[feeder] }, (_, i) => firstBus[feeder] + i)
}

/** The nearest bus of some feeders. */
export function findBus(context: Where, feeders: readonly number[]): Finder {
  const buses = feeders.flatMap((feeder) => busesOfFeeder(context, feeder))
  const { xM, yM } = context.city.grid!.buses
  return (at, radiusM) => {
    const [x, y] = localFromLngLat(context.city.projection, at)
    let best: number | undefined
    let bestM = radiusM
    for (const bus of buses) {
      const m = Math.hypot(xM[bus] - x, yM[bus] - y)
      if (m >= bestM) continue
      bestM = m
      best = bus
    }
    return best === undefined ? undefined : pointedBus(context, best)
  }
}

function busAt({ city }: Where, bus: number): LngLat {
  const { xM, yM } = city.grid!.buses
  return lngLatFromLocal(city.projection, [xM[bus], yM[bus]])
}

function cableOf({ city }: Where, bus: number): LngLat[] {
  const { buses, shape } = city.grid!
  return Array.from({ length: buses.shapeCount[bus] }, (_, i) => {
    const v = buses.shapeStart[bus] + i
    return lngLatFromLocal(city.projection, [shape.xM[v], shape.yM[v]])
  })
}
