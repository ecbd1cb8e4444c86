/** The collections of OGC API Features: one entry a layer, with what its rows are, where they lie and what is said of them. */
import type { City } from '../../../../twin/city.ts'
import type { Local } from '../../../../twin/geo/projection.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../../../twin/kernel/table.ts'
import { substationTable, transformerTable } from '../../../../twin/power/tables.ts'
import { requestCauses, requestStatuses, requestTable } from '../../../../twin/reports/tables.ts'
import { roadClasses } from '../../../../twin/traffic/network.ts'
import { linkTable, signalModes, signalTable } from '../../../../twin/traffic/tables.ts'

export type Fact = string | number | boolean

export interface FeatureLayer<S extends ColumnSpecs = ColumnSpecs> {
  readonly id: string
  readonly title: string
  /** Units are the endings of the properties' names, SI. */
  readonly description: string
  /** Whose provenance a feature has. */
  readonly table: TableSpec<S>
  /** Whether its rows stay where they are. */
  readonly isFixed: boolean
  has(city: City): boolean
  /** The vertices of a line, or one position; undefined where the row is free. */
  shape(city: City, row: number, live: Table<S>): readonly Local[] | undefined
  facts(city: City, row: number, live: Table<S>): Readonly<Record<string, Fact>>
  /** Since when it is so, in ticks; left out for what is as of the frame. */
  sinceTick?(row: number, live: Table<S>): number
}

const streets: FeatureLayer<typeof linkTable.columns> = {
  id: 'streets',
  title: 'Streets',
  description:
    'Road links, one a direction, with their speed, flow and standing queue. Streets from OpenStreetMap, ODbL 1.0.',
  table: linkTable,
  isFixed: true,
  has: () => true,
  shape: ({ network: { links, shape } }, row) =>
    Array.from({ length: links.shapeCount[row] }, (_, i) => {
      const at = links.shapeStart[row] + i
      return [shape.xM[at], shape.yM[at]] as const
    }),
  facts: ({ network: { links, names } }, row, { columns }) => ({
    name: names.text[links.name[row]],
    roadClass: roadClasses[links.roadClass[row]],
    osmWayId: links.osmWayId[row],
    lanes: links.lanes[row],
    lengthM: columnValue(links.lengthM[row]),
    freeSpeedMps: columnValue(links.freeSpeedMps[row]),
    speedMps: columnValue(columns.speedMps[row]),
    flowVph: columnValue(columns.flowVph[row]),
    queueM: columnValue(columns.queueM[row]),
    vehicles: columns.vehicles[row],
    isClosed: columns.isClosed[row] === 1,
  }),
}

const signals: FeatureLayer<typeof signalTable.columns> = {
  id: 'signals',
  title: 'Traffic signals',
  description: 'Signalised junctions, and whether their lamps are lit. From OpenStreetMap, ODbL 1.0.',
  table: signalTable,
  isFixed: true,
  has: ({ network }) => network.signals.xM.length > 0,
  shape: ({ network: { signals: at } }, row) => [[at.xM[row], at.yM[row]]],
  facts: (_city, row, { columns }) => ({ mode: signalModes[columns.mode[row]] }),
}

const substations: FeatureLayer<typeof substationTable.columns> = {
  id: 'substations',
  title: 'Substations',
  description: 'Where the distribution network begins, with load and loading.',
  table: substationTable,
  isFixed: true,
  has: ({ grid }) => grid !== undefined,
  shape: ({ grid }, row) => grid && [[grid.substations.xM[row], grid.substations.yM[row]]],
  facts: ({ grid }, row, { columns }) => ({
    name: grid?.substations.name[row] ?? '',
    ratedVa: grid?.substations.ratedVa[row] ?? 0,
    loadW: Math.round(columns.loadW[row]),
    loadingRatio: columnValue(columns.loadingRatio[row]),
    isInService: columns.isInService[row] === 1,
  }),
}

const transformers: FeatureLayer<typeof transformerTable.columns> = {
  id: 'transformers',
  title: 'Transformers',
  description:
    'Transformers from medium to low voltage, with load and supply. Made for this twin: no operator’s own.',
  table: transformerTable,
  isFixed: true,
  has: ({ grid }) => grid !== undefined,
  shape({ grid }, row) {
    if (grid === undefined) return undefined
    const bus = grid.transformers.bus[row]
    return [[grid.buses.xM[bus], grid.buses.yM[bus]]]
  },
  facts: ({ grid }, row, { columns }) => ({
    ratedVa: grid?.transformers.ratedVa[row] ?? 0,
    customers: grid?.transformers.customers[row] ?? 0,
    loadW: Math.round(columns.loadW[row]),
    loadingRatio: columnValue(columns.loadingRatio[row]),
    isEnergized: columns.isEnergized[row] === 1,
  }),
}

const reports: FeatureLayer<typeof requestTable.columns> = {
  id: 'reports',
  title: 'Reports',
  description:
    'What residents have reported: what, where, since when, and what has become of it. No words of theirs.',
  table: requestTable,
  isFixed: false,
  has: ({ services }) => services !== undefined,
  shape: (_city, row, { columns }) =>
    columns.status[row] === 0 ? undefined : [[columns.xM[row], columns.yM[row]]],
  facts({ services }, row, { columns }) {
    const service = services?.services[columns.service[row]]
    return {
      serviceCode: service?.serviceCode ?? '',
      serviceName: service?.name.en ?? '',
      agency: service?.agency ?? '',
      status: requestStatuses[columns.status[row]],
      cause: requestCauses[columns.cause[row]],
    }
  },
  sinceTick: (row, { columns }) => columns.openedTick[row],
}

/** In the order of the page's layers. */
export const featureLayers = [
  streets,
  signals,
  substations,
  transformers,
  reports,
] as unknown as readonly FeatureLayer[]

/** As precise as its 32 bits are. */
function columnValue(value: number): number {
  return Number(value.toPrecision(6))
}
