/** Acts of desks as a test says them: any, about one incident or a few reports, with ids of their own. */
import fc from 'fast-check'
import { agencies } from '../../../twin/desk/agencies.ts'
import type { AlarmPart, IncidentAct, ReportAct } from '../../../twin/protocol/deskMessages.ts'

export const INCIDENT = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
export const reportIds = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`)

export const outage: AlarmPart = {
  what: 'alarm',
  alarm: 1,
  kind: 'substationOut',
  source: 3,
  sources: 1,
  isMany: false,
  raisedMs: 1000,
}

const who = fc.constantFrom('desk 1', 'desk 2')
const said = { clientId: fc.uuid(), who }
const ofIncident = { ...said, kind: fc.constant('incident' as const), incident: fc.constant(INCIDENT) }
const agency = fc.constantFrom(...agencies)
const text = fc.constantFrom('a crew is there', 'water on the road')

export const opening: Extract<IncidentAct, { act: 'open' }> = {
  kind: 'incident',
  act: 'open',
  clientId: INCIDENT,
  incident: INCIDENT,
  who: 'desk 1',
  of: outage,
}

/** Anything that may be said of an incident that is open. */
export const incidentAct: fc.Arbitrary<IncidentAct> = fc.oneof(
  fc.record({ ...ofIncident, act: fc.constant('own' as const) }),
  fc.record({ ...ofIncident, act: fc.constant('handle' as const) }),
  fc.record({ ...ofIncident, act: fc.constant('clear' as const), text }),
  fc.record({ ...ofIncident, act: fc.constant('note' as const), text }),
  fc.record({
    ...ofIncident,
    act: fc.constant('lead' as const),
    lead: agency,
    partners: fc.uniqueArray(agency, { maxLength: 3 }),
  }),
  fc.record({
    ...ofIncident,
    act: fc.constantFrom('join' as const, 'leave' as const),
    part: fc.oneof(
      fc.record({
        what: fc.constantFrom('report' as const, 'scenario' as const),
        id: fc.constantFrom(...reportIds),
      }),
      fc
        .record({ source: fc.nat(3), raisedMs: fc.constantFrom(1000, 2000) })
        .map((of) => ({ ...outage, ...of })),
    ),
  }),
  fc.constant(opening),
)

const ofReport = { ...said, kind: fc.constant('report' as const), report: fc.constantFrom(...reportIds) }
export const reportAct: fc.Arbitrary<ReportAct> = fc.oneof(
  fc.record({ ...ofReport, act: fc.constant('assign' as const), to: agency }),
  fc.record({ ...ofReport, act: fc.constant('merge' as const), into: fc.constantFrom(...reportIds) }),
  fc.record({ ...ofReport, act: fc.constant('answer' as const), text }),
  fc.record({ ...ofReport, act: fc.constant('close' as const) }),
  fc.record({ ...ofReport, act: fc.constant('reopen' as const), text }),
)
