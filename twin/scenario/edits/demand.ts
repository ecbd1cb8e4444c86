/** Edits of who travels. */
import * as v from 'valibot'
import { editKind } from '../editKind.ts'

/** All trips by car that begin while it holds, times a factor. */
export const changeDemand = editKind(
  'changeDemand',
  { factor: v.pipe(v.number(), v.minValue(0), v.maxValue(10)) },
  ({ factor }) => ({ settings: [{ target: 'carTripsFactor', row: 0, value: factor }] }),
)
