/**
 * Takes what desks do about incidents, people's reports and shifts: by the laws of `twin/desk/`, kept before it is answered, once
 * per clientId. The records are all there is of it; nothing is remembered here.
 */
import { alarmKinds } from '../../twin/alarms/catalogue.ts'
import type { alarmTable } from '../../twin/alarms/tables.ts'
import type { DeskStatus } from '../../twin/commands.ts'
import {
  byUrgency,
  foldIncident,
  refusalOfIncidentAct,
  type Incident,
  type IncidentEntry,
} from '../../twin/desk/incident.ts'
import {
  foldReport,
  refusalOfReportAct,
  standingOf,
  statusOf,
  type ReportCase,
  type ReportEntry,
} from '../../twin/desk/reportCase.ts'
import { foldShift, refusalOfShiftAct, type Shift, type ShiftEntry } from '../../twin/desk/shift.ts'
import { timeMsAt, type Clock } from '../../twin/kernel/clock.ts'
import type { Columns } from '../../twin/kernel/table.ts'
import type { AlarmPart, DeskAct, IncidentAct, ReportAct } from '../../twin/protocol/deskMessages.ts'
import { TryAgainError } from '../hub/tryAgain.ts'
import { entryOf, rowOfAct, type DeskEntry } from './deskEntries.ts'
import {
  deskActsBetween,
  incidentSteps,
  reportSteps,
  shiftSteps,
  stepsOf,
  type DeskStore,
} from './deskStore.ts'
import type { Records, StoredDeskAct, StoredRequest } from './records.ts'
import { RecordConflict } from './recordsError.ts'

// Cleared incidents are listed for a day, closed reports and those that nobody handles for two weeks.
const DAY_MS = 86_400_000
const REPORTS_MS = 14 * DAY_MS
const MOST_SHIFTS = 20

/** The live twin, as far as it is needed here. */
export interface DeskTwin {
  /** Undefined until it runs. */
  clock(): Clock | undefined
  alarms(): Columns<typeof alarmTable.columns>
}

/** A person's report with what desks have made of it. */
export interface DeskReport {
  readonly request: StoredRequest
  readonly report: ReportCase
}

export class OperationsDesk {
  private readonly records: Records
  private readonly twin: DeskTwin
  private readonly cityId: string
  private readonly changed: (kind: DeskAct['kind']) => void

  /** `changed` is told after each act that was kept. */
  constructor(records: Records, twin: DeskTwin, cityId: string, changed: (kind: DeskAct['kind']) => void) {
    this.records = records
    this.twin = twin
    this.cityId = cityId
    this.changed = changed
  }

  /** Gives the city's time at which it was first said; throws with a sentence when it means nothing, TryAgainError when it cannot be kept now. */
  async handle(said: DeskAct, actor: string | undefined): Promise<number> {
    const clock = this.twin.clock()
    if (clock === undefined) throw new TryAgainError('the city is still starting')
    const row = rowOfAct(said, this.cityId, timeMsAt(clock, clock.tick))
    try {
      const kept = await this.records.deskAct(row, actor, (before, db) => this.allow(said, before, db))
      this.changed(said.kind)
      return kept.atMs
    } catch (error) {
      if (error instanceof RecordConflict) throw error
      throw new TryAgainError('this cannot be kept just now', error as Error)
    }
  }

  /** Those that are open, and those of which something was done in the last day; the most urgent first. */
  async incidents(): Promise<Incident[]> {
    const clock = this.twin.clock()
    const sinceMs = clock === undefined ? 0 : timeMsAt(clock, clock.tick) - DAY_MS
    const steps = await incidentSteps(this.db, this.cityId, sinceMs)
    return [...bySubject(steps).values()]
      .flatMap((entries) => foldIncident(entries as IncidentEntry[]) ?? [])
      .sort(byUrgency)
  }

  async incident(id: string): Promise<Incident | undefined> {
    return foldIncident((await this.entries('incident', id)) as IncidentEntry[])
  }

  /** What people filed in the last two weeks of wall time, the newest first, `most` of them. */
  async reports(nowMs: number, most: number): Promise<DeskReport[]> {
    const requests = await this.records.requestsSince(this.cityId, nowMs - REPORTS_MS)
    const newest = requests.reverse().slice(0, most)
    const ids = newest.map(({ clientId }) => clientId)
    const steps = bySubject(await reportSteps(this.db, this.cityId, ids))
    return newest.map((request) => ({
      request,
      report: foldReport((steps.get(request.clientId) ?? []) as ReportEntry[]),
    }))
  }

  /** What people filed from `fromMs` to `toMs` of wall time, the newest first, `most` of them; each as `standing` has it. */
  async filedBetween(fromMs: number, toMs: number, most: number): Promise<DeskReport[]> {
    return this.stood(await this.records.requestsBetween(this.cityId, fromMs, toMs, most))
  }

  /** Those of some ids that are of this city, each as `standing` has it. */
  async filedAs(ids: readonly string[]): Promise<DeskReport[]> {
    return this.stood(await this.records.requestsOf(this.cityId, ids))
  }

  /** How a report stands for who filed it; of a duplicate, as the one that it is of. */
  async standing(id: string): Promise<ReportCase> {
    const cases = new Map<string, ReportCase>()
    for (let next: string | undefined = id; next !== undefined && !cases.has(next);) {
      const report: ReportCase = foldReport((await this.entries('report', next)) as ReportEntry[])
      cases.set(next, report)
      next = report.into
    }
    return standingOf(id, cases)
  }

  /** How far desks have brought some reports; without those that none has touched. */
  async statuses(ids: readonly string[]): Promise<Map<string, DeskStatus>> {
    const cases = await this.cases(ids)
    const statuses = new Map<string, DeskStatus>()
    for (const id of ids) {
      const status = statusOf(id, cases)
      if (status !== undefined) statuses.set(id, status)
    }
    return statuses
  }

  /** The last that were handed over, newest first. */
  async shifts(): Promise<Shift[]> {
    const steps = await shiftSteps(this.db, this.cityId, MOST_SHIFTS)
    return steps.flatMap((rows) => foldShift(rows.map(entryOf) as ShiftEntry[]) ?? [])
  }

  /** What desks did from `fromMs` to `toMs` of the city's time, oldest first. */
  async acts(fromMs: number, toMs: number): Promise<DeskEntry[]> {
    return (await deskActsBetween(this.db, this.cityId, fromMs, toMs)).map(entryOf)
  }

  private async stood(requests: readonly StoredRequest[]): Promise<DeskReport[]> {
    const cases = await this.cases(requests.map(({ clientId }) => clientId))
    return requests.map((request) => ({ request, report: standingOf(request.clientId, cases) }))
  }

  /** What desks made of some reports, and of those that they are duplicates of, which the twin may have no row of any more. */
  private async cases(ids: readonly string[]): Promise<Map<string, ReportCase>> {
    const cases = new Map<string, ReportCase>()
    for (let asked = ids; asked.length > 0;) {
      const steps = bySubject(await reportSteps(this.db, this.cityId, asked))
      for (const id of asked) cases.set(id, foldReport((steps.get(id) ?? []) as ReportEntry[]))
      const into = asked.flatMap((id) => cases.get(id)?.into ?? [])
      asked = [...new Set(into)].filter((id) => !cases.has(id))
    }
    return cases
  }

  private get db(): DeskStore {
    return this.records.engine.db
  }

  private async entries(
    kind: DeskAct['kind'],
    subject: string,
    db: DeskStore = this.db,
  ): Promise<DeskEntry[]> {
    return (await stepsOf(db, { cityId: this.cityId, kind, subject })).map(entryOf)
  }

  private async allow(said: DeskAct, before: readonly StoredDeskAct[], db: DeskStore): Promise<void> {
    const entries = before.map(entryOf)
    const why =
      said.kind === 'incident'
        ? (refusalOfIncidentAct(foldIncident(entries as IncidentEntry[]), said) ??
          (await this.missingPart(said, db)))
        : said.kind === 'report'
          ? await this.refusalOfReport(said, entries as ReportEntry[], db)
          : refusalOfShiftAct(foldShift(entries as ShiftEntry[]), said)
    if (why !== undefined) throw new RecordConflict(why)
  }

  private async refusalOfReport(
    said: ReportAct,
    entries: readonly ReportEntry[],
    db: DeskStore,
  ): Promise<string | undefined> {
    if (!(await this.isKept('requests', said.report, db))) return `report: there is no report ${said.report}`
    const hasInto = said.act === 'merge' && (await this.isKept('requests', said.into, db))
    const into = hasInto
      ? foldReport((await this.entries('report', said.into, db)) as ReportEntry[])
      : undefined
    return refusalOfReportAct(foldReport(entries), said, into)
  }

  /** Why what an incident begins with or is joined by is not there; undefined when it is, or nothing is named. */
  private async missingPart(said: IncidentAct, db: DeskStore): Promise<string | undefined> {
    const part = said.act === 'open' ? said.of : said.act === 'join' ? said.part : undefined
    if (part === undefined || part.what === 'words') return undefined
    if (part.what === 'alarm') return this.missingAlarm(part)
    const table = part.what === 'report' ? 'requests' : 'scenarios'
    return (await this.isKept(table, part.id, db)) ? undefined : `id: there is no ${part.what} ${part.id}`
  }

  private missingAlarm({ alarm, kind, source, isMany, raisedMs }: AlarmPart): string | undefined {
    const clock = this.twin.clock()
    const columns = this.twin.alarms()
    const row = columns.id.indexOf(alarm)
    const isIt =
      row >= 0 &&
      clock !== undefined &&
      alarmKinds[columns.kind[row]]?.id === kind &&
      (columns.isMany[row] === 1) === isMany &&
      (isMany || columns.source[row] === source) &&
      timeMsAt(clock, columns.raisedTick[row]) === raisedMs
    return isIt ? undefined : `alarm: there is no alarm ${alarm} of ${kind} ${source}, or it is over`
  }

  private async isKept(table: 'requests' | 'scenarios', id: string, db: DeskStore): Promise<boolean> {
    const found = await db
      .selectFrom(table)
      .select('clientId')
      .where('clientId', '=', id)
      .where('cityId', '=', this.cityId)
      .executeTakeFirst()
    return found !== undefined
  }
}

/** Of each subject what was done, in order. */
function bySubject(steps: readonly StoredDeskAct[]): Map<string, DeskEntry[]> {
  const entries = new Map<string, DeskEntry[]>()
  for (const step of steps) {
    const of = entries.get(step.subject)
    if (of === undefined) entries.set(step.subject, [entryOf(step)])
    else of.push(entryOf(step))
  }
  return entries
}
