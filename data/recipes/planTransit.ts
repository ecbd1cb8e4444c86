/** A city's buses: from a published GTFS feed where one is given, else laid from the map's stops. */
import type { FileSource } from '../../twin/city.ts'
import type { Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Timetable } from '../../twin/transit/timetable.ts'
import type { OsmExtract } from './osm.ts'
import { words } from './provenance.ts'
import { readGtfsWithReport } from './readGtfs.ts'
import { makeTimetableWithReport } from './transit.ts'

export interface GivenFeed {
  readonly name: string
  readonly zip: Uint8Array
}

export interface PlannedTransit {
  readonly timetable: Timetable
  /** What `city.json` says of it, where it is not the usual. */
  readonly origin: Partial<FileSource>
  /** For people. */
  readonly note: string
}

/** Undefined where the map has too few stops. Throws when a feed is given that cannot be used. */
export function planTransit(
  order: { readonly extract: OsmExtract; readonly feed?: GivenFeed },
  network: RoadNetwork,
  projection: Projection,
): PlannedTransit | undefined {
  const { feed } = order
  if (feed !== undefined) {
    const { timetable, report } = readGtfsWithReport(feed.zip, network, projection)
    if (timetable.trips.pattern.length === 0) {
      throw new Error(`${feed.name} has no bus trip that runs on this city's streets`)
    }
    const how = words(
      `trips by road laid on the streets; ${report.tripsDropped} of ${report.trips} found no path`,
      `viajes por calle trazados en la red; ${report.tripsDropped} de ${report.trips} no hallaron camino`,
    )
    const origin = { kind: 'real', source: `GTFS feed ${feed.name}`, licence: "the feed's own", how } as const
    return {
      timetable,
      origin,
      note: `from ${feed.name}, ${report.tripsDropped} of ${report.trips} found no path`,
    }
  }
  const made = makeTimetableWithReport(order.extract, network, projection)
  if (made === undefined) return undefined
  const { isSynthesised, linesNamed, linesLaid, knownCalls, filledCalls } = made.report
  if (isSynthesised) {
    const how = words(
      'stops as mapped; lines of our own along the streets between them, times and headways assumed',
      'paradas como en el mapa; líneas propias por las calles entre ellas, tiempos y frecuencias supuestos',
    )
    return { timetable: made.timetable, origin: { how }, note: 'lines of our own between the mapped stops' }
  }
  const known = `${linesLaid} of ${linesNamed} tagged lines, ${knownCalls} tagged calls and ${filledCalls} filled in`
  const how = words(
    `stops, lines and their order as tagged (${known}); paths along the streets, times and headways assumed`,
    `paradas, líneas y su orden según etiquetas (${linesLaid} de ${linesNamed} líneas, ${knownCalls} paradas conocidas y ${filledCalls} completadas); recorridos por las calles, tiempos y frecuencias supuestos`,
  )
  return { timetable: made.timetable, origin: { how }, note: known }
}
