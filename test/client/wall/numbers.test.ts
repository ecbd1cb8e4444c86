/** W14: a number on the wall has three digits that count at most, and something to be held against. W10: everything has its mode. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usualBand } from '../../../client/charts/series.ts'
import { formatUnit, formatZone, toThreeDigits } from '../../../client/language/format.ts'
import { modeOf } from '../../../client/shell/mode.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import { indicators } from '../../../twin/objectives/indicators.ts'

describe('W14', () => {
  const size = fc.double({ min: 1e-3, max: 1e10, noNaN: true })

  test('no value is read with more than three digits that count, and none is changed by more than half of the last', () => {
    fc.assert(
      fc.property(size, (value) => {
        const read = toThreeDigits(value)
        expect(Math.abs(read - value)).toBeLessThanOrEqual(0.005 * Math.abs(value) * 1.0001)
        const digits = read.toExponential().replace(/e.*$/, '').replace('.', '').replace(/0+$/, '')
        expect(digits.length).toBeLessThanOrEqual(3)
      }),
    )
    expect(toThreeDigits(Number.NaN)).toBeNaN()
  })

  test.each([
    [3841, 'requests', '3,840 reports'],
    [1_234_567_890, 'W', '1,230 MW'],
    [588_400_000, 'W', '588 MW'],
    [0.7149, 'ratio', '72 %'],
  ])('%s %s is read as %s', (value, unit, words) => {
    expect(formatUnit(toThreeDigits(value), unit)).toBe(words)
  })

  test('every value is written with its unit', () => {
    for (const { unit } of indicators) expect(formatUnit(12, unit)).toMatch(/\d.*\s\S+/)
  })

  test('what is usual lies about the day before, wider for what is larger, and is not known of what is not', () => {
    fc.assert(
      fc.property(size, (before) => {
        const band = usualBand(before)
        expect(band && band.low < before && before < band.high).toBe(true)
      }),
    )
    expect(usualBand(undefined)).toBeUndefined()
    expect(usualBand(Number.NaN)).toBeUndefined()
  })
})

test('W9: a clock says whose time it is', () => {
  expect(formatZone(-3 * 3600)).toBe('UTC−3')
  expect(formatZone(5.5 * 3600)).toBe('UTC+5:30')
  expect(formatZone(0)).toBe('UTC+0')
})

describe('W10', () => {
  const past = {
    timeMs: 0,
    presentMs: 0,
    isPlaying: true,
    speed: 1,
    isSeeking: false,
    isWaiting: false,
    gapMs: 0,
    range: undefined,
    file: undefined,
    forecast: undefined,
    error: undefined,
  }

  test('the present of a city without feeds is an exercise, the past a replay, an hour ahead a forecast, the rest a run', () => {
    expect(modeOf({ stream: LIVE, replay: undefined })).toBe('exercise')
    expect(modeOf({ stream: 'replay', replay: past })).toBe('replay')
    expect(modeOf({ stream: 'replay', replay: { ...past, forecast: { madeMs: 0, members: 9 } } })).toBe(
      'forecast',
    )
    expect(modeOf({ stream: 's1', replay: undefined })).toBe('run')
  })
})
