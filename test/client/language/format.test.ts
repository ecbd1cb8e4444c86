/** Numbers are written as the reader's language writes them, always with a unit. */
import { afterEach, beforeAll, expect, test } from 'vitest'
import {
  formatClock,
  formatDuration,
  formatLength,
  formatNumber,
  formatPercent,
  formatPower,
  formatSeconds,
  formatSigned,
  formatSpeed,
  formatUnit,
  withSign,
} from '../../../client/language/format.ts'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

test('thousands are grouped in both languages', () => {
  expect(formatNumber(2310)).toBe('2,310')
  setLanguage('es')
  expect(formatNumber(2310)).toBe('2.310')
  expect(formatNumber(0.123, 2)).toBe('0,12')
})

test.each([
  [0.4, '0 s'],
  [45, '45 s'],
  [59.6, '1 min'],
  [200, '3 min'],
  [-130, '−2 min'],
  [3600, '1 h'],
  [4800, '1 h 20 min'],
])('%d seconds read %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

test.each([
  [45.4, '45 s'],
  [59.6, '1 min'],
  [192.4, '3 min 12 s'],
  [-61, '−1 min 1 s'],
  [3599.6, '1 h'],
  [4805, '1 h 20 min 5 s'],
  [NaN, '–'],
])('to the second, %d seconds read %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text))

test('quantities turn from SI into daily units', () => {
  expect(formatSpeed(3)).toBe('11 km/h')
  expect(formatPower(412_345_678)).toBe('412 MW')
  expect(formatPower(41_234_567)).toBe('41.2 MW')
  expect(formatPower(5_400)).toBe('5 kW')
  expect(formatLength(1540)).toBe('1.5 km')
  expect(formatPercent(0.873)).toBe('87 %')
  expect(formatUnit(0.0321, 'ratio')).toBe('3.2 %')
  expect(formatUnit(12, 'signals')).toBe('12 signals')
  expect(formatUnit(0.7, 'vehicles')).toBe('1 vehicle')
})

test('differences carry their sign, and nothing is ±0', () => {
  expect(formatSigned(12)).toBe('+12')
  expect(formatSigned(-3.4)).toBe('−3')
  expect(formatSigned(-0.2)).toBe('±0')
  expect(formatNumber(-0.2)).toBe('0')
  expect(withSign(-0.004, formatPercent)).toBe('±0 %')
  expect(withSign(-0.006, formatPercent)).toBe('−1 %')
  expect(withSign(0.4, formatDuration)).toBe('±0 s')
})

test('the clock is the city’s own, not the reader’s', () => {
  const timeMs = Date.UTC(2026, 10, 23, 21, 4, 12)
  expect(formatClock(timeMs, 'America/Montevideo', true)).toBe('18:04:12')
  expect(formatClock(timeMs, 'Asia/Almaty')).toBe('02:04')
})

test('what is not a number is a dash', () => {
  expect(formatNumber(NaN)).toBe('–')
  expect(formatDuration(Infinity)).toBe('–')
  expect(formatSigned(NaN)).toBe('–')
})
