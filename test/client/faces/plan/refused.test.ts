/** What a planner is told of edits that cannot be made: each by its name, with the reason, in the reader's language. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { PreliminaryPart } from '../../../../client/faces/plan/preliminary/PreliminaryPart.tsx'
import { wordsOfFault, wordsOfReason } from '../../../../client/faces/plan/reasonWords.ts'
import { wordsOfProgress } from '../../../../client/faces/plan/suretyWords.ts'
import { loadLanguage, setLanguage } from '../../../../client/language/language.ts'
import { ShellContext, type Shell } from '../../../../client/shell/shellContext.ts'
import type { EnsembleState, Fault, Preliminary } from '../../../../twin/protocol/messages.ts'
import { buildCity } from '../../../../twin/scenario/build.ts'
import { resolveEdits, type Refused, type ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity({ side: 4 })
const { links, signals } = city.network
const narrow = links.lanes.indexOf(1)
const twoWay = links.reverseLink.findIndex((reverse) => reverse >= 0)
const away: [number, number] = [city.info.center[0] + 0.5, city.info.center[1]]
const faraway: [number, number][] = [away, [away[0] + 0.01, away[1]], [away[0], away[1] + 0.01]]
/** Each is impossible in the town, for a reason of its own. */
const impossible: ScenarioEdit[] = [
  { kind: 'closeLanes', id: 'lanes', links: [narrow], lanes: 1 },
  { kind: 'busLane', id: 'busLane', links: [narrow] },
  { kind: 'reverseStreet', id: 'reverse', links: [twoWay] },
  { kind: 'addLanes', id: 'add', links: [narrow], lanes: 4, fromS: 60 },
  { kind: 'closeStreet', id: 'nowhere', links: [99_999] },
  { kind: 'closeStreet', id: 'ends', links: [narrow], fromS: 600, untilS: 60 },
  { kind: 'signalPlan', id: 'green', signal: signals.xM.length - 1, cycleS: 40, mainGreenShare: 0.9 },
  { kind: 'battery', id: 'far', at: away, energyWh: 1e6, powerW: 1e5 },
  { kind: 'battery', id: 'strong', at: city.info.center as [number, number], energyWh: 1e6, powerW: 5e7 },
  { kind: 'lowTrafficArea', id: 'area', area: faraway },
  { kind: 'rooftopPv', id: 'roofs', addedW: 1e6, area: faraway },
]

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

function refusedOf(edits: readonly ScenarioEdit[]): Refused[] {
  const built = buildCity(edits, city)
  return [...built.refused, ...resolveEdits(built.edits, built.city).refused]
}

test.each(impossible)('$id is refused, and both languages say why with every fact in its place', (edit) => {
  const [{ refused }] = refusedOf([edit])
  const english = wordsOfReason(refused, city)
  setLanguage('es')
  const spanish = wordsOfReason(refused, city)
  for (const words of [english, spanish]) expect(words).toMatch(/^[^{}]{8,}$/)
  expect(spanish).not.toBe(english)
})

test('reasons name streets, not rows, and write numbers as people do', () => {
  const [{ refused }] = refusedOf(impossible.filter(({ id }) => id === 'far'))
  expect(wordsOfReason(refused, city)).toMatch(
    /^the nearest transformer is \d\d,\d{3} m away, and 1,000 m are the most$/,
  )
  const name = city.network.names.text[links.name[narrow]]
  expect(name.length).toBeGreaterThan(0)
  expect(wordsOfReason({ why: 'noLaneLeft', facts: { link: narrow, lanes: 1 } }, city)).toBe(
    `${name} would have no lane left`,
  )
})

test('a run that is refused for an edit says which and why in the reader’s language, any other fault as it came', () => {
  const [refused] = refusedOf(impossible.filter(({ id }) => id === 'area'))
  const said = (fault: Fault) => wordsOfFault(fault, city, (why) => `It failed: ${why}`)
  const fault = { error: 'edit area (lowTrafficArea): …', refused }
  expect(said(fault)).toBe(
    'Cannot be made here: Low-traffic area, because no side street lies inside the area.',
  )
  setLanguage('es')
  expect(said(fault)).toMatch(/^No se puede hacer aquí: .*, porque .*\.$/)
  expect(said({ error: 'the city is still starting' })).toBe('It failed: the city is still starting')
})

test('the first answer says of each edit that it leaves out why it does', () => {
  const edits = impossible.filter(({ id }) => id === 'lanes' || id === 'area')
  const answer: Preliminary = {
    seconds: 0.1,
    hour: 18,
    measures: [],
    flowChange: { link: [], before: [], after: [] },
    leftOut: refusedOf(edits).map(({ edit: { id, kind }, refused: refusal }) => ({
      id,
      kind,
      why: 'refused',
      refusal,
    })),
    isDemandEdited: false,
    share: 1,
    withoutWayVph: 0,
    relativeGap: 0,
  }
  const page = { preliminary: { ok: true, answer } }
  const live = { store: { get: () => page, subscribe: () => () => undefined } }
  const words = renderToStaticMarkup(
    createElement(
      ShellContext,
      { value: { live, language: 'en' } as unknown as Shell },
      createElement(PreliminaryPart, { edits, city, said: new Set<string>() }),
    ),
  )
  expect(words).toMatch(/Cannot be made here: Lanes shut on [^<]*, because [^<]* would have no lane left\./)
  expect(words).toContain(
    'Cannot be made here: Low-traffic area, because no side street lies inside the area.',
  )
})

test.each<[EnsembleState['state'], number, number, string]>([
  ['running', 0, 1, 'the pair of runs is under way'],
  ['done', 1, 1, 'the pair of runs is done'],
  ['stopped', 0, 1, 'stopped before the pair of runs was done'],
  ['running', 2, 5, '2 of 5 pairs of runs done'],
  ['stopped', 1, 5, 'stopped after 1 of 5 pairs of runs'],
  ['failed', 0, 5, ''],
])('%s with %d of %d pairs is said «%s»', (state, pairs, members, words) => {
  const of = { id: 'a', state, ahead: 0, share: 0, pairs, members, outcomes: [] }
  expect(wordsOfProgress(of)).toBe(words)
})
