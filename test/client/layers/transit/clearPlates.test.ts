/** Plates of buses lie on none of each other, and as many are shown as that leaves room for. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstClear } from '../../../../client/layers/transit/clearPlates.ts'

const [WIDE, HIGH] = [40, 22]
const coordinate = fc.double({ min: -400, max: 400, noNaN: true })
const places = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 120 })

const liesOn = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.abs(a[0] - b[0]) < WIDE && Math.abs(a[1] - b[1]) < HIGH

it('no two plates that are shown lie on each other, and none is left out that lies on no shown one before it', () => {
  fc.assert(
    fc.property(places, (at) => {
      const shown = firstClear(at, WIDE, HIGH)
      for (const [k, i] of shown.entries())
        for (const j of shown.slice(0, k)) expect(liesOn(at[i], at[j])).toBe(false)
      for (const i of at.keys())
        if (!shown.includes(i)) expect(shown.some((j) => j < i && liesOn(at[i], at[j]))).toBe(true)
    }),
  )
})

it('the first keeps its plate', () => {
  const some = places.filter(({ length }) => length > 0)
  fc.assert(
    fc.property(some, (at) => {
      expect(firstClear(at, WIDE, HIGH)[0]).toBe(0)
    }),
  )
})
