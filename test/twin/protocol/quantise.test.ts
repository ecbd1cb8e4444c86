/** A value comes back as the nearest multiple of its column's quantum, whatever kind of array it lies in; rows not asked for stay. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeColumn } from '../../../twin/kernel/columns.ts'
import { exact, real, tickColumn, whole, type ColumnSpec } from '../../../twin/kernel/table.ts'
import { quantised, restore } from '../../../twin/protocol/quantise.ts'

const specs: readonly (readonly [ColumnSpec, fc.Arbitrary<number>])[] = [
  [whole('u8'), fc.nat(255)],
  [whole('u16'), fc.nat(65_535)],
  [whole('u32'), fc.nat(0xffffffff)],
  [whole('i8'), fc.integer({ min: -128, max: 127 })],
  [whole('i16'), fc.integer({ min: -32_768, max: 32_767 })],
  [tickColumn(), fc.integer()],
  [exact(), fc.float()],
  [real(1), fc.integer({ min: -100_000, max: 100_000 })],
  [real(0.25), fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 4)],
  // recorded by another release
  [{ type: 'u16', quantum: 5, isTick: false }, fc.nat(13_107).map((n) => n * 5)],
]

describe.each(specs)('a column of %j', (spec, value) => {
  test('holds in the rows asked for what it was sent, and keeps the others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { minLength: 1, maxLength: 40 }), (cells) => {
        const column = makeColumn(spec.type, cells.length)
        column.set(cells.map(([cell]) => cell))
        const sent = quantised(column, spec, cells.length)
        expect(sent).toHaveLength(cells.length)
        const received = makeColumn(spec.type, cells.length)
        const rows = Uint32Array.from([...cells.keys()].filter((row) => cells[row][1]))
        restore(received, spec, sent, rows)
        cells.forEach(([, isAsked], row) => expect(received[row]).toBe(isAsked ? column[row] : 0))
      }),
    )
  })

  test('is read as zero beyond its end', () => {
    expect([...quantised(makeColumn(spec.type, 2), spec, 4)]).toEqual([0, 0, 0, 0])
  })
})

test('a value between two multiples is sent as the nearer', () => {
  const column = Float32Array.of(0.1, 0.13, -0.1, -0.13)
  expect([...quantised(column, real(0.25), 4)]).toEqual([0, 1, 0, -1])
})
