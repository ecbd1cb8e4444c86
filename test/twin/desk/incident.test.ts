/** What holds of an incident whatever desks say of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { owners } from '../../../twin/alarms/catalogue.ts'
import { agencies } from '../../../twin/desk/agencies.ts'
import {
  afterEntry,
  byUrgency,
  foldIncident,
  incidentStates,
  isSamePart,
  refusalOfIncidentAct,
  type Incident,
} from '../../../twin/desk/incident.ts'
import type { IncidentAct } from '../../../twin/protocol/deskMessages.ts'
import { INCIDENT, incidentAct, opening, outage, reportIds } from './deskActs.ts'

/** Says all in order; what is refused is not kept. */
function played(acts: readonly IncidentAct[]): { incident: Incident; courses: Incident[] } {
  let incident = afterEntry(undefined, { ...opening, atMs: 0 })
  const courses = [incident]
  acts.forEach((act, i) => {
    if (refusalOfIncidentAct(incident, act) !== undefined) return
    incident = afterEntry(incident, { ...act, atMs: i + 1 })
    courses.push(incident)
  })
  return { incident, courses }
}

const of = (act: IncidentAct['act'], more: object = {}) =>
  ({ kind: 'incident', clientId: INCIDENT, incident: INCIDENT, who: 'desk 1', act, ...more }) as IncidentAct

describe('an incident', () => {
  it('goes found, owned, being handled, cleared, a step at a time and never back, whatever is said', () => {
    fc.assert(
      fc.property(fc.array(incidentAct, { maxLength: 30 }), (acts) => {
        const steps = played(acts).courses.map(({ state }) => incidentStates.indexOf(state))
        steps.slice(1).forEach((step, i) => expect([0, 1]).toContain(step - steps[i]))
      }),
    )
  })

  it('folds from its log to itself, and its log holds all that was kept', () => {
    fc.assert(
      fc.property(fc.array(incidentAct, { maxLength: 30 }), (acts) => {
        const { incident, courses } = played(acts)
        expect(foldIncident(incident.log)).toEqual(incident)
        expect(incident.log).toHaveLength(courses.length)
      }),
    )
  })

  it('has no part twice, no partner that leads it, and an owner from the moment it is owned', () => {
    fc.assert(
      fc.property(fc.array(incidentAct, { maxLength: 30 }), (acts) => {
        const { parts, partners, lead, state, owner } = played(acts).incident
        parts.forEach((part, i) => expect(parts.findIndex((other) => isSamePart(part, other))).toBe(i))
        expect(partners).not.toContain(lead)
        expect(owner === undefined).toBe(state === 'found')
      }),
    )
  })

  it('is left by what was joined to it, which may come again; what it began with stays', () => {
    const part = { what: 'report', id: reportIds[0] }
    const [join, leave] = [of('join', { part }), of('leave', { part })]
    const { incident } = played([join, leave])
    expect([incident.parts, incident.log.length]).toEqual([[outage], 3])
    expect(refusalOfIncidentAct(incident, leave)).toBe('part: this report is not in it')
    expect(refusalOfIncidentAct(incident, of('leave', { part: outage }))).toBe(
      'part: it began with this alarm, which stays in it',
    )
    expect(played([join, leave, join]).incident.parts).toEqual([outage, part])
  })

  it('that began with words has nothing that stays: whatever was joined leaves', () => {
    const words: IncidentAct = { ...opening, of: { what: 'words', title: 'A tree fell' } }
    const part = { what: 'report', id: reportIds[0] }
    const entries = [words, of('join', { part }), of('leave', { part })]
    const folded = foldIncident(entries.map((entry, atMs) => ({ ...entry, atMs })))
    expect(folded).toMatchObject({ title: 'A tree fell', parts: [] })
  })

  it('that is cleared takes notes and nothing else', () => {
    const { incident } = played([of('own'), of('handle'), of('clear', { text: 'fed from the neighbour' })])
    expect(incident.state).toBe('cleared')
    fc.assert(
      fc.property(incidentAct, (act) => {
        expect(refusalOfIncidentAct(incident, act) === undefined).toBe(act.act === 'note')
      }),
    )
  })

  it('that nobody has is not handled, and that is not handled is not cleared; the sentence says what is due', () => {
    const { incident } = played([])
    expect(refusalOfIncidentAct(incident, of('handle'))).toBe(
      'act: it is found; handle is for one that is owned',
    )
    expect(refusalOfIncidentAct(incident, of('clear', { text: 'x' }))).toBe(
      'act: it is found; clear is for one that is handled',
    )
    expect(refusalOfIncidentAct(undefined, of('own'))).toBe(`incident: there is no incident ${INCIDENT}`)
  })

  it('goes to another desk that takes it, and keeps its state', () => {
    const { incident } = played([of('own'), of('handle'), of('own', { who: 'desk 2' })])
    expect([incident.owner, incident.state, incident.sinceMs]).toEqual(['desk 2', 'handled', 2])
    expect(refusalOfIncidentAct(incident, of('own', { who: 'desk 2' }))).toBe('who: desk 2 has it already')
  })

  it('that began with an alarm is led by the alarm’s owner until somebody says otherwise', () => {
    expect(played([]).incident.lead).toBe('gridControl')
    const lead = of('lead', { lead: 'police', partners: ['gridControl'] })
    expect(played([lead]).incident).toMatchObject({ lead: 'police', partners: ['gridControl'] })
  })

  it('is opened once, under the id of its opening', () => {
    expect(refusalOfIncidentAct(undefined, opening)).toBeUndefined()
    expect(refusalOfIncidentAct(undefined, { ...opening, clientId: 'another' })).toContain('under the id')
    expect(refusalOfIncidentAct(played([]).incident, opening)).toContain('open already')
    expect(() => foldIncident([{ ...of('own'), atMs: 1 } as never])).toThrow('begins with own')
  })

  it('of the same alarm that came up again later is joined by it as by another', () => {
    expect(isSamePart(outage, { ...outage, raisedMs: 2000 })).toBe(false)
    expect(isSamePart(outage, { ...outage, alarm: 9, sources: 4 })).toBe(true)
  })

  it('that asks for somebody comes before one that is being handled, and that before one that is cleared', () => {
    const open = played([]).incident
    const handled = played([of('own'), of('handle')]).incident
    const cleared = played([of('own'), of('handle'), of('clear', { text: 'x' })]).incident
    expect([cleared, handled, open].sort(byUrgency)).toEqual([open, handled, cleared])
  })
})

it('every owner of an alarm may lead an incident', () => {
  expect(Object.keys(owners).filter((owner) => !(agencies as readonly string[]).includes(owner))).toEqual([])
})
