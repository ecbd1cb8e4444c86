/** The first is drawn at once, the others one at a time, each when those before it are there to be seen. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Turns } from '../../../client/map/turns.ts'

const order = ['movers', 'reports', 'buses', 'power']

it('whenever it is looked, what is drawn are the first of the order, and at most one more than the time before', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('drawn', 'waits', 'lost')), (looks) => {
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

it('before the first is drawn there is no other', () => {
  const turns = new Turns(order)
  for (let i = 0; i < 10; i++) turns.next(false)
  expect(order.filter((one) => turns.has(one))).toEqual(['movers'])
  expect(turns.isBeyondFirst).toBe(false)
})

it('when each is drawn at once all are there in as many looks as there are', () => {
  const turns = new Turns(order)
  const came = order.map(() => turns.next(true))
  expect(came).toEqual([true, true, true, true])
  expect(turns.isAll).toBe(true)
  expect(turns.next(true)).toBe(false)
})
