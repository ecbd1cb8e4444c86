/**
 * Where the sun stands over a place at a moment: the formulas of NOAA's solar calculator, after Meeus, Astronomical Algorithms
 * (2nd edition, 1998), chapter 25; within 0.02° from 1950 to 2050. Without refraction, which lifts a sun at the horizon by
 * half a degree: no wall is lit otherwise for it.
 */
import type { LngLat } from '../../twin/geo/projection.ts'

export interface SunPosition {
  /** Clockwise from north, degrees, 0 up to 360. */
  readonly azimuthDeg: number
  /** Above the horizon, degrees; below it negative. */
  readonly altitudeDeg: number
}

const RAD = Math.PI / 180
const DAY_MS = 86_400_000
const JULIAN_DAY_OF_1970 = 2_440_587.5
const JULIAN_DAY_OF_2000 = 2_451_545
const DAYS_A_CENTURY = 36_525
const DEGREES_A_MINUTE = 0.25

/** At Unix time `timeMs`, seen from `at`. */
export function sunAt(timeMs: number, [lng, lat]: LngLat): SunPosition {
  const { declinationDeg, equationOfTimeMin } = sunOf(timeMs)
  const utcMin = ((timeMs % DAY_MS) + DAY_MS) / 60_000
  const hourDeg = (utcMin + equationOfTimeMin) * DEGREES_A_MINUTE + lng - 180
  const [sinLat, cosLat] = [sin(lat), cos(lat)]
  const sinAltitude = sinLat * sin(declinationDeg) + cosLat * cos(declinationDeg) * cos(hourDeg)
  const south = Math.atan2(
    sin(hourDeg) * cos(declinationDeg),
    cos(hourDeg) * sinLat * cos(declinationDeg) - sin(declinationDeg) * cosLat,
  )
  return {
    azimuthDeg: turn(south / RAD + 180),
    altitudeDeg: Math.asin(Math.min(1, Math.max(-1, sinAltitude))) / RAD,
  }
}

/** The sun's apparent declination, and how far a sundial is ahead of a clock. */
export function sunOf(timeMs: number): {
  readonly declinationDeg: number
  readonly equationOfTimeMin: number
} {
  const julianDay = timeMs / DAY_MS + JULIAN_DAY_OF_1970
  const t = (julianDay - JULIAN_DAY_OF_2000) / DAYS_A_CENTURY
  const meanLongitude = turn(280.46646 + t * (36000.76983 + t * 0.0003032))
  const anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537)
  const eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267)
  const centre =
    sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) +
    sin(2 * anomaly) * (0.019993 - t * 0.000101) +
    sin(3 * anomaly) * 0.000289
  const node = 125.04 - 1934.136 * t
  const apparentLongitude = meanLongitude + centre - 0.00569 - 0.00478 * sin(node)
  const meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60
  const obliquity = meanObliquity + 0.00256 * cos(node)
  const y = Math.tan((obliquity / 2) * RAD) ** 2
  const equation =
    y * sin(2 * meanLongitude) -
    2 * eccentricity * sin(anomaly) +
    4 * eccentricity * y * sin(anomaly) * cos(2 * meanLongitude) -
    0.5 * y * y * sin(4 * meanLongitude) -
    1.25 * eccentricity * eccentricity * sin(2 * anomaly)
  return {
    declinationDeg: Math.asin(sin(obliquity) * sin(apparentLongitude)) / RAD,
    equationOfTimeMin: equation / RAD / DEGREES_A_MINUTE,
  }
}

function sin(degrees: number): number {
  return Math.sin(degrees * RAD)
}

function cos(degrees: number): number {
  return Math.cos(degrees * RAD)
}

/** The same direction, 0 up to 360. */
function turn(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}
