/** Incidents are said in both languages by what they are about and where, and a handover shows them as they stood at its end. */
import { afterEach, beforeAll, describe, expect, it, test } from 'vitest'
import { incidentsIn, lastEndMs, spanOf } from '../../../client/faces/desk/handover/shiftSpan.ts'
import { canDo } from '../../../client/faces/desk/incidents/incidentDoes.ts'
import { byWaiting, canDoReport } from '../../../client/faces/desk/reports/reportDoes.ts'
import { enIncidents } from '../../../client/language/enIncidents.ts'
import { esIncidents } from '../../../client/language/esIncidents.ts'
import { sayIncident, type IncidentKey } from '../../../client/language/incidentWords.ts'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'
import type { DeskIncident, DeskReport, IncidentSaid } from '../../../client/shell/incidents/deskAnswers.ts'
import {
  sentenceOf,
  streetNear,
  titleOfIncident,
  whereOf,
} from '../../../client/shell/incidents/incidentThing.ts'
import { agencies } from '../../../twin/desk/agencies.ts'
import {
  foldIncident,
  incidentStates,
  refusalOfIncidentAct,
  type IncidentEntry,
} from '../../../twin/desk/incident.ts'
import { refusalOfReportAct, reportCaseStates, untouched } from '../../../twin/desk/reportCase.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import { INCIDENT, opening } from '../../twin/desk/deskActs.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

const city = smallCity()
const HOUR_MS = 3_600_000

function entry(act: string, atMs: number, more: object = {}): IncidentEntry {
  const id = `${act}${atMs}`
  return {
    kind: 'incident',
    act,
    clientId: id,
    incident: INCIDENT,
    who: 'desk 1',
    atMs,
    ...more,
  } as IncidentEntry
}

/** Its log as the server answers it. */
function incidentOf(...entries: IncidentEntry[]): DeskIncident {
  const folded = foldIncident(entries)
  if (folded === undefined) throw new Error('no entries')
  return { ...folded, log: entries.map((one) => ({ ...one, id: one.clientId }) as IncidentSaid) }
}

const begun = { ...opening, atMs: HOUR_MS }

describe('an incident', () => {
  it('is called by what it began with, in the reader’s language', () => {
    const incident = incidentOf(begun)
    const inEnglish = titleOfIncident(incident, city)
    setLanguage('es')
    const inSpanish = titleOfIncident(incident, city)
    expect(inEnglish).toMatch(/ is out$/)
    expect(inSpanish).toMatch(/ fuera de servicio$/)
    const words = { ...begun, of: { what: 'words', title: 'A tree fell' } } as IncidentEntry
    expect(titleOfIncident(incidentOf(words), city)).toBe('A tree fell')
  })

  it('is placed by the nearest street with a name, and by none where none is near', () => {
    const { links, shape, names } = city.network
    const link = links.name.findIndex((name) => name > 0)
    const middle = links.shapeStart[link] + (links.shapeCount[link] >> 1)
    const at = lngLatFromLocal(city.projection, [shape.xM[middle], shape.yM[middle]])
    expect(streetNear(at, city)).toBe(names.text[links.name[link]])
    expect(whereOf(at, city)).toBe(`near ${names.text[links.name[link]]}`)
    expect(whereOf([0, 0], city)).toBe('')
    expect(whereOf(undefined, city)).toBe('')
  })

  it('tells its log in sentences', () => {
    const lead = entry('lead', 3, { lead: 'police', partners: ['fireBrigade'] })
    const incident = incidentOf(begun, entry('own', 2), lead, entry('note', 4, { text: 'road is closed' }))
    expect(incident.log.map((said) => sentenceOf(said, incident, city)).slice(1)).toEqual([
      'took it',
      'led by Police, with Fire brigade',
      'road is closed',
    ])
  })

  test.each(incidentStates)('that is %s offers what the law allows, and nothing else', (state) => {
    const path = [begun, entry('own', 2), entry('handle', 3), entry('clear', 4, { text: 'x' })]
    const incident = incidentOf(...path.slice(0, incidentStates.indexOf(state) + 1))
    expect(incident.state).toBe(state)
    const asked = { lead: 'police', partners: [], text: 'x' }
    for (const act of ['own', 'handle', 'lead', 'clear'] as const)
      for (const who of ['desk 1', 'desk 2']) {
        const said = { ...entry(act, 5, asked), who }
        const isAllowed =
          refusalOfIncidentAct(foldIncident(path.slice(0, incident.log.length)), said) === undefined
        expect([act, who, canDo(act, incident, who)]).toEqual([act, who, isAllowed])
      }
  })
})

describe('a report', () => {
  const report = (state: DeskReport['state'], filedMs = 0) =>
    ({ ...untouched, state, filedMs, id: `${state}${filedMs}` }) as unknown as DeskReport

  test.each(reportCaseStates)('that is %s offers what the law allows, and nothing else', (state) => {
    for (const act of ['assign', 'answer', 'merge', 'close', 'reopen'] as const) {
      const words = {
        kind: 'report',
        act,
        clientId: 'c',
        report: 'r',
        who: 'desk',
        to: 'police',
        into: 'i',
        text: 'x',
      }
      const why = refusalOfReportAct({ ...untouched, state }, words as never, untouched)
      expect([act, canDoReport(act, report(state))]).toEqual([act, why === undefined])
    }
  })

  it('that still waits comes first, then the newest', () => {
    const given = [report('closed', 9), report('open', 1), report('assigned', 5), report('open', 2)]
    expect(given.sort(byWaiting).map(({ id }) => id)).toEqual(['open2', 'open1', 'assigned5', 'closed9'])
  })
})

describe('a handover', () => {
  const incident = incidentOf(
    begun,
    entry('own', 2 * HOUR_MS),
    entry('handle', 3 * HOUR_MS),
    entry('clear', 4 * HOUR_MS, { text: 'over' }),
  )

  it('shows an incident as it stood at its end, with the log until then', () => {
    const { open } = incidentsIn([incident], { fromMs: 0, toMs: 2.5 * HOUR_MS })
    expect(open).toMatchObject([{ state: 'owned', sinceMs: 2 * HOUR_MS }])
    expect(open[0].log).toHaveLength(2)
  })

  it('shows what was cleared in the shift, not before it, and nothing that was not found yet', () => {
    const cleared = (fromMs: number) => incidentsIn([incident], { fromMs, toMs: 8 * HOUR_MS }).cleared.length
    expect([cleared(0), cleared(5 * HOUR_MS)]).toEqual([1, 0])
    expect(incidentsIn([incident], { fromMs: 0, toMs: 1 })).toEqual({ open: [], cleared: [] })
  })

  it('begins where the last one ended, if that was within a day; else with the last eight hours', () => {
    const nowMs = 100 * HOUR_MS
    const shift = {
      id: '',
      fromMs: 0,
      note: '',
      handedOverBy: 'a',
      handedOverMs: 0,
      takenBy: 'b',
      takenMs: 0,
    }
    expect(spanOf('last', [{ ...shift, toMs: nowMs - 6 * HOUR_MS }], nowMs).fromMs).toBe(nowMs - 6 * HOUR_MS)
    expect(lastEndMs([{ ...shift, toMs: nowMs - 30 * HOUR_MS }], nowMs)).toBeUndefined()
    expect(spanOf('last', [], nowMs).fromMs).toBe(nowMs - 8 * HOUR_MS)
    expect(spanOf(4, [], nowMs)).toEqual({ fromMs: nowMs - 4 * HOUR_MS, toMs: nowMs })
  })
})

const keys = Object.keys(enIncidents) as IncidentKey[]
const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
test.each(keys)('%s is filled with the same values in both languages', (key) => {
  expect(holes(esIncidents[key])).toEqual(holes(enIncidents[key]))
  expect(esIncidents[key].trim()).not.toBe('')
})

test('every agency has a name', () => {
  for (const agency of agencies) expect(sayIncident(`agency.${agency}`)).not.toBe('')
})
