/** Where a state comes from is drawn: only where it is not as its column says, and never over a closure. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  countOrigins,
  drawnOrigin,
  drawnOrigins,
  markOrigins,
  originByte,
  otherOrigins,
  type DrawnOrigin,
} from '../../../client/layers/drawnOrigin.ts'
import { kinds, qualities } from '../../../twin/kernel/provenance.ts'
import { columnIndex } from '../../../twin/provenance/columns.ts'
import { exceptionTable } from '../../../twin/provenance/tables.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { tinyMirror } from './tinyMirror.ts'

it.each(kinds)('a good value that is %s as all of its column is drawn plainly', (kind) => {
  expect(drawnOrigin(kind, 'good', kind)).toBe('plain')
})

it.each([
  ['measured', 'good', 'measured'],
  ['manual', 'good', 'measured'],
  ['estimated', 'good', 'estimated'],
  ['imputed', 'uncertain', 'estimated'],
  ['measured', 'uncertain', 'estimated'],
  ['simulated', 'bad', 'estimated'],
  ['forecast', 'good', 'forecast'],
] as const)('among simulated values one that is %s and %s is drawn as %s', (kind, quality, drawn) => {
  expect(drawnOrigin(kind, quality, 'simulated')).toBe(drawn)
})

it('among measured values one that the model alone says is hatched', () => {
  expect(drawnOrigin('simulated', 'good', 'measured')).toBe('estimated')
})

it('a shader that divides by 60 tells the bytes apart, and from 255', () => {
  const read = (byte: number) => Math.floor((byte / 255) * 4.25 + 0.5)
  expect(drawnOrigins.map((origin) => read(originByte[origin]))).toEqual([0, 1, 2, 3])
  expect(read(255)).toBe(4)
})

it('finds the rows of its own column, and counts them all', () => {
  const speed = columnIndex(linkTable, 'speedMps')
  const exception = fc.record({
    column: fc.constantFrom(speed, columnIndex(linkTable, 'isClosed')),
    kind: fc.integer({ min: 0, max: kinds.length - 1 }),
    quality: fc.integer({ min: 0, max: qualities.length - 1 }),
  })
  fc.assert(
    fc.property(fc.array(exception), (exceptions) => {
      const { mirror, fill } = tinyMirror()
      fill(exceptionTable, exceptions.length, (columns) => {
        exceptions.forEach((each, row) => {
          columns.column[row] = each.column
          columns.row[row] = row
          columns.kind[row] = each.kind
          columns.quality[row] = each.quality
        })
      })
      const others = otherOrigins(mirror, linkTable, 'speedMps')
      for (const row of others.keys()) expect(exceptions[row].column).toBe(speed)
      const { measured, estimated, forecast } = countOrigins(others)
      expect(measured + estimated + forecast).toBe(others.size)
    }),
  )
})

it('a closed street stays marked as closed', () => {
  const bytes = Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 0)
  const others = new Map<number, DrawnOrigin>([
    [0, 'estimated'],
    [1, 'estimated'],
    [7, 'measured'],
  ])
  markOrigins(bytes, others)
  expect([...bytes]).toEqual([0, 0, 0, 255, 0, 0, 0, originByte.estimated])
})
