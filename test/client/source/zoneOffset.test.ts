/** A page without a server reckons the city's clock as the server does. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endOfDayMs, offsetOfZoneS } from '../../../client/source/zoneOffset.ts'
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

it('ends a day a millisecond before the next begins there, also where clocks change', () => {
  const clockOf = (timeZone: string, timeMs: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(timeMs)
  fc.assert(
    fc.property(
      fc.constantFrom(
        'America/Montevideo',
        'Europe/Monaco',
        'Asia/Almaty',
        'America/New_York',
        'Pacific/Auckland',
      ),
      fc.integer({ min: 0, max: 4000 }),
      (zone, days) => {
        const day = new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10)
        const endMs = endOfDayMs(day, zone)
        expect(clockOf(zone, endMs)).toBe(`${day} 23:59:59`)
        expect(clockOf(zone, endMs + 1).slice(11)).toBe('00:00:00')
      },
    ),
    { numRuns: 60 },
  )
})
