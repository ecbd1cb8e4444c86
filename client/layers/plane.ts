/**
 * The plane that our own GPU layers draw on: deck.gl's common space (a world of 512 units, Web Mercator), as offsets from the
 * city's centre, so that 32-bit floats are exact to a hundredth of a pixel at any zoom.
 */
import type { Viewport } from '@deck.gl/core'
import { lngLatFromLocal, type LngLat, type Local, type Projection } from '../../twin/geo/projection.ts'

const WORLD = 512

export interface Plane {
  readonly projection: Projection
  /** The city's centre in common space. */
  readonly anchor: readonly [number, number]
  readonly unitsPerM: number
}

export function makePlane(projection: Projection): Plane {
  return {
    projection,
    anchor: commonFromLngLat(projection.origin),
    unitsPerM: WORLD / 360 / projection.mPerDegLng,
  }
}

/** Offset from the anchor of a local position, in common units. */
export function planeFromLocal(plane: Plane, at: Local): readonly [number, number] {
  const [x, y] = commonFromLngLat(lngLatFromLocal(plane.projection, at))
  return [x - plane.anchor[0], y - plane.anchor[1]]
}

/** The same of many positions, x and y in turn. */
export function planeFromLocals(
  { projection, anchor }: Plane,
  { xM, yM }: { readonly xM: ArrayLike<number>; readonly yM: ArrayLike<number> },
): Float64Array {
  const { origin, mPerDegLng, mPerDegLat } = projection
  const places = new Float64Array(xM.length * 2)
  for (let i = 0; i < xM.length; i++) {
    places[2 * i] = commonX(origin[0] + xM[i] / mPerDegLng) - anchor[0]
    places[2 * i + 1] = commonY(origin[1] + yM[i] / mPerDegLat) - anchor[1]
  }
  return places
}

/** From plane to clip space for a viewport, as the 16 numbers a shader takes; the same array each time. */
export function matrixOf(plane: Plane, viewport: Viewport): Float32Array {
  const m = viewport.viewProjectionMatrix
  const [x, y] = plane.anchor
  for (let i = 0; i < 12; i++) matrix[i] = m[i]
  for (let i = 0; i < 4; i++) matrix[12 + i] = m[i] * x + m[4 + i] * y + m[12 + i]
  return matrix
}

const matrix = new Float32Array(16)

function commonFromLngLat([lng, lat]: LngLat): [number, number] {
  return [commonX(lng), commonY(lat)]
}

function commonX(lng: number): number {
  return ((lng + 180) / 360) * WORLD
}

function commonY(lat: number): number {
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)
  return WORLD * (0.5 + y)
}
