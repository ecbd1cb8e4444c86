/** The ledger: what is said of a value is found again by whoever receives the tables, decays, and never grows without end. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AS_OF_NOW, FOREVER, sourcesIn } from '../../../twin/kernel/provenance.ts'
import type { Table, TableSpec } from '../../../twin/kernel/table.ts'
import { powerSystemTable } from '../../../twin/power/tables.ts'
import { columnIndex, describedColumns } from '../../../twin/provenance/columns.ts'
import { makeLedger, MOST_EXCEPTIONS, type Ledger } from '../../../twin/provenance/ledger.ts'
import { provenanceAt } from '../../../twin/provenance/lookup.ts'
import { columnTable } from '../../../twin/provenance/tables.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'

const SPEED = columnIndex(linkTable, 'speedMps')
const FLOW = columnIndex(linkTable, 'flowVph')
const seenBy = (ledger: Ledger) => (name: 'speedMps' | 'flowVph', row: number) =>
  provenanceAt(
    ((spec: TableSpec) => (spec.name === columnTable.name ? ledger.columns : ledger.exceptions)) as never,
    linkTable,
    name,
    row,
  )

describe('a column', () => {
  it('is as its table declares it, each column for itself, and as new as the frame', () => {
    const { rows } = makeLedger().columns
    expect(rows).toBe(describedColumns.length)
    expect(seenBy(makeLedger())('speedMps', 7)).toEqual({
      kind: 'simulated',
      quality: 'good',
      sources: makeLedger().at(SPEED, 0).sources,
      observedTick: AS_OF_NOW,
      validUntilTick: FOREVER,
    })
    const sourcesOf = (name: 'loadW' | 'temperatureC') =>
      sourcesIn(makeLedger().at(columnIndex(powerSystemTable, name), 0).sources)
    expect(sourcesOf('loadW')).toEqual(['model', 'zones', 'grid', 'weather'])
    expect(sourcesOf('temperatureC')).toEqual(['weather'])
  })

  it('that is not published is refused', () => {
    expect(() => makeLedger().observe(9999, 0, 'measured', 'good', 'network', 0)).toThrow(RangeError)
    expect(() => makeLedger().impute(-1, 0, ['network'], 0, 1)).toThrow(RangeError)
  })
})

describe('an observed value', () => {
  it('is an exception in its own row and column only', () => {
    const ledger = makeLedger()
    ledger.observe(SPEED, 3, 'measured', 'good', 'network', 100, 60)
    expect(seenBy(ledger)('speedMps', 3)).toMatchObject({
      kind: 'measured',
      observedTick: 100,
      validUntilTick: 3100,
    })
    expect(seenBy(ledger)('speedMps', 4).kind).toBe('simulated')
    expect(seenBy(ledger)('flowVph', 3).kind).toBe('simulated')
  })

  it('is uncertain past its validity, and the model’s when as much time again has gone', () => {
    const ledger = makeLedger()
    ledger.observe(SPEED, 3, 'measured', 'good', 'network', 100, 60)
    const at = (tick: number) => {
      ledger.decay(tick)
      const { kind, quality } = ledger.at(SPEED, 3)
      return [kind, quality]
    }
    expect(at(3100)).toEqual(['measured', 'good'])
    expect(at(3101)).toEqual(['measured', 'uncertain'])
    expect(at(6100)).toEqual(['measured', 'uncertain'])
    expect(at(6101)).toEqual(['simulated', 'good'])
  })

  it('that was bad stays bad as it grows old, and one without an end stands', () => {
    const ledger = makeLedger()
    ledger.observe(SPEED, 1, 'measured', 'bad', 'network', 0, 60)
    ledger.observe(SPEED, 2, 'manual', 'good', 'operator', 0)
    ledger.decay(3001)
    expect(ledger.at(SPEED, 1).quality).toBe('bad')
    ledger.decay(1e9)
    expect(ledger.at(SPEED, 2)).toMatchObject({ kind: 'manual', quality: 'good' })
  })

  it('seen again is good again', () => {
    const ledger = makeLedger()
    ledger.observe(SPEED, 3, 'measured', 'good', 'network', 0, 60)
    ledger.decay(3001)
    ledger.observe(SPEED, 3, 'measured', 'good', 'network', 3001, 60)
    ledger.decay(3002)
    expect(ledger.at(SPEED, 3)).toMatchObject({ quality: 'good', observedTick: 3001 })
    expect(ledger.exceptions.rows).toBe(1)
  })

  it('filled in from others is imputed and uncertain, from all of them', () => {
    const ledger = makeLedger()
    ledger.impute(FLOW, 0, ['network', 'zones'], 50, 60)
    expect(ledger.at(FLOW, 0)).toMatchObject({ kind: 'imputed', quality: 'uncertain', observedTick: 50 })
    expect(sourcesIn(ledger.at(FLOW, 0).sources)).toEqual(['network', 'zones'])
  })
})

describe('the exceptions', () => {
  const move = fc.record({
    column: fc.constantFrom(SPEED, FLOW),
    row: fc.nat(8),
    tick: fc.nat(100),
    isForgotten: fc.boolean(),
  })

  it('after any sayings and forgettings are those of a plain map, and fork exactly', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const ledger = makeLedger()
        const plain = new Map<string, number>()
        for (const { column, row, tick, isForgotten } of moves) {
          if (isForgotten) ledger.forget(column, row)
          else ledger.observe(column, row, 'measured', 'good', 'network', tick)
          if (isForgotten) plain.delete(`${column} ${row}`)
          else plain.set(`${column} ${row}`, tick)
        }
        const fork = makeLedger()
        fork.observe(SPEED, 99, 'manual', 'good', 'people', 1)
        fork.load(ledger.save())
        for (const each of [ledger, fork]) expect(asMap(each.exceptions)).toEqual(plain)
        for (let row = 0; row < 9; row++) {
          for (const column of [SPEED, FLOW])
            expect(fork.at(column, row).observedTick).toBe(plain.get(`${column} ${row}`) ?? AS_OF_NOW)
        }
      }),
    )
  })

  it('are bounded: the one seen longest ago makes room', () => {
    const ledger = makeLedger()
    for (let row = 0; row <= MOST_EXCEPTIONS; row++)
      ledger.observe(SPEED, row, 'measured', 'good', 'network', row === 77 ? -5 : row)
    expect(ledger.exceptions.rows).toBe(MOST_EXCEPTIONS)
    expect(ledger.at(SPEED, 77).kind).toBe('simulated')
    expect(ledger.at(SPEED, MOST_EXCEPTIONS).kind).toBe('measured')
  })

  it('of a state that was saved before there were any are none', () => {
    const ledger = makeLedger()
    ledger.observe(SPEED, 3, 'measured', 'good', 'network', 0)
    ledger.load({})
    expect(ledger.exceptions.rows).toBe(0)
    expect(ledger.at(SPEED, 3).kind).toBe('simulated')
  })
})

function asMap({ rows, columns }: Table): Map<string, number> {
  const each = Array.from({ length: rows }, (_, at): [string, number] => [
    `${columns['column'][at]} ${columns['row'][at]}`,
    columns['observedTick'][at],
  ])
  return new Map(each)
}
