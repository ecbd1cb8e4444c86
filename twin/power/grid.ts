/** The electricity network of a city, as `grid.bin.gz` holds it: substations, radial feeders, transformers. Static. */
import { metres, type FileSchema, type FileTables } from '../kernel/columnsFile.ts'
import { makeColumn } from '../kernel/columns.ts'

export const busKinds = ['substation', 'junction', 'transformer'] as const
export const NO_TRANSFORMER = 0xffffffff

export const gridSchema = {
  substations: { xM: metres, yM: metres, ratedVa: 'f32', primaryV: 'f32', isReal: 'u8', name: 'text' },
  feeders: {
    substation: 'u16',
    nominalV: 'f32', // line to line
    ratedA: 'f32',
    firstBus: 'u32', // its buses are one run; the first is the feeder's head at the substation
    busCount: 'u32',
    name: 'text',
  },
  /** In depth-first preorder within a feeder, so that what hangs below a bus follows it without a gap. */
  buses: {
    feeder: 'u16',
    parentBus: 'i32', // −1 at the head
    kind: 'u8', // index into busKinds
    xM: metres,
    yM: metres,
    rOhm: 'f32', // of the line from parentBus, per phase
    xOhm: 'f32',
    ratedA: 'f32', // of that line
    shapeStart: 'u32', // the line's course from parent to bus, in shape
    shapeCount: 'u16',
  },
  shape: { xM: metres, yM: metres },
  /** One row per MV/LV transformer; annual energies are those of the buildings it supplies. */
  transformers: {
    bus: 'u32',
    ratedVa: 'f32',
    customers: 'u32',
    residentialWhPerYear: 'f64',
    commercialWhPerYear: 'f64',
    industrialWhPerYear: 'f64',
    publicWhPerYear: 'f64',
    pvW: 'f32', // installed rooftop peak
    chargerW: 'f32', // installed EV charging power
    zone: 'u16', // of zones.bin.gz, for EV arrivals
  },
  /** Each switch sits in the line from its bus's parent to its bus (at a head: the feeder's breaker). All are closed to begin with. */
  breakers: { bus: 'u32', name: 'text' },
  /** One row per signal of the road network: the transformer that feeds it. */
  signals: { transformer: 'u32' },
  /** Real lines above the distribution level, for the map only. */
  transmission: { voltageV: 'f32', shapeStart: 'u32', shapeCount: 'u16', name: 'text' },
  transmissionShape: { xM: metres, yM: metres },
} as const

export type PowerGrid = FileTables<typeof gridSchema>

/** The grid of a city that has none: every table without rows. */
export function emptyGrid(): PowerGrid {
  const tables: Record<string, Record<string, unknown>> = {}
  for (const [table, columns] of Object.entries(gridSchema as FileSchema)) {
    tables[table] = {}
    for (const [name, stored] of Object.entries(columns)) {
      const type = typeof stored === 'object' ? 'f32' : stored
      tables[table][name] = type === 'text' ? [] : makeColumn(type, 0)
    }
  }
  return tables as unknown as PowerGrid
}

export const buildingClasses = ['residential', 'commercial', 'industrial', 'public'] as const

/** `buildings.bin.gz`: what stands in the city and which transformer feeds it. */
export const buildingsSchema = {
  buildings: {
    xM: metres,
    yM: metres,
    buildingClass: 'u8', // index into buildingClasses
    floorAreaM2: { quantum: 1 },
    heightM: { quantum: 0.1 },
    isReal: 'u8', // 1: footprint from the map, 0: laid along the block front from an address
    transformer: 'u32',
  },
} as const

export type Buildings = FileTables<typeof buildingsSchema>
