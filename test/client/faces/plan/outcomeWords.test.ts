/** A difference that is nothing at the digits it is shown with has no sign, and is neither better nor worse. */
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { changedZones } from '../../../../client/faces/plan/changedZones.ts'
import {
  formatOutcome,
  formatOutcomeChange,
  readDifference,
} from '../../../../client/faces/plan/outcomeWords.ts'
import { SuretyRow } from '../../../../client/faces/plan/SuretyRow.tsx'
import { verdictOf } from '../../../../client/faces/plan/verdict.ts'
import { outcomes, type Outcome } from '../../../../twin/scenario/outcome.ts'

const units = [...new Set(outcomes.map(({ unit }) => unit))]

test.each(units)('of %s a hair is written as nothing, in either direction', (unit) => {
  const nothing = formatOutcomeChange(0, unit)
  expect(nothing).toMatch(/^±0 /)
  for (const hair of [1e-7, -1e-7]) {
    expect(formatOutcomeChange(hair, unit)).toBe(nothing)
    for (const worseWhen of ['higher', 'lower', undefined] as const)
      expect(verdictOf({ worseWhen }, hair, true, (value) => formatOutcomeChange(value, unit))).toBe(
        'unclear',
      )
  }
})

test.each<[Outcome['unit'], number, string, string]>([
  ['kg', 40, '±0 t', 'unclear'],
  ['kg', 60, '+0.1 t', 'worse'],
  ['h', -0.4, '±0 h', 'unclear'],
  ['h', -0.6, '−1 h', 'better'],
  ['ratio', 0.0004, '±0 points', 'unclear'],
  ['ratio', 0.0006, '+0.1 points', 'worse'],
])('%s: %d is written %s, and is %s', (unit, difference, text, verdict) => {
  const change = (value: number) => formatOutcomeChange(value, unit)
  expect(change(difference)).toBe(text)
  expect(verdictOf({ worseWhen: 'higher' }, difference, true, change)).toBe(verdict)
})

test('a row of the consequence card calls nothing better or worse', () => {
  const rowOf = (difference: number) =>
    renderToStaticMarkup(
      createElement(SuretyRow, {
        title: 'Emissions',
        surety: { base: 1e4, edited: 1e4 + difference, difference, isClear: true },
        worseWhen: 'higher',
        format: (value: number) => formatOutcome(value, 'kg'),
        formatChange: (value: number) => formatOutcomeChange(value, 'kg'),
      }),
    )
  expect(rowOf(30)).toContain('<b>±0 t</b>')
  expect(rowOf(30)).not.toMatch(/worse|better/)
  expect(rowOf(300)).toMatch(/<b>\+0\.3 t<.b>.*worse/)
})

test('a district whose trips grow longer by what is written as nothing is in no list', () => {
  const zone = (meanChangeS: number) => ({ zone: 0, trips: 100, meanChangeS, longer: 50, shorter: 50 })
  const { longer, shorter } = changedZones({
    zones: [zone(0.4), zone(0.6), zone(-0.4), zone(-0.6)],
    unmatched: 0,
  })
  expect([longer, shorter].map((zones) => zones.map(({ meanChangeS }) => meanChangeS))).toEqual([
    [0.6],
    [-0.6],
  ])
})

test('the difference that is read is that of the two values that are read', () => {
  const unit = fc.constantFrom('ratio', 'h', 'kg', 's', 'Wh', 'pu')
  const size = { ratio: 1, h: 1e4, kg: 1e6, s: 600, Wh: 1e9, pu: 1 } as const
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const read = (text: string) => Number(text.replace(/[^0-9.]/g, ''))
  fc.assert(
    fc.property(unit, share, share, (of, a, b) => {
      const values = { base: a * size[of], edited: b * size[of] }
      const written = read(formatOutcomeChange(readDifference(values, of), of))
      expect(written).toBeCloseTo(
        Math.abs(read(formatOutcome(values.edited, of)) - read(formatOutcome(values.base, of))),
        6,
      )
    }),
  )
  expect(formatOutcomeChange(readDifference({ base: 0.8166, edited: 0.8212 }, 'ratio'), 'ratio')).toBe(
    '+0.4 points',
  )
})
