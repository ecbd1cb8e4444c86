/** A new alarm sounds once, and the graver the oftener. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beepsOf, newAlarms, waiting } from '../../../../client/faces/desk/newAlarms.ts'
import { keyOfAlarm } from '../../../../client/faces/desk/useChosen.ts'
import type { Alarm } from '../../../../client/shell/alarms.ts'
import { alarmKinds } from '../../../../twin/alarms/catalogue.ts'
import { alarmStates } from '../../../../twin/alarms/tables.ts'

const alarm: fc.Arbitrary<Alarm> = fc
  .record({
    id: fc.integer({ min: 1, max: 30 }),
    kind: fc.constantFrom(...alarmKinds),
    state: fc.constantFrom(...alarmStates),
  })
  .map((one) => ({
    ...one,
    source: 0,
    sources: 1,
    isMany: false,
    raisedTick: 0,
    changedTick: 0,
    shelvedUntilTick: 0,
    value: 1,
    consequences: [],
  }))
const alarms = fc.uniqueArray(alarm, { selector: ({ id }) => id, maxLength: 12 })
const keysOf = (list: readonly Alarm[]) => new Set(waiting(list).map(keyOfAlarm))

test('what waited before is not new, and what is new waits', () => {
  fc.assert(
    fc.property(alarms, alarms, (before, now) => {
      const fresh = newAlarms(keysOf(before), now)
      expect(newAlarms(keysOf(now), now)).toEqual([])
      for (const one of fresh) {
        expect(one.state).toBe('unacknowledged')
        expect(keysOf(before).has(keyOfAlarm(one))).toBe(false)
      }
      expect(newAlarms(new Set(), now)).toEqual(waiting(now))
    }),
  )
})

test('beeps grow with the gravest, and nothing is silent', () => {
  fc.assert(
    fc.property(alarms, alarms, (some, more) => {
      expect(beepsOf([])).toBe(0)
      expect(beepsOf([...some, ...more])).toBe(Math.max(beepsOf(some), beepsOf(more)))
    }),
  )
})
