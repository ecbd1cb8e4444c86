/** What the panels of a comparison say: classes with units and counts, absolute beside per cent, what is sure and what is not, scenarios side by side. */
import { createElement, type FunctionComponent } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { comparedWith, type Compared } from '../../../../client/faces/plan/compare/against.ts'
import { KeptTable } from '../../../../client/faces/plan/compare/KeptTable.tsx'
import { PlaceFacts } from '../../../../client/faces/plan/compare/PlaceFacts.tsx'
import { PlacesLegend } from '../../../../client/faces/plan/compare/PlacesLegend.tsx'
import { certaintyOf } from '../../../../client/faces/plan/compare/PlacesPanel.tsx'
import { PlacesTable } from '../../../../client/faces/plan/compare/PlacesTable.tsx'
import { SwipeBar } from '../../../../client/faces/plan/compare/SwipeBar.tsx'
import type { Kept } from '../../../../client/faces/plan/compare/useKept.ts'
import { fieldOfFlows, type Field } from '../../../../client/layers/difference/field.ts'
import { ShellContext, type Shell } from '../../../../client/shell/shellContext.ts'
import { night } from '../../../../client/theme/theme.ts'
import { outcomes, type OutcomeValues } from '../../../../twin/scenario/outcome.ts'
import { outcomesOfPairs, runsOfPairs } from '../../../../twin/scenario/pairs.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const shell = {
  theme: night,
  live: {},
} as unknown as Shell

/** The words of a component, without its tags. */
function wordsOf<P extends object>(component: FunctionComponent<P>, props: P): string {
  const markup = renderToStaticMarkup(
    createElement(ShellContext.Provider, { value: shell }, createElement(component, props)),
  )
  return markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

const { name } = city.network.links
const otherStreet = name.findIndex((one) => one !== name[0] && one !== name[2])
const flow: Field = {
  id: 'flow',
  pairs: 5,
  rows: Uint32Array.of(0, otherStreet, 2),
  base: Float32Array.of(1000, 20, 400),
  difference: Float32Array.of(150, -60, 90),
  reach: Float32Array.of(40, 10, 120),
}

test('a legend has every class with its unit, and how many streets are in it', () => {
  const words = wordsOf(PlacesLegend, { field: flow, theme: night })
  expect(words).toContain('Flow · streets')
  expect(words).toMatch(/over 100 vehicles\/h more 1 25 to 100 vehicles\/h more 0 no clear change \(99 %\) 1/)
  expect(words).toMatch(/25 to 100 vehicles\/h less 1 over 100 vehicles\/h less 0/)
})

test('the table lists what is clear alone, absolute beside per cent where there is enough to take a share of', () => {
  const words = wordsOf(PlacesTable, { field: flow, city })
  expect(words).toContain('1,000 → 1,150 vehicles/h · 80 %: +110 to +190 vehicles/h')
  expect(words).toContain('+150 vehicles/h +15 %')
  expect(words).toContain('−60 vehicles/h –')
  expect(words).not.toContain('400 →')
})

test('the inspector says of a street that its change is not clear', () => {
  const selection = { layer: 'traffic', table: 'traffic.links', row: 2 } as const
  const words = wordsOf(PlaceFacts, { selection, fields: [flow], city })
  expect(words).toContain('+90 vehicles/h (+23 %)')
  expect(words).toContain('no clear change (99 %) · 80 %: −30 to +210 vehicles/h')
  const elsewhere = { ...selection, row: 9 }
  expect(wordsOf(PlaceFacts, { selection: elsewhere, fields: [flow], city })).toContain(
    'No change worth telling here.',
  )
})

test('flows found at once are marked preliminary, and a single pair as what may be chance', () => {
  const atOnce = fieldOfFlows({ link: [1], before: [100], after: [300] }, 5)
  expect(certaintyOf(atOnce)).toMatch(/^Preliminary:/)
  expect(certaintyOf({ ...flow, pairs: 1 })).toContain('a difference may be chance')
  expect(certaintyOf(flow)).toBe('5 pairs of runs')
})

test('kept scenarios stand in columns, each with its difference and how sure that is', () => {
  const scenario = (id: string, name: string, difference: number): Kept => ({
    name,
    run: { id, state: 'done', ahead: 0, doneS: 900, horizonS: 900, startMs: 0 },
    edits: [],
    places: undefined,
    runs: undefined,
    outcomes: [
      {
        id: 'vehicleHours',
        base: 100,
        edited: 100 + difference,
        difference,
        interval: [difference - 5, difference + 5],
        isClear: Math.abs(difference) > 5,
      },
    ],
  })
  const words = wordsOf(KeptTable, {
    now: scenario('a', 'anything', 20),
    kept: [scenario('b', 'Bus lane', -2)],
  })
  expect(words).toContain('Measure Without the edits This scenario Bus lane')
  expect(words).toContain('Time on the road 100 h 120 h +20 h 80 %: +15 h to +25 h 98 h −2 h')
  expect(words).toContain('80 %: −7 h to +3 h · no clear change')
  // one that is kept stands under its name, once
  const kept = [scenario('a', 'Bridge shut', 20)]
  expect(wordsOf(KeptTable, { now: scenario('a', 'anything', 20), kept })).not.toContain('This scenario')
})

test('two scenarios are told apart by pairs of their runs, and without an interval where these cannot be paired', () => {
  const zeros = Object.fromEntries(outcomes.map(({ id }) => [id, 0])) as OutcomeValues
  const scenario = (id: string, base: readonly number[], edited: readonly number[]): Kept => {
    const runs = [base, edited].map((side) => side.map((vehicleHours) => ({ ...zeros, vehicleHours })))
    return {
      name: id,
      run: { id, state: 'done', ahead: 0, doneS: 900, horizonS: 900, startMs: 0 },
      edits: [],
      places: undefined,
      outcomes: outcomesOfPairs(runs[0], runs[1]),
      runs: runsOfPairs([0, 1, 2], runs[0], runs[1]),
    }
  }
  const first = scenario('first', [100, 150, 90], [110, 170, 95])
  const second = scenario('second', [100, 150, 90], [114, 175, 98])
  const elsewhere = scenario('elsewhere', [101, 150, 90], [114, 175, 98])
  const hoursOf = (compared: Compared) => compared.outcomes.find(({ id }) => id === 'vehicleHours')!
  const paired = comparedWith(first, second)
  expect(paired.pairs).toBe(3)
  expect(hoursOf(paired)).toMatchObject({ base: 340 / 3, difference: 4, isClear: true })
  const unpaired = comparedWith(first, elsewhere)
  expect(unpaired.pairs).toBeUndefined()
  expect(hoursOf(unpaired).interval).toBeUndefined()
  expect(hoursOf(unpaired).difference).toBeCloseTo(4, 9)
  expect(hoursOf(comparedWith(first, first)).difference).toBeUndefined()
  expect(comparedWith(undefined, second).outcomes).toBe(second.outcomes)
  const words = wordsOf(KeptTable, { now: undefined, kept: [first, second] })
  expect(words).toContain('Differences from Without the edits first second')
})

test('the bar says where it stands between what', () => {
  const markup = renderToStaticMarkup(
    createElement(SwipeBar, { at: 30, left: 'A', right: 'B', onMove: () => undefined }),
  )
  expect(markup).toContain('role="slider"')
  expect(markup).toContain('aria-valuenow="30"')
  expect(markup).toContain('aria-label="Bar between A and B"')
})
