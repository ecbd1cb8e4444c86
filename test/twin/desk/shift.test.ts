/** The change of shift takes two: who hands over, and another who takes. */
import { expect, it } from 'vitest'
import { foldShift, refusalOfShiftAct } from '../../../twin/desk/shift.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const handOver = {
  kind: 'shift' as const,
  act: 'handOver' as const,
  clientId: ID,
  shift: ID,
  who: 'night',
  fromMs: 0,
  toMs: 8,
  note: 'the bridge is closed',
}
const take = { kind: 'shift' as const, act: 'take' as const, clientId: 'other', shift: ID, who: 'day' }

it('a shift is handed over by one desk and taken by another, once', () => {
  expect(refusalOfShiftAct(undefined, handOver)).toBeUndefined()
  const given = foldShift([{ ...handOver, atMs: 8 }])
  expect(given).toMatchObject({ handedOverBy: 'night', takenBy: undefined })
  expect(refusalOfShiftAct(given, { ...take, who: 'night' })).toBe(
    'who: night handed it over; another desk takes it',
  )
  expect(refusalOfShiftAct(given, take)).toBeUndefined()
  const taken = foldShift([
    { ...handOver, atMs: 8 },
    { ...take, atMs: 9 },
  ])
  expect(taken).toMatchObject({ takenBy: 'day', takenMs: 9, note: 'the bridge is closed' })
  expect(refusalOfShiftAct(taken, { ...take, who: 'noon' })).toBe('act: day has taken over already')
})

it('what was not handed over is not taken', () => {
  expect(refusalOfShiftAct(undefined, take)).toBe(`shift: ${ID} was not handed over`)
  expect(refusalOfShiftAct(undefined, { ...handOver, shift: 'another' })).toContain('under the id')
})
