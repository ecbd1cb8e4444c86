/** A page without a server reckons the city's clock as the server does. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { offsetOfZoneS } from '../../../client/source/zoneOffset.ts'
import { utcOffsetS } from '../../../server/loop/cityTime.ts'

it('adds to UTC what a server adds', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('America/Montevideo', 'Europe/Monaco', 'Asia/Kathmandu', 'Etc/GMT-5'),
      fc.integer({ min: 0, max: 4e12 }),
      (zone, timeMs) => {
        expect(offsetOfZoneS(zone, timeMs)).toBe(utcOffsetS(zone, timeMs))
      },
    ),
    { numRuns: 40 },
  )
})
