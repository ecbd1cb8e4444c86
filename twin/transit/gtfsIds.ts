/** By what names a timetable's rows go in its GTFS files and in what refers to them. */
import { dayBits } from './timetable.ts'

export function stopId(stop: number): string {
  return `s${stop + 1}`
}

export function routeId(route: number): string {
  return `r${route + 1}`
}

export function shapeId(pattern: number): string {
  return `p${pattern + 1}`
}

/** All trips of a pattern on one kind of day are one trip that is repeated. */
export function tripId(pattern: number, days: number): string {
  return `p${pattern + 1}-${serviceId(days)}`
}

/** `days` are bits of `dayBits`. */
export function serviceId(days: number): string {
  return Object.entries(dayBits)
    .filter(([, bit]) => (days & bit) !== 0)
    .map(([day]) => day)
    .join('-')
}
