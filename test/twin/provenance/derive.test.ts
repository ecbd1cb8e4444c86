/** The laws of what is worked out from others. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AS_OF_NOW,
  derive,
  FOREVER,
  kinds,
  qualities,
  sources,
  sourceSet,
  sourcesIn,
  type Provenance,
} from '../../../twin/kernel/provenance.ts'

const tick = (latest: number) => fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(latest))
const provenance: fc.Arbitrary<Provenance> = fc.record({
  kind: fc.constantFrom(...kinds),
  quality: fc.constantFrom(...qualities),
  sources: fc.integer({ min: 0, max: 2 ** sources.length - 1 }),
  observedTick: tick(AS_OF_NOW),
  validUntilTick: tick(FOREVER),
})
const some = fc.array(provenance, { maxLength: 6 })

/** Whether `a` is in no way better than `b`. */
const isNoBetter = (a: Provenance, b: Provenance) =>
  kinds.indexOf(a.kind) >= kinds.indexOf(b.kind) &&
  qualities.indexOf(a.quality) >= qualities.indexOf(b.quality) &&
  (a.sources & b.sources) === b.sources &&
  a.observedTick <= b.observedTick &&
  a.validUntilTick <= b.validUntilTick

describe('a derived provenance', () => {
  it('does not depend on the order of its inputs', () => {
    fc.assert(
      fc.property(
        some.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(derive(shuffled)).toEqual(derive(list))
        },
      ),
    )
  })

  it('is the same derived in parts', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(derive([derive(a), derive(b)])).toEqual(derive([...a, ...b]))
      }),
    )
  })

  it('of one, or of the same one again, is that one', () => {
    fc.assert(
      fc.property(provenance, (one) => {
        expect(derive([one])).toEqual(one)
        expect(derive([one, one])).toEqual(one)
      }),
    )
  })

  it('is never better than any of its inputs, and no worse for better inputs', () => {
    fc.assert(
      fc.property(some, provenance, (list, more) => {
        const derived = derive(list)
        for (const input of list) expect(isNoBetter(derived, input)).toBe(true)
        expect(isNoBetter(derive([...list, more]), derived)).toBe(true)
        expect(isNoBetter(derive([...list, derive([more, derived])]), derive([...list, more]))).toBe(true)
      }),
    )
  })

  it('has the sources of all, and no other', () => {
    const given = [sourceSet(['model', 'grid']), sourceSet(['weather', 'model'])]
    const from = given.map((set) => ({ ...derive([]), sources: set }))
    expect(sourcesIn(derive(from).sources)).toEqual(['model', 'grid', 'weather'])
  })
})

it('every source has a bit of its own in 32', () => {
  expect(sources.length).toBeLessThanOrEqual(32)
  for (const source of sources) expect(sourcesIn(sourceSet([source]))).toEqual([source])
})
