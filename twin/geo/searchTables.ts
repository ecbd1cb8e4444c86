/** What can be looked up in a city by name, as `search.bin.gz` holds it. Static. */
import type { FileTables } from '../kernel/columnsFile.ts'

export const searchKinds = ['street', 'place', 'poi', 'stop'] as const

const wholeMetres = { quantum: 1 } as const

export const searchSchema = {
  entries: {
    name: 'text',
    /** What it is, as OpenStreetMap tags it («pharmacy», «suburb»); empty for streets. */
    detail: 'text',
    kind: 'u8', // index into searchKinds
    xM: wholeMetres,
    yM: wholeMetres,
    firstAddress: 'u32', // in addresses, by number; only streets have any
    addressCount: 'u32',
  },
  addresses: { number: { quantum: 1 }, xM: wholeMetres, yM: wholeMetres },
} as const

export type SearchTables = FileTables<typeof searchSchema>
