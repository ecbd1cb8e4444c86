/** The tables as a page that sees part of the city has them before it has seen any. Comes with the line, after the map. */
import { inflateSync } from 'fflate'
import { publishedTables } from '../../twin/domains.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { PartDecoder } from '../../twin/protocol/partDecoder.ts'
import { absentValues } from '../../twin/tiles.ts'

export function newPartDecoder(): PartDecoder {
  return new PartDecoder(
    publishedTables.map((spec) => makeTable(spec, 0)),
    absentValues,
    (bytes) => inflateSync(bytes),
  )
}
