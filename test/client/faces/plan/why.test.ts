/** What the card says of causes: every step with its numbers, its time and its places, from the runs of a town. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CostBenefit } from '../../../../client/faces/plan/why/CostBenefit.tsx'
import { CauseChain } from '../../../../client/faces/plan/why/CauseChain.tsx'
import { middleOfStep, pointedStep } from '../../../../client/faces/plan/why/pointStep.ts'
import { ReachList } from '../../../../client/faces/plan/why/ReachList.tsx'
import { titleOfStep, wordOfMechanism } from '../../../../client/faces/plan/why/stepWords.ts'
import { ShellContext, type Shell } from '../../../../client/shell/shellContext.ts'
import { mechanisms, type MechanismId } from '../../../../twin/scenario/causes/mechanisms.ts'
import type { Causes, CauseStep } from '../../../../twin/scenario/causes/step.ts'
import type { EnsembleState } from '../../../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { unitValues } from '../../../../twin/scenario/costs/values.ts'
import { outcomes, type OutcomeValues } from '../../../../twin/scenario/outcome.ts'
import { outcomesOfPairs, runsOfPairs } from '../../../../twin/scenario/pairs.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity({ side: 4 })
const edits: ScenarioEdit[] = [{ kind: 'substationOut', id: 'out', substation: 0 }]
const series = { base: [0, 0, 0], edited: [0, 2, 2] }
const feeders: CauseStep = {
  id: 'feeders',
  kind: 'feeders',
  count: 2,
  places: [{ table: 'power.feeders', rows: [0, 1] }],
  unit: 'feeders',
  atS: 0,
  peakS: 30,
  base: 0,
  edited: 2,
  series,
  from: [{ step: 'edit:out', mechanism: 'switching', share: 1 }],
}
const edit: CauseStep = {
  id: 'edit:out',
  kind: 'edit',
  edit: 'out',
  count: 1,
  places: [{ table: 'power.substations', rows: [0] }],
  atS: 0,
  from: [],
}
const causes: Causes = {
  beginS: Date.UTC(2024, 2, 12, 21, 10) / 1000,
  stepS: 30,
  steps: [feeders, edit],
  ends: { customerMinutesOut: [{ step: 'feeders', mechanism: 'measuring', share: 1 }] },
}

describe('a chain of causes', () => {
  test('says times, both numbers and the edit, in their order', () => {
    const chain = createElement(CauseChain, {
      id: 'chain',
      causes,
      measure: { id: 'customerMinutesOut', title: 'Without supply', change: '+10' },
      city,
      edits,
      onClose: () => {},
    })
    // nothing of the shell is used before a hand or a key does
    const text = renderToStaticMarkup(createElement(ShellContext.Provider, { value: {} as Shell }, chain))
    const said = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(said).toMatch(
      /18:10:00 .*18:10: 0 feeders → 2 feeders \(\+2 feeders\).*18:10:00 Take South out of service/,
    )
  })

  test('lights the places of each step', () => {
    expect(pointedStep(city, feeders)!.shape().paths.length).toBeGreaterThan(2)
    expect(pointedStep(city, edit)!.shape().points).toHaveLength(1)
    expect(middleOfStep(city, edit)).toEqual(pointedStep(city, edit)!.shape().points[0])
    expect(pointedStep(city, { ...edit, places: [] })).toBeUndefined()
  })

  test('has a title for an edit that is gone', () => {
    expect(titleOfStep(edit, city, [])).toBe('The edit')
  })
})

describe('the card', () => {
  const state: EnsembleState = {
    id: 'e',
    state: 'done',
    ahead: 0,
    share: 1,
    pairs: 1,
    members: 1,
    outcomes: [{ id: 'vehicleHours', base: 100, edited: 90, difference: -10, isClear: false }],
    reach: [{ id: 'reachJobs', base: 500, edited: 400, difference: -100, isClear: false }],
    pairsOfPlaces: [
      {
        name: 'Hospital',
        kind: 'hospital',
        isTowards: true,
        base: 900,
        edited: 902,
        difference: 2,
        isClear: false,
      },
    ],
  }
  const saidBy = (element: Parameters<typeof renderToStaticMarkup>[0]) =>
    renderToStaticMarkup(element)
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')

  test('says who reaches what, and what the map does not hold', () => {
    const said = saidBy(createElement(ReachList, { state }))
    expect(said).toMatch(/Jobs within 45 min on foot and by bus −100 jobs 500 jobs → 400 jobs worse/)
    expect(said).toMatch(/Centre to Hospital \+2 s 15 min → 15 min 2 s/)
    expect(said).toContain('Not in this city’s map: clinics, schools, fire stations.')
  })

  test('marks every number of worth with its source or as assumed', () => {
    const said = saidBy(createElement(CostBenefit, { state, city, edits, horizonS: 3600 }))
    // 10 vehicle-hours × 1.4 × 4 USD, once a year: nobody decides on an outage
    expect(said).toMatch(/Time in cars \+56 USD/)
    const values = unitValues.length + edits.length
    expect([...said.matchAll(/Source: |assumed: change me/g)]).toHaveLength(values)
  })
})

test('the card says how sure worth is and what that does not hold, and of which items the change is not clear', () => {
  const zeros = Object.fromEntries(outcomes.map(({ id }) => [id, 0])) as OutcomeValues
  const base = [100, 140, 120].map((vehicleHours) => ({ ...zeros, vehicleHours }))
  const edited = [90, 128, 111].map((vehicleHours) => ({ ...zeros, vehicleHours, co2Kg: 1 }))
  const state: EnsembleState = {
    id: 'e',
    state: 'done',
    ahead: 0,
    share: 1,
    pairs: 3,
    members: 3,
    outcomes: outcomesOfPairs(base, edited),
    runs: runsOfPairs([0, 1, 2], base, edited),
  }
  const card = createElement(CostBenefit, { state, city, edits, horizonS: 3600 })
  const said = renderToStaticMarkup(card)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
  expect(said).toMatch(/80 %: \+[\d,]+ USD to \+[\d,]+ USD, over 3 pairs of runs · better/)
  expect(said).toContain('Not in the interval: what things are worth, what the edits cost')
  expect(said).toMatch(/Time in cars \+58 USD Time in buses/)
  expect(said).toMatch(/Time in buses ±0 USD no clear change/)
})

test.each(Object.keys(mechanisms) as MechanismId[])('of %s it says by whose word it is', (id) => {
  const { basis } = mechanisms[id]
  expect(wordOfMechanism(id)).toMatch(
    basis === 'published' ? /^published: / : basis === 'assumed' ? /^assumed: / : /^no assumption/,
  )
})
