/** The ring of the recent past: newest kept, oldest forgotten, values within a quantum. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TableRing } from '../../../server/history/tableRing.ts'
import { simulatedFrom } from '../../../twin/kernel/provenance.ts'
import { makeTable, real, tableSpec } from '../../../twin/kernel/table.ts'

const spec = tableSpec('test.rows', simulatedFrom(), { speedMps: real(0.25), loadW: real(1) })
const kept = { speedMps: { type: 'u8', quantum: 0.25 }, loadW: { type: 'f32', quantum: 1 } } as const

function tableWith(value: number, rows = 3) {
  const table = makeTable(spec, rows)
  table.columns.speedMps.fill(value)
  table.columns.loadW.fill(value * 1000)
  return table
}

describe('the ring of the recent past', () => {
  it('keeps the newest samples and forgets the oldest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const ring = new TableRing(kept, 1000, 10)
        for (let i = 0; i < count; i++) ring.record(tableWith(i), i * 1000)
        const { timesMs, values } = ring.series(1, 0)
        const due = Array.from({ length: Math.min(count, 10) }, (_, i) => Math.max(0, count - 10) + i)
        expect(timesMs).toEqual(due.map((i) => i * 1000))
        expect(values['speedMps']).toEqual(due)
        expect(values['loadW']).toEqual(due.map((i) => i * 1000))
      }),
    )
  })

  it('follows what a row holds from row to row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), { maxLength: 12 }),
        (held) => {
          const ring = new TableRing(kept, 1000, 20, 4)
          held.forEach((values, i) => {
            const table = makeTable(spec, values.length)
            values.forEach((value, row) => {
              table.columns.loadW[row] = value
              table.columns.speedMps[row] = value + i
            })
            ring.record(table, i * 1000)
          })
          const found = ring.byValue('loadW', (value) => value === 3, 2000)
          const due = held.flatMap((values, i) => (i >= 2 && values.includes(3) ? [i] : []))
          expect(found.get(3)?.timesMs ?? []).toEqual(due.map((i) => i * 1000))
          expect(found.get(3)?.values['speedMps'] ?? []).toEqual(due.map((i) => 3 + i))
          expect([...found.keys()].every((value) => value === 3)).toBe(true)
        },
      ),
    )
  })

  it('takes one sample a period, however often it is offered', () => {
    const ring = new TableRing(kept, 60_000, 10)
    for (let s = 0; s < 150; s++) ring.record(tableWith(s % 60), s * 1000)
    expect(ring.series(0, 0).timesMs).toEqual([0, 60_000, 120_000])
  })

  it('cuts off at the largest value a byte holds, and is within half a quantum below it', () => {
    const ring = new TableRing(kept, 1000, 4)
    ring.record(tableWith(100), 0)
    ring.record(tableWith(13.9), 1000)
    const { values } = ring.series(0, 0)
    expect(values['speedMps'][0]).toBe(63.75)
    expect(Math.abs(values['speedMps'][1] - 13.9)).toBeLessThanOrEqual(0.125)
  })

  it('gives only what is asked for', () => {
    const ring = new TableRing(kept, 1000, 10)
    for (let i = 0; i < 5; i++) ring.record(tableWith(i), i * 1000)
    expect(ring.series(0, 2500).timesMs).toEqual([3000, 4000])
    expect(ring.series(0, 9000).timesMs).toEqual([])
  })

  it('begins anew when the clock goes back or the table has other rows', () => {
    const ring = new TableRing(kept, 1000, 10)
    ring.record(tableWith(1), 5000)
    ring.record(tableWith(2), 1000)
    expect(ring.series(0, 0).timesMs).toEqual([1000])
    ring.record(tableWith(3, 7), 2000)
    expect(ring.series(6, 0).values['speedMps']).toEqual([3])
  })

  it('keeps a table whose rows come and go, with −1 where a row is not there', () => {
    const ring = new TableRing(kept, 1000, 4, 5)
    ring.record(tableWith(1, 2), 1000)
    ring.record(tableWith(2, 5), 2000)
    ring.record(tableWith(3, 1), 3000)
    expect(ring.series(3, 0).values['loadW']).toEqual([-1, 2000, -1])
    expect(ring.series(0, 0).values['loadW']).toEqual([1000, 2000, 3000])
  })

  it('refuses a row that is not there', () => {
    expect(() => new TableRing(kept, 1000, 10).series(0, 0)).toThrow(RangeError)
  })
})
