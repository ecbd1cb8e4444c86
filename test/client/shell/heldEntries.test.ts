/** A list under a hand keeps its rows and their order, and says nothing of them that is no longer so. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldEntries, keyOfEntry } from '../../../client/shell/heldEntries.ts'

const entry = fc.record({
  selection: fc.record({
    layer: fc.constant('traffic' as const),
    table: fc.constant('traffic.links'),
    row: fc.integer({ min: 0, max: 12 }),
  }),
  title: fc.string(),
  detail: fc.string({ minLength: 1, maxLength: 4 }).map((words) => `${words} km/h`),
  at: fc.constant([0, 0] as const),
})
const list = fc.uniqueArray(entry, { selector: keyOfEntry, maxLength: 8 })

test('rows keep their places; each says what is known now, or that it is over', () => {
  fc.assert(
    fc.property(list, list, (held, fresh) => {
      const shown = heldEntries(held, fresh, 'over')
      expect(shown.map(keyOfEntry)).toEqual(held.map(keyOfEntry))
      for (const row of shown) {
        const now = fresh.find((one) => keyOfEntry(one) === keyOfEntry(row))
        expect(row.detail).toBe(now?.detail ?? 'over')
      }
    }),
  )
})
