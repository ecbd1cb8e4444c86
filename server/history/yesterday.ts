/** The simulated yesterday of a city, as `yesterday.bin.gz` holds it: what was normal at this clock time. */
import type { Series } from './tableRing.ts'

export interface Yesterday {
  /**
   * One row between two moments of today, a day earlier; the times given are today's, so that both lie over each other.
   * Undefined when yesterday has not this table. Throws RangeError when there is no such row.
   */
  series(table: string, row: number, fromMs: number, toMs: number, utcOffsetS: number): Series | undefined
}
