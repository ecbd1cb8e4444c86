/** The tables as a page that has seen nothing yet has them. */
import { inflateSync } from 'fflate'
import { publishedTables } from '../../twin/domains.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { FrameDecoder } from '../../twin/protocol/frame.ts'
import { PartDecoder } from '../../twin/protocol/partDecoder.ts'
import { absentValues } from '../../twin/tiles.ts'

export function newDecoder(): FrameDecoder {
  return new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
}

/** The same for who sees part of the city. */
export function newPartDecoder(): PartDecoder {
  return new PartDecoder(
    publishedTables.map((spec) => makeTable(spec, 0)),
    absentValues,
    (bytes) => inflateSync(bytes),
  )
}
