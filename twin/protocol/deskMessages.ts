/** What an operator's desk says about incidents, people's reports and the change of shift, and how a host checks it. */
import * as v from 'valibot'
import { alarmKinds } from '../alarms/catalogue.ts'
import { agencies } from '../desk/agencies.ts'

const MOST_SHIFT_MS = 7 * 86_400_000
/** An agency leads or is a partner; there are not more than these. */
const MOST_PARTNERS = agencies.length - 1

const words = (letters: number) => v.pipe(v.string(), v.maxLength(letters), v.regex(/\S/))
const id = v.pipe(v.string(), v.uuid())
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const timeMs = whole(0, 8.64e15)
const agency = v.picklist(agencies)
const degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most))

/** An alarm by its number in the run, and by what it is about and since when: in another run the number is of another. */
const alarmPart = v.strictObject({
  what: v.literal('alarm'),
  alarm: whole(1, 0xffffffff),
  kind: v.picklist(alarmKinds.map((kind) => kind.id)),
  source: whole(0, 0xffffffff),
  /** How many it stood for when it was joined. */
  sources: whole(1, 0xffff),
  isMany: v.boolean(),
  raisedMs: timeMs,
})
const reportPart = v.strictObject({ what: v.literal('report'), id })
/** Edits that were tried or are to be made: a saved scenario. */
const scenarioPart = v.strictObject({ what: v.literal('scenario'), id })
const wordsPart = v.strictObject({ what: v.literal('words'), title: words(160) })

/** Each under an id of its own: saying it twice does it once. `who` is a desk or a role. */
const said = { clientId: id, who: words(80) }
const ofIncident = { kind: v.literal('incident'), ...said, incident: id }
const ofReport = { kind: v.literal('report'), ...said, report: id }

const incidentActSchema = v.variant('act', [
  v.strictObject({
    act: v.literal('open'),
    ...ofIncident,
    of: v.variant('what', [alarmPart, reportPart, wordsPart]),
    /** Longitude and latitude, where it has a place. */
    at: v.optional(v.strictTuple([degrees(180), degrees(90)])),
  }),
  v.strictObject({
    act: v.literal('join'),
    ...ofIncident,
    part: v.variant('what', [alarmPart, reportPart, scenarioPart]),
  }),
  /** What was joined by mistake. */
  v.strictObject({
    act: v.literal('leave'),
    ...ofIncident,
    part: v.variant('what', [alarmPart, reportPart, scenarioPart]),
  }),
  /** Takes it, also from another desk. */
  v.strictObject({ act: v.literal('own'), ...ofIncident }),
  v.strictObject({
    act: v.literal('lead'),
    ...ofIncident,
    lead: agency,
    partners: v.pipe(
      v.array(agency),
      v.maxLength(MOST_PARTNERS),
      v.check((all) => new Set(all).size === all.length, 'each partner once'),
    ),
  }),
  v.strictObject({ act: v.literal('handle'), ...ofIncident }),
  v.strictObject({ act: v.literal('note'), ...ofIncident, text: words(2000) }),
  v.strictObject({ act: v.literal('clear'), ...ofIncident, text: words(500) }),
])

const reportActSchema = v.variant('act', [
  v.strictObject({ act: v.literal('assign'), ...ofReport, to: agency }),
  v.strictObject({ act: v.literal('merge'), ...ofReport, into: id }),
  /** What the reporter's own device shows beside the report. */
  v.strictObject({ act: v.literal('answer'), ...ofReport, text: words(500) }),
  v.strictObject({ act: v.literal('close'), ...ofReport }),
  v.strictObject({ act: v.literal('reopen'), ...ofReport, text: words(500) }),
])

const ofShift = { kind: v.literal('shift'), ...said, shift: id }
const shiftActSchema = v.variant('act', [
  v.pipe(
    v.strictObject({
      act: v.literal('handOver'),
      ...ofShift,
      /** The city's time. */
      fromMs: timeMs,
      toMs: timeMs,
      note: v.pipe(v.string(), v.maxLength(4000)),
    }),
    v.check(
      ({ fromMs, toMs }) => fromMs < toMs && toMs - fromMs <= MOST_SHIFT_MS,
      'a shift of a week at most that ends after it began',
    ),
  ),
  v.strictObject({ act: v.literal('take'), ...ofShift }),
])

/** Of what is opened or handed over first, `incident` and `shift` are the message's own `clientId`. */
export const deskActSchema = v.variant('kind', [incidentActSchema, reportActSchema, shiftActSchema])

export type DeskAct = v.InferOutput<typeof deskActSchema>
export type IncidentAct = v.InferOutput<typeof incidentActSchema>
export type ReportAct = v.InferOutput<typeof reportActSchema>
export type ShiftAct = v.InferOutput<typeof shiftActSchema>
export type AlarmPart = v.InferOutput<typeof alarmPart>
export type IncidentPart = Extract<IncidentAct, { act: 'join' }>['part']
