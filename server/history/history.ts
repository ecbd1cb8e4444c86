/** What the server remembers of the last hours: which tables, which columns, how often. In memory only. */
import { publishedTables } from '../../twin/domains.ts'
import type { Table, TableSpec } from '../../twin/kernel/table.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import {
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from '../../twin/power/tables.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { TableRing, type Kept, type Series } from './tableRing.ts'

const HOURS = 3
const MINUTE_MS = 60_000
const INDICATOR_MS = 5000

const f32: Kept = { type: 'f32', quantum: 1 }
const ratio: Kept = { type: 'u16', quantum: 0.001 }

/** More buses than are on the road at once in either city; assumed. */
const BUSES = 4096

interface Remembered {
  readonly everyMs: number
  /** Of a table whose rows come and go. */
  readonly rows?: number
  readonly columns: Readonly<Record<string, Kept>>
}

/** Links are many: a byte each, in the steps they are sent in. */
const remembered: Readonly<Record<string, Remembered>> = {
  [linkTable.name]: {
    everyMs: MINUTE_MS,
    columns: {
      speedMps: { type: 'u8', quantum: 0.25 },
      flowVph: { type: 'u8', quantum: 20 },
      queueM: { type: 'u8', quantum: 5 },
    },
  },
  [substationTable.name]: { everyMs: MINUTE_MS, columns: { loadW: f32, loadingRatio: ratio } },
  [feederTable.name]: {
    everyMs: MINUTE_MS,
    columns: { loadW: f32, lossW: f32, loadingRatio: ratio, minVoltagePu: ratio },
  },
  [busTable.name]: { everyMs: MINUTE_MS, columns: { voltagePu: ratio, loadingRatio: ratio } },
  [transformerTable.name]: { everyMs: MINUTE_MS, columns: { loadW: f32, loadingRatio: ratio } },
  // a row is another trip's later: `trip` tells them apart
  [transitVehicleTable.name]: { everyMs: MINUTE_MS, rows: BUSES, columns: { trip: f32, delayS: f32 } },
  [powerSystemTable.name]: {
    everyMs: MINUTE_MS,
    columns: { loadW: f32, lossW: f32, pvW: f32, evW: f32, customersOut: f32, temperatureC: f32 },
  },
  [indicatorTable.name]: { everyMs: INDICATOR_MS, columns: { value: f32 } },
}

export class History {
  private readonly rings = new Map<string, { spec: TableSpec; ring: TableRing }>()

  constructor() {
    for (const spec of publishedTables) {
      const how = remembered[spec.name]
      if (how === undefined) continue
      const samples = Math.round((HOURS * 3_600_000) / how.everyMs)
      this.rings.set(spec.name, { spec, ring: new TableRing(how.columns, how.everyMs, samples, how.rows) })
    }
  }

  /** Samples every remembered table that is due; `tableOf` gives the present. */
  record(tableOf: (spec: TableSpec) => Table, timeMs: number): void {
    for (const { spec, ring } of this.rings.values()) ring.record(tableOf(spec), timeMs)
  }

  /** Names of the tables that are remembered. */
  get tables(): string[] {
    return [...this.rings.keys()]
  }

  /** The columns of a table that are remembered; none of a table that is not. */
  columnsOf(table: string): string[] {
    return Object.keys(remembered[table]?.columns ?? {})
  }

  specOf(table: string): TableSpec | undefined {
    return publishedTables.find(({ name }) => name === table)
  }

  /** One row of a table since `fromMs`, empty where the table is not remembered; undefined when there is no such table; throws when there is no such row. */
  series(table: string, row: number, fromMs: number): Series | undefined {
    if (this.specOf(table) === undefined) return undefined
    return this.rings.get(table)?.ring.series(row, fromMs) ?? { timesMs: [], values: {} }
  }

  /** The delays of some trips since `fromMs`, by trip, whichever row of transit.vehicles each had. */
  delaysOf(isWanted: (trip: number) => boolean, fromMs: number): Map<number, Series> {
    return this.rings.get(transitVehicleTable.name)?.ring.byValue('trip', isWanted, fromMs) ?? new Map()
  }
}
