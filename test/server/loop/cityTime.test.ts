/** A city's own clock, from its time zone. */
import { describe, expect, it } from 'vitest'
import { momentAt, utcOffsetS } from '../../../server/loop/cityTime.ts'

describe("a city's own time", () => {
  it.each([
    ['America/Montevideo', '2026-11-23T12:00:00Z', -3],
    ['Asia/Almaty', '2026-11-23T12:00:00Z', 5],
    ['Europe/Monaco', '2026-07-01T12:00:00Z', 2],
    ['Europe/Monaco', '2026-12-31T23:30:00Z', 1],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75],
  ])('%s at %s is UTC%s', (zone, moment, hours) => {
    expect(utcOffsetS(zone, Date.parse(moment))).toBe(hours * 3600)
  })

  it('puts a clock time on the day it is in the city, not in Greenwich', () => {
    const now = Date.parse('2026-11-23T01:30:00Z') // still the 22nd in Montevideo
    expect(momentAt(18 * 3600, now, -3 * 3600)).toBe(Date.parse('2026-11-22T21:00:00Z'))
  })

  it('refuses a zone that is none', () => {
    expect(() => utcOffsetS('Mars/Olympus', 0)).toThrow()
  })
})
