/** What the power layer derives from the city's grid, once: cables as pieces, places of transformers, and when they are first wanted lamps and territory. */
import type { City } from '../../../twin/city.ts'
import type { PowerGrid } from '../../../twin/power/grid.ts'
import { perCity } from '../perCity.ts'
import { makePlane, planeFromLocals, type Plane } from '../plane.ts'
import type { Points } from '../pointLayer.ts'
import { SEGMENT_WORDS, type Segments } from '../segmentLayer.ts'
import { makeStates } from '../stateTexture.ts'
import { makeTerritory, type Territory } from './darkAreas.ts'
import { makeLamps } from './lamps.ts'

/** A cable rated above this is one of the feeder's trunk, amperes; assumed from usual MV cable sizes. */
const TRUNK_A = 250
/** Cables lie this far beside the middle of their street. */
const BESIDE_M = 5

export const TRUNK = 0
export const LATERAL = 1

export const powerStatic = perCity((city: City) => {
  const { grid, network } = city
  if (grid === undefined) return undefined
  const plane = makePlane(city.projection)
  const count = grid.transformers.bus.length
  const supplies = {
    xM: Float32Array.from({ length: count }, (_, t) => grid.buses.xM[grid.transformers.bus[t]]),
    yM: Float32Array.from({ length: count }, (_, t) => grid.buses.yM[grid.transformers.bus[t]]),
  }
  let lamps: Points | undefined
  let territory: Territory | undefined
  return {
    plane,
    grid,
    supplies,
    cables: makeCables(grid, plane),
    transmission: makeTransmission(grid, plane),
    cableStates: makeStates(grid.buses.xM.length),
    transmissionStates: makeStates(grid.transmission.name.length),
    lampStates: makeStates(count),
    // by day there are none, and nothing is dark for most of the time
    lamps: () => (lamps ??= makeLamps(network, supplies, plane)),
    territory: () => (territory ??= makeTerritory(supplies)),
  }
})

export type PowerStatic = NonNullable<ReturnType<typeof powerStatic>>

/** Trunks first; `trunkCount` pieces are trunk. */
function makeCables(grid: PowerGrid, plane: Plane): Segments & { readonly trunkCount: number } {
  const { buses, shape } = grid
  const places = planeFromLocals(plane, shape)
  const pieces: number[] = []
  let trunkCount = 0
  for (const widthClass of [TRUNK, LATERAL]) {
    for (let bus = 0; bus < buses.xM.length; bus++) {
      const isTrunk = buses.ratedA[bus] >= TRUNK_A
      if (isTrunk === (widthClass === TRUNK))
        addCourse(
          pieces,
          places,
          shape,
          buses.shapeStart[bus],
          buses.shapeCount[bus],
          bus,
          widthClass,
          BESIDE_M,
        )
    }
    if (widthClass === TRUNK) trunkCount = pieces.length / SEGMENT_WORDS
  }
  return { words: new Float32Array(pieces), count: pieces.length / SEGMENT_WORDS, trunkCount }
}

function makeTransmission(grid: PowerGrid, plane: Plane): Segments {
  const { transmission, transmissionShape } = grid
  const places = planeFromLocals(plane, transmissionShape)
  const pieces: number[] = []
  for (let line = 0; line < transmission.name.length; line++) {
    const { shapeStart, shapeCount } = transmission
    addCourse(pieces, places, transmissionShape, shapeStart[line], shapeCount[line], line, TRUNK, 0)
  }
  return { words: new Float32Array(pieces), count: pieces.length / SEGMENT_WORDS }
}

function addCourse(
  pieces: number[],
  places: Float64Array,
  shape: { readonly xM: Float32Array; readonly yM: Float32Array },
  first: number,
  count: number,
  key: number,
  widthClass: number,
  sideM: number,
): void {
  let alongM = 0
  for (let i = first; i < first + count - 1; i++) {
    const from = 2 * i
    pieces.push(places[from], places[from + 1], places[from + 2], places[from + 3])
    pieces.push(key, 0, 0, alongM, widthClass, sideM)
    alongM += Math.hypot(shape.xM[i + 1] - shape.xM[i], shape.yM[i + 1] - shape.yM[i])
  }
}
