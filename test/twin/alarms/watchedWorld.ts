/** A world for alarms alone: as many substations, feeders, signals, streets, lines and services as asked for, all of them well. */
import type { Watched } from '../../../twin/alarms/readings.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import type { PowerGrid } from '../../../twin/power/grid.ts'
import { feederTable, substationTable } from '../../../twin/power/tables.ts'
import { requestTable } from '../../../twin/reports/tables.ts'
import type { RoadNetwork } from '../../../twin/traffic/network.ts'
import { linkTable, signalTable } from '../../../twin/traffic/tables.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'
import { transitVehicleTable } from '../../../twin/transit/tables.ts'

export interface WorldSize {
  readonly substations: number
  /** Of each substation. */
  readonly feeders: number
  /** Below each feeder. */
  readonly signals: number
  readonly streets: number
  readonly routes: number
  readonly services: number
}

/** Street n+1 is link n, which ends at signal n where there is one; line n has buses 3n to 3n + 2 on trips of the same numbers. */
export function watchedWorld(size: WorldSize): Watched {
  const feeders = size.substations * size.feeders
  const signals = feeders * size.signals
  const rows = (count: number, of: (row: number) => number) =>
    Uint32Array.from({ length: count }, (_, i) => of(i))
  const watched: Watched = {
    network: {
      links: {
        name: rows(size.streets, (link) => link + 1),
        signal: Int32Array.from({ length: size.streets }, (_, link) => (link < signals ? link : -1)),
        roadClass: new Uint8Array(size.streets),
      },
      names: { text: Array.from({ length: size.streets + 1 }, (_, i) => (i === 0 ? '' : `Street ${i}`)) },
    } as unknown as RoadNetwork,
    grid: {
      feeders: { substation: rows(feeders, (feeder) => Math.floor(feeder / size.feeders)) },
      buses: { feeder: rows(feeders, (bus) => bus) },
      transformers: { bus: rows(feeders, (transformer) => transformer) },
      signals: { transformer: rows(signals, (signal) => Math.floor(signal / size.signals)) },
    } as unknown as PowerGrid,
    timetable: {
      routes: { shortName: Array.from({ length: size.routes }, (_, i) => `${i}`) },
      patterns: { route: rows(size.routes, (pattern) => pattern) },
      trips: { pattern: rows(size.routes * 3, (trip) => Math.floor(trip / 3)) },
    } as unknown as Timetable,
    services: size.services,
    links: makeTable(linkTable, size.streets),
    signals: makeTable(signalTable, signals),
    substations: makeTable(substationTable, size.substations),
    feeders: makeTable(feederTable, feeders),
    buses: makeTable(transitVehicleTable, size.routes * 3),
    requests: makeTable(requestTable, 200),
  }
  watched.substations.columns.isInService.fill(1)
  watched.feeders.columns.isEnergized.fill(1)
  watched.feeders.columns.minVoltagePu.fill(1)
  watched.buses.columns.trip.forEach((_, bus, trip) => (trip[bus] = bus))
  return watched
}

/** Fails or restores a substation with all that hangs below it. */
export function setSubstation(
  { substations, feeders, signals, grid }: Watched,
  row: number,
  isIn: boolean,
): void {
  substations.columns.isInService[row] = isIn ? 1 : 0
  grid!.feeders.substation.forEach((substation, feeder) => {
    if (substation !== row) return
    feeders.columns.isEnergized[feeder] = isIn ? 1 : 0
    feeders.columns.minVoltagePu[feeder] = isIn ? 1 : 0
    feeders.columns.customersOut[feeder] = isIn ? 0 : 100
    grid!.signals.transformer.forEach((transformer, signal) => {
      if (grid!.buses.feeder[transformer] === feeder) signals.columns.mode[signal] = isIn ? 0 : 1
    })
  })
}
