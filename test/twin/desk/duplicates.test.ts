/** Which reports are proposed as duplicates: near in space, time and service, and never each of the other. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { likelySame, SAME_PLACE_M, SAME_TIME_MS, type PlacedReport } from '../../../twin/desk/duplicates.ts'

const M = 1 / 111_195
const first: PlacedReport = {
  id: 'a',
  serviceCode: 'pothole',
  lng: -56,
  lat: -34.9,
  filedMs: 1_785_000_000_000,
  state: 'open',
}
const later = { ...first, id: 'b', filedMs: first.filedMs + 60_000 }
const north = (m: number) => ({ ...later, lat: first.lat + m * M })

it('one of the same service, a few metres and minutes away, is likely the same', () => {
  expect(likelySame(north(20), [first])).toBe(first)
})

it.each<[what: string, report: PlacedReport, other: PlacedReport]>([
  ['of another service', { ...later, serviceCode: 'graffiti' }, first],
  ['too far off', north(SAME_PLACE_M + 1), first],
  ['as far to the east', { ...later, lng: first.lng + 80 * M }, first],
  ['too long after', { ...later, filedMs: first.filedMs + SAME_TIME_MS + 1 }, first],
  ['filed before it', first, later],
  ['closed', later, { ...first, state: 'closed' }],
  ['a duplicate already', later, { ...first, state: 'merged' }],
  ['itself', first, first],
])('one that is %s is not', (_, report, other) => {
  expect(likelySame(report, [other])).toBeUndefined()
})

it('degrees of longitude are as long as they are at that latitude', () => {
  expect(likelySame({ ...later, lng: first.lng + 70 * M }, [first])).toBe(first)
})

it('the nearest of several is proposed', () => {
  const near = { ...first, id: 'c', lat: first.lat + 30 * M }
  expect(likelySame(north(25), [first, near])).toBe(near)
})

it('no chain of proposals comes back to where it began', () => {
  const report = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    filedMs: fc.constantFrom(0, 1, 2),
    lat: fc.double({ min: -34.9, max: -34.8995, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(report, { selector: ({ id }) => id }), (some) => {
      const all = some.map((one) => ({ ...first, ...one }))
      for (const start of all) {
        let next = likelySame(start, all)
        for (let i = 0; i < all.length && next !== undefined; i++) next = likelySame(next, all)
        expect(next).toBeUndefined()
      }
    }),
  )
})
