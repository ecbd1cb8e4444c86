/** The tables as a page that has seen nothing yet has them. */
import { publishedTables } from '../../twin/domains.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { FrameDecoder } from '../../twin/protocol/frame.ts'

export function newDecoder(): FrameDecoder {
  return new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
}
