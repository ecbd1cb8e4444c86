/** What the panels of drill, drawing and plans say: everything that is offered, why something is not, and what it came to. */
import { createElement, type FunctionComponent } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DrawPanel } from '../../../../../client/faces/plan/draw/DrawPanel.tsx'
import { placeOffersFor } from '../../../../../client/faces/plan/draw/placeOffers.ts'
import { DrillEnd } from '../../../../../client/faces/plan/drill/DrillEnd.tsx'
import { DrillPlay } from '../../../../../client/faces/plan/drill/DrillPlay.tsx'
import { DrillStart } from '../../../../../client/faces/plan/drill/DrillStart.tsx'
import type { PlayedDrill } from '../../../../../client/faces/plan/drill/useDrill.ts'
import { loadLanguage, setLanguage } from '../../../../../client/language/language.ts'
import { ShellContext, type Shell } from '../../../../../client/shell/shellContext.ts'
import { ResponsePlans } from '../../../../../client/shell/response/ResponsePlans.tsx'
import { Mirror } from '../../../../../client/state/mirror.ts'
import { night } from '../../../../../client/theme/theme.ts'
import type { DrillState } from '../../../../../twin/protocol/drillMessages.ts'
import { makeDrill } from '../../../../../twin/scenario/drill/game.ts'
import { offersOf } from '../../../../../twin/scenario/drill/offers.ts'
import { createTwin } from '../../../../../twin/twin.ts'
import { smallCity } from '../../../../fixtures/smallCity.ts'

const city = smallCity()
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 21, 10), utcOffsetS: -3 * 3600 }
const page = { city, drill: undefined, response: undefined, pulse: 1, view: { selection: undefined } }
const live = { store: { get: () => page, subscribe: () => () => undefined }, mirror: new Mirror() }
const shell = { live, theme: night, language: 'en' } as unknown as Shell
const nothing = () => undefined
let state: DrillState

beforeAll(async () => {
  await loadLanguage('es')
  const game = makeDrill({ base: createTwin(city, facts), played: createTwin(city, facts) }, 0)
  for (let s = 0; s < 20; s++) game.step()
  const offers = offersOf(game)
  offers[0].edits.forEach((edit, i) => game.act({ ...edit, id: `a${i}` }))
  state = {
    id: 'drill-1',
    state: 'playing',
    what: 'game',
    substation: 0,
    doneS: game.doneS(),
    pace: 6,
    customersOut: { base: 1200, played: 600 },
    score: { customerMinutes: { base: 400, played: 250 }, vehicleHours: { base: 3, played: 3.5 } },
    work: game.work(),
    offers: [
      ...offers.slice(1),
      { ...offers[0], refused: { why: 'noHeadroom', facts: { feeder: 'F3', percent: 130 } } },
    ],
  }
})
afterEach(() => setLanguage('en'))

const drill: PlayedDrill = {
  state: undefined,
  course: { doneS: [1, 10, 20], base: [1200, 1200, 1200], played: [1200, 1200, 600] },
  isStarting: false,
  error: undefined,
  start: nothing,
  act: nothing,
  undo: nothing,
  setPace: nothing,
  leave: nothing,
}

/** Of a component's page, its words alone. */
function said<P extends object>(component: FunctionComponent<P>, props: P): string {
  const inside = createElement(component, props)
  const html = renderToStaticMarkup(createElement(ShellContext, { value: shell }, inside))
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

describe('the drill', () => {
  test('begins with what it is, and the substations by their customers', () => {
    const words = said(DrillStart, { onStart: nothing })
    expect(words).toContain('18:10')
    expect(words).toContain('South · 1,200 customers')
  })

  test('shows what is left of the ten minutes, what was done and when it holds, and why something cannot be', () => {
    const words = said(DrillPlay, { state, drill })
    expect(words).toContain('9:40')
    expect(words).toContain('South is out: 1,200 customers')
    expect(words).toMatch(/18:10:20 Tie F\d to F\d Under way, holds at 18:11:20/)
    expect(words).toContain('Not possible: F3 would be at 130 % of its rating')
    setLanguage('es')
    expect(said(DrillPlay, { state, drill })).toContain('No es posible: F3 quedaría al 130 %')
  })

  test('ends with both numbers against doing nothing, whichever way they go', () => {
    const words = said(DrillEnd, { state: { ...state, state: 'done', file: '{}' }, drill })
    expect(words).toContain('−150 fewer than doing nothing')
    expect(words).toContain('+0.5 more than doing nothing')
  })
})

test('an area under way says how many corners it has, and a district can be taken', () => {
  const tool = {
    kind: 'lowTrafficArea' as const,
    begin: nothing,
    take: () => true,
    set: nothing,
    takeArea: nothing,
    back: nothing,
    done: nothing,
    cancel: nothing,
  }
  const few = said(DrawPanel, { tool: { ...tool, drawing: { what: 'area', corners: [[0, 0]] } } })
  expect(few).toContain('1 of at least 3 corners')
  const enough = said(DrawPanel, {
    tool: {
      ...tool,
      drawing: {
        what: 'area',
        corners: [
          [0, 0],
          [0.01, 0],
          [0, 0.01],
        ],
      },
    },
  })
  expect(enough).toMatch(/3 corners, 0\.\d+ km²/)
  expect(enough).toContain('Zone 4')
})

test('plans are asked for at a thing, and a stop, a street and a substation have offers of their own', () => {
  const incident = { kind: 'substationOut', substation: 0 } as const
  expect(said(ResponsePlans, { incident, tryWords: 'Try', onTry: nothing })).toContain('Find and rank plans')
  const offered = (table: string) =>
    placeOffersFor({ layer: 'power', table, row: 0 }, city, live.mirror).map(({ edit }) => edit.kind)
  expect(offered('transit.stops')).toEqual(['closeStop', 'busFrequency', 'busFrequency', 'holdBuses'])
  expect(offered('power.substations')).toEqual(['fastChargers', 'battery'])
  expect(offered('power.feeders')).toEqual(['feederOut', 'closeTie'])
  expect(offered('traffic.links')).toContain('lowTrafficArea')
})
