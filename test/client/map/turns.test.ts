/** The first is drawn at once, the others one at a time and only in a city that runs. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Turns } from '../../../client/map/turns.ts'

const order = ['movers', 'reports', 'buses', 'power']

it('whenever it is looked, what is drawn are the first of the order, and at most one more than the time before', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('runs', 'waits', 'lost')), (looks) => {
      const turns = new Turns(order)
      let before = 0
      for (const look of looks) {
        if (look === 'lost') turns.restart()
        const had = look === 'lost' ? 0 : before
        const came = turns.next(look !== 'waits')
        const drawn = order.filter((one) => turns.has(one))
        expect(drawn).toEqual(order.slice(0, drawn.length))
        expect(drawn.length).toBe(had + (came ? 1 : 0))
        expect(drawn.length).toBeGreaterThan(0)
        expect(turns.isAll).toBe(drawn.length === order.length)
        before = drawn.length
      }
    }),
  )
})

it('of a city that does not run yet only the first is drawn', () => {
  const turns = new Turns(order)
  for (let i = 0; i < 10; i++) turns.next(false)
  expect(order.filter((one) => turns.has(one))).toEqual(['movers'])
  expect(turns.isBeyondFirst).toBe(false)
})

it('of one that runs all are drawn in as many looks as there are', () => {
  const turns = new Turns(order)
  const came = order.map(() => turns.next(true))
  expect(came).toEqual([true, true, true, true])
  expect(turns.isAll).toBe(true)
  expect(turns.next(true)).toBe(false)
})
