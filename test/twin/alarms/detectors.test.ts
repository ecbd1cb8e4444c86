/** When something is up: the deadband and both delays, against a slow oracle that looks at the whole past. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alarmKinds, type AlarmKind } from '../../../twin/alarms/catalogue.ts'
import { detect, makeDetector } from '../../../twin/alarms/detectors.ts'

const LOOK = 250

const shape = fc.record({
  limit: fc.integer({ min: -5, max: 5 }),
  deadband: fc.integer({ min: 0, max: 4 }),
  worseWhen: fc.constantFrom('higher' as const, 'lower' as const),
  onDelayS: fc.constantFrom(0, 5, 10, 30),
  offDelayS: fc.constantFrom(0, 5, 10, 30),
})
const reading = fc.oneof({ arbitrary: fc.integer({ min: -9, max: 9 }), weight: 9 }, fc.constant(NaN))

/** Up from the first look after which all of the delay was beyond the limit, until one after which all of it was well inside. */
function slowly(kind: AlarmKind, past: readonly number[]): boolean {
  let isUp = false
  let from = 0
  past.forEach((_, look) => {
    const delayLooks = (isUp ? kind.offDelayS : kind.onDelayS) / 5
    const crosses = (value: number) => {
      if (Number.isNaN(value)) return isUp
      const past = kind.worseWhen === 'higher' ? value - kind.limit : kind.limit - value
      return isUp ? past < -kind.deadband : past >= 0
    }
    const span = past.slice(Math.max(from, look - delayLooks), look + 1)
    if (look - delayLooks < from || !span.every(crosses)) return
    isUp = !isUp
    from = look + 1
  })
  return isUp
}

test('it is up and over when the slow oracle says so, whatever is read', () => {
  fc.assert(
    fc.property(shape, fc.array(reading, { maxLength: 60 }), (changed, readings) => {
      const kind = { ...alarmKinds[0], ...changed }
      const detector = makeDetector(kind, 1)
      readings.forEach((value, look) => {
        const came = detect(detector, Float64Array.of(value), look * LOOK)
        const wasUp = slowly(kind, readings.slice(0, look))
        const isUp = slowly(kind, readings.slice(0, look + 1))
        expect(detector.isUp[0] === 1).toBe(isUp)
        expect(came).toEqual(isUp && !wasUp ? [0] : [])
      })
    }),
  )
})

test('a value that trembles about its limit, by less than the deadband, comes up once', () => {
  const kind = alarmKinds.find(({ id }) => id === 'feederOverloaded')!
  const detector = makeDetector(kind, 1)
  let times = 0
  for (let look = 0; look < 1000; look++)
    times += detect(detector, Float64Array.of(look % 2 === 0 ? 1.01 : 0.97), look * LOOK).length
  expect(times).toBe(0)
  for (let look = 1000; look < 2000; look++)
    times += detect(
      detector,
      Float64Array.of(look < 1100 ? 1.01 : 1 + 0.04 * (-1) ** look),
      look * LOOK,
    ).length
  expect(times).toBe(1)
})
