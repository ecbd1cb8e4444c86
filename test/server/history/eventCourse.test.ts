/** What happened is told as it was written, however much of it has been let go. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventCourse } from '../../../server/history/eventCourse.ts'
import type { RecordedEvent } from '../../../server/history/recordIndex.ts'
import { eventKinds } from '../../../twin/events.ts'

const kinds = eventKinds.filter((kind) => kind !== 'none')
const event = fc.record({
  kind: fc.constantFrom(...kinds),
  row: fc.nat(2 ** 32 - 1),
  value: fc.double({ noNaN: true }),
  afterMs: fc.nat(60_000),
})

describe('the course of events', () => {
  it('tells those between two moments, and forgets none that are later than asked', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 1500, size: 'max' }),
        fc.nat(1e7),
        fc.nat(1e7),
        (steps, a, b) => {
          let timeMs = 0
          const events = steps.map(({ afterMs, ...rest }): RecordedEvent => ({
            ...rest,
            timeMs: (timeMs += afterMs),
          }))
          const course = new EventCourse()
          for (let from = 0; from < events.length; from += 100) course.push(events.slice(from, from + 100))
          const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)]
          const between = events.filter((each) => each.timeMs >= fromMs && each.timeMs <= toMs)
          expect(course.between(fromMs, toMs)).toEqual(between)
          course.forget(fromMs)
          expect(course.between(fromMs, toMs)).toEqual(between)
        },
      ),
      { numRuns: 30 },
    )
  })
})
