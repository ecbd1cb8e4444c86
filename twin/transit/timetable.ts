/** Public transport as planned, as `transit.bin.gz` holds it, in GTFS's words. Static. */
import { metres, type FileTables } from '../kernel/columnsFile.ts'

/** Bits of `trips.days`. */
export const dayBits = { weekday: 1, saturday: 2, sunday: 4 } as const

export const timetableSchema = {
  routes: { shortName: 'text', longName: 'text', color: 'u32' },
  stops: { xM: metres, yM: metres, code: 'text', name: 'text', link: 'u32', alongM: metres },
  /** A pattern is one order of stops along one path of links; trips repeat it. */
  patterns: {
    route: 'u16',
    headsign: 'text',
    directionId: 'u8',
    firstLink: 'u32', // in patternLinks
    linkCount: 'u16',
    firstStop: 'u32', // in patternStops
    stopCount: 'u16',
  },
  patternLinks: { link: 'u32' },
  patternStops: {
    stop: 'u32',
    pathIndex: 'u16', // which link of the pattern's path it stands on
    alongM: metres, // from that link's start
    arrivalS: 'u32', // after the trip's start
    departureS: 'u32',
  },
  /** `departureS` is seconds after local midnight of the service day, and may pass 86,400. */
  trips: { pattern: 'u16', departureS: 'u32', days: 'u8' },
} as const

export type Timetable = FileTables<typeof timetableSchema>
