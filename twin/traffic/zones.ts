/** Where trips begin and end: zones with their residents, jobs and attractions, as `zones.bin.gz` holds them. Static. */
import { metres, type FileTables } from '../kernel/columnsFile.ts'

export const NO_ZONE = 0xffff

export const zonesSchema = {
  zones: { xM: metres, yM: metres, residents: 'f32', jobs: 'f32', attraction: 'f32', name: 'text' },
  /** One row per node of the network: the zone it lies in, or NO_ZONE. */
  nodes: { zone: 'u16' },
} as const

export type Zones = FileTables<typeof zonesSchema>
