/**
 * Keeps the twin's rows of people's reports in line with what desks have made of them. The records are the truth: they are read
 * again after each act and when a run begins, anew or from an older state, and the twin is told whatever it has not been told in
 * this run. Saying it twice does nothing, so nothing of it need be remembered.
 */
import type { Command, DeskStatus } from '../../twin/commands.ts'
import type { Columns } from '../../twin/kernel/table.ts'
import { requestCauses, type requestTable } from '../../twin/reports/tables.ts'

const PERSON = requestCauses.indexOf('person')

/** The live twin, as far as it is needed here. */
export interface ReportTwin {
  requests(): Columns<typeof requestTable.columns>
  command(command: Command): Promise<number>
}

/** Which reports the twin has, or will have, and in which rows. */
interface Rows {
  ids(): string[]
  rowOf(id: string): number | undefined
}

export class ReportFollower {
  private readonly twin: ReportTwin
  private readonly rows: Rows
  /** How far desks say that each of some reports is; without those that none has touched. */
  private readonly read: (ids: readonly string[]) => Promise<Map<string, DeskStatus>>
  private wanted = new Map<string, DeskStatus>()
  /** By report: the words that this run has taken, or is being told. */
  private readonly told = new Map<string, string>()
  private isStale = false
  private isReading = false

  constructor(
    twin: ReportTwin,
    rows: Rows,
    read: (ids: readonly string[]) => Promise<Map<string, DeskStatus>>,
  ) {
    this.twin = twin
    this.rows = rows
    this.read = read
  }

  /** A run has begun, and knows its reports again; what it knows of desks is as old as the state it goes on from. */
  begin(): void {
    this.told.clear()
    this.changed()
  }

  /** A desk has done something about a report. */
  changed(): void {
    this.isStale = true
    this.look()
  }

  /** After each frame: what could not be read or told is tried again. */
  look(): void {
    if (this.isStale && !this.isReading) void this.readAgain()
    for (const [id, status] of this.wanted) this.tell(id, status)
  }

  private async readAgain(): Promise<void> {
    this.isStale = false
    this.isReading = true
    try {
      this.wanted = await this.read(this.rows.ids())
      for (const id of this.told.keys()) if (!this.wanted.has(id)) this.told.delete(id)
    } catch {
      // the store is away: with the next frame
      this.isStale = true
      return
    } finally {
      this.isReading = false
    }
    this.look()
  }

  private tell(id: string, status: DeskStatus): void {
    const request = this.rows.rowOf(id)
    if (request === undefined) return
    const { cause, openedTick } = this.twin.requests()
    // the twin may have given the row of an old report to one of its own
    if (cause[request] !== PERSON) return
    const command: Command = { kind: 'setRequestStatus', request, openedTick: openedTick[request], status }
    const words = JSON.stringify(command)
    if (this.told.get(id) === words) return
    this.told.set(id, words)
    this.twin.command(command).catch(() => {
      // between two lives of the twin's thread: the next frame comes
      if (this.told.get(id) === words) this.told.delete(id)
    })
  }
}
