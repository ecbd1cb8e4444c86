/** Places on the plane, one by one and many at once. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makePlane, planeFromLocal, planeFromLocals } from '../../../client/layers/plane.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'

it('many places at once are where each is by itself, to the last bit', () => {
  const plane = makePlane(makeProjection([-56.18, -34.9]))
  const metre = fc.double({ min: -40_000, max: 40_000, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(metre, metre)), (all) => {
      const places = planeFromLocals(plane, { xM: all.map(([x]) => x), yM: all.map(([, y]) => y) })
      expect([...places]).toEqual(all.flatMap((at) => [...planeFromLocal(plane, at)]))
    }),
  )
})
