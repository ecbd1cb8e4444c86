/** A feeder as a tree to be drawn: the busbar it hangs on, its buses from the head on, what hangs at each, how far along it lies. */
import type { City } from '../../../twin/city.ts'
import type { PowerGrid } from '../../../twin/power/grid.ts'
import { perCity } from '../perCity.ts'

/** In place of a bus: the busbar of the substation. */
export const BUSBAR = -1

export interface FeederTree {
  /** By node, the busbar first: row of buses, or BUSBAR. */
  readonly buses: readonly number[]
  readonly parents: readonly number[]
  /** By node: along the cables from the substation. */
  readonly alongM: readonly number[]
  /** By node: rows of transformers. */
  readonly transformers: readonly (readonly number[])[]
  /** By node: row of the breaker in the line to it. */
  readonly breakers: readonly (number | undefined)[]
}

const treesOf = perCity(() => new Map<number, FeederTree>())

const hangingAt = perCity(({ grid }: City) => {
  const transformers: number[][] = []
  const breakers: number[] = []
  grid?.transformers.bus.forEach((bus, row) => (transformers[bus] ??= []).push(row))
  grid?.breakers.bus.forEach((bus, row) => (breakers[bus] = row))
  return { transformers, breakers }
})

/** Throws when there is no such feeder. */
export function feederTree(city: City, feeder: number): FeederTree {
  const trees = treesOf(city)
  let tree = trees.get(feeder)
  if (tree === undefined) {
    tree = makeTree(city, feeder)
    trees.set(feeder, tree)
  }
  return tree
}

function makeTree(city: City, feeder: number): FeederTree {
  const grid = city.grid
  if (grid === undefined || feeder >= grid.feeders.name.length)
    throw new Error(`power: there is no feeder ${feeder}`)
  const first = grid.feeders.firstBus[feeder]
  const count = grid.feeders.busCount[feeder]
  const { transformers, breakers } = hangingAt(city)
  const buses = [BUSBAR]
  const parents = [-1]
  const alongM = [0]
  for (let bus = first; bus < first + count; bus++) {
    const parent = grid.buses.parentBus[bus]
    const parentNode = parent < 0 ? 0 : parent - first + 1
    buses.push(bus)
    parents.push(parentNode)
    alongM.push(alongM[parentNode] + cableM(grid, bus))
  }
  return {
    buses,
    parents,
    alongM,
    transformers: buses.map((bus) => transformers[bus] ?? []),
    breakers: buses.map((bus) => breakers[bus]),
  }
}

/** Length of the cable from a bus's parent to it; none at a head. */
function cableM({ buses, shape }: PowerGrid, bus: number): number {
  if (buses.parentBus[bus] < 0) return 0
  let lengthM = 0
  const last = buses.shapeStart[bus] + buses.shapeCount[bus] - 1
  for (let i = buses.shapeStart[bus]; i < last; i++)
    lengthM += Math.hypot(shape.xM[i + 1] - shape.xM[i], shape.yM[i + 1] - shape.yM[i])
  return lengthM
}
