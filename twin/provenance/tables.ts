/**
 * What is published of provenance: what each column says of its values, and the values of which something else is known. They
 * travel, are recorded and forked as any tables are.
 */
import { simulatedFrom } from '../kernel/provenance.ts'
import { tableSpec, tickColumn, whole } from '../kernel/table.ts'

/** One row for each of `describedColumns`, in their order. */
export const columnTable = tableSpec('provenance.columns', simulatedFrom(), {
  kind: whole('u8'), // index into kinds
  quality: whole('u8'), // index into qualities
  sources: whole('u32'), // a bit for each of sources
  observedTick: tickColumn(), // AS_OF_NOW where the column is kept up with the clock, so that it costs nothing then
})

/** One row for each value that is not as its column says, in no order. */
export const exceptionTable = tableSpec('provenance.exceptions', simulatedFrom(), {
  column: whole('u16'), // row of provenance.columns
  row: whole('u32'), // of that column's table
  kind: whole('u8'),
  quality: whole('u8'),
  sources: whole('u32'),
  observedTick: tickColumn(),
  validUntilTick: tickColumn(), // FOREVER where it stands until someone says otherwise
})
