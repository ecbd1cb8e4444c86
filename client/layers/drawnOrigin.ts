/**
 * How where a state comes from shows in a line: plain while it is as its column says of all; with pale edges when it was
 * measured or set by hand, hatched when it was worked out or is in doubt, and dashed like a ghost when it is of a time to come.
 */
import { kinds, type Kind, type Quality } from '../../twin/kernel/provenance.ts'
import type { ColumnSpecs, TableSpec } from '../../twin/kernel/table.ts'
import { columnIndex } from '../../twin/provenance/columns.ts'
import { exceptionAt, ofColumn } from '../../twin/provenance/lookup.ts'
import { columnTable, exceptionTable } from '../../twin/provenance/tables.ts'
import type { Mirror } from '../state/mirror.ts'

export const drawnOrigins = ['plain', 'measured', 'estimated', 'forecast'] as const
export type DrawnOrigin = (typeof drawnOrigins)[number]

/** Of a state's fourth byte, which the shader divides by 60; 255 is what a layer has of its own to say (a closure). */
export const originByte: Readonly<Record<DrawnOrigin, number>> = {
  plain: 0,
  measured: 60,
  estimated: 120,
  forecast: 180,
}

/** Of a value that is `kind` in a column that says `declared` of all its values. */
export function drawnOrigin(kind: Kind, quality: Quality, declared: Kind): DrawnOrigin {
  if (kind === 'forecast') return declared === 'forecast' ? 'plain' : 'forecast'
  if (quality !== 'good') return 'estimated'
  if (kind === declared || kind === 'replayed') return 'plain'
  return kinds.indexOf(kind) <= kinds.indexOf('manual') ? 'measured' : 'estimated'
}

/** Rows of a column that are drawn otherwise than the column as a whole. */
export function otherOrigins<S extends ColumnSpecs>(
  mirror: Mirror,
  table: TableSpec<S>,
  name: keyof S & string,
): Map<number, DrawnOrigin> {
  const column = columnIndex(table, name)
  const { rows, columns } = mirror.table(exceptionTable)
  const declared = ofColumn(mirror.table(columnTable), column).kind
  const found = new Map<number, DrawnOrigin>()
  for (let at = 0; at < rows; at++) {
    if (columns.column[at] !== column) continue
    const { kind, quality } = exceptionAt(columns, at)
    const drawn = drawnOrigin(kind, quality, declared)
    if (drawn !== 'plain') found.set(columns.row[at], drawn)
  }
  return found
}

/** Writes them into the states of what is drawn, but not over what the layer itself has to say. */
export function markOrigins(bytes: Uint8Array, others: ReadonlyMap<number, DrawnOrigin>): void {
  for (const [row, origin] of others) {
    const at = row * 4 + 3
    if (at < bytes.length && bytes[at] === originByte.plain) bytes[at] = originByte[origin]
  }
}

/** How many rows are drawn in each way that is not the plain one. */
export function countOrigins(
  others: ReadonlyMap<number, DrawnOrigin>,
): Readonly<Record<Exclude<DrawnOrigin, 'plain'>, number>> {
  const counts = { measured: 0, estimated: 0, forecast: 0 }
  for (const origin of others.values()) if (origin !== 'plain') counts[origin]++
  return counts
}
