/** Longitude and latitude to the city's local metres (east, north of its origin) and back. */
import { cos, PI } from '../kernel/math.ts'

export type LngLat = readonly [lng: number, lat: number]
export type Local = readonly [xM: number, yM: number]

/** Mean radius of the Earth (IUGG), metres. */
const EARTH_RADIUS_M = 6_371_008.8
const RADIANS = PI / 180

export interface Projection {
  readonly origin: LngLat
  readonly mPerDegLng: number
  readonly mPerDegLat: number
}

/** Equirectangular projection about `origin`; over 30 km its scale errs by less than 0.3 %. */
export function makeProjection(origin: LngLat): Projection {
  const mPerDegLat = EARTH_RADIUS_M * RADIANS
  return { origin, mPerDegLat, mPerDegLng: mPerDegLat * cos(origin[1] * RADIANS) }
}

/** Metres east and north of the origin. */
export function localFromLngLat(projection: Projection, at: LngLat): Local {
  return [
    (at[0] - projection.origin[0]) * projection.mPerDegLng,
    (at[1] - projection.origin[1]) * projection.mPerDegLat,
  ]
}

/** Degrees of a local position. */
export function lngLatFromLocal(projection: Projection, at: Local): LngLat {
  return [
    projection.origin[0] + at[0] / projection.mPerDegLng,
    projection.origin[1] + at[1] / projection.mPerDegLat,
  ]
}
