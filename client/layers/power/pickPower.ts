/** The substation, transformer or cable under a position, found on the processor. */
import Flatbush from 'flatbush'
import { localFromLngLat, type LngLat } from '../../../twin/geo/projection.ts'
import { feederTable, substationTable, transformerTable } from '../../../twin/power/tables.ts'
import type { LayerContext, Selection } from '../layer.ts'
import { perCity } from '../perCity.ts'
import { powerStatic } from './powerStatic.ts'

/** Transformers and cables can be meant only where they are drawn large enough. */
const TRANSFORMERS_FROM_ZOOM = 15.3
const CABLES_FROM_ZOOM = 13.5
/** Of the radius: a cable lies beside a street, which a click means more often. */
const CABLE_SHARE = 0.4

const cablesOf = perCity(({ grid }) => {
  if (grid === undefined) return undefined
  const pieces: { readonly feeder: number; readonly i: number }[] = []
  const { buses, shape } = grid
  for (let bus = 0; bus < buses.xM.length; bus++) {
    const last = buses.shapeStart[bus] + buses.shapeCount[bus] - 1
    for (let i = buses.shapeStart[bus]; i < last; i++) pieces.push({ feeder: buses.feeder[bus], i })
  }
  if (pieces.length === 0) return undefined
  const boxes = new Flatbush(pieces.length, 16, Float32Array)
  for (const { i } of pieces) {
    boxes.add(
      Math.min(shape.xM[i], shape.xM[i + 1]),
      Math.min(shape.yM[i], shape.yM[i + 1]),
      Math.max(shape.xM[i], shape.xM[i + 1]),
      Math.max(shape.yM[i], shape.yM[i + 1]),
    )
  }
  boxes.finish()
  return { boxes, pieces }
})

export function pickPower(context: LayerContext, at: LngLat, radiusM: number): Selection | undefined {
  const { city, zoom } = context
  const part = powerStatic(city)
  if (part === undefined) return undefined
  const [xM, yM] = localFromLngLat(city.projection, at)
  const substation = nearestRow(part.grid.substations, xM, yM, radiusM)
  if (substation !== undefined) return { layer: 'power', table: substationTable.name, row: substation }
  if (zoom >= TRANSFORMERS_FROM_ZOOM) {
    const row = nearestRow(part.supplies, xM, yM, radiusM)
    if (row !== undefined) return { layer: 'power', table: transformerTable.name, row }
  }
  const feeder = zoom >= CABLES_FROM_ZOOM ? nearestFeeder(context, xM, yM, radiusM * CABLE_SHARE) : undefined
  return feeder === undefined ? undefined : { layer: 'power', table: feederTable.name, row: feeder }
}

function nearestRow(
  points: { readonly xM: ArrayLike<number>; readonly yM: ArrayLike<number> },
  xM: number,
  yM: number,
  radiusM: number,
): number | undefined {
  let best: number | undefined
  let bestM = radiusM
  for (let row = 0; row < points.xM.length; row++) {
    const m = Math.hypot(points.xM[row] - xM, points.yM[row] - yM)
    if (m < bestM) {
      bestM = m
      best = row
    }
  }
  return best
}

function nearestFeeder({ city }: LayerContext, xM: number, yM: number, radiusM: number): number | undefined {
  const found = cablesOf(city)
  const shape = city.grid?.shape
  if (found === undefined || shape === undefined) return undefined
  let best: number | undefined
  let bestM = radiusM
  for (const index of found.boxes.search(xM - radiusM, yM - radiusM, xM + radiusM, yM + radiusM)) {
    const { feeder, i } = found.pieces[index]
    const dx = shape.xM[i + 1] - shape.xM[i]
    const dy = shape.yM[i + 1] - shape.yM[i]
    const squared = dx * dx + dy * dy || 1
    const share = Math.min(1, Math.max(0, ((xM - shape.xM[i]) * dx + (yM - shape.yM[i]) * dy) / squared))
    const m = Math.hypot(xM - shape.xM[i] - share * dx, yM - shape.yM[i] - share * dy)
    if (m < bestM) {
      bestM = m
      best = feeder
    }
  }
  return best
}
