/**
 * Takes what an operator does about an alarm to the twin: kept first, once per clientId. The records are the truth about shelves:
 * a twin that begins anew, or goes on from an older state, is brought in line with them as its alarms come up. Rows that stand for
 * many sources are not the same from one run to the next, so their shelves end with the run.
 */
import { alarmKinds } from '../../twin/alarms/catalogue.ts'
import { alarmStates, type AlarmState, type alarmTable } from '../../twin/alarms/tables.ts'
import { MOST_SHELVED_S, type Command } from '../../twin/commands.ts'
import type { Columns } from '../../twin/kernel/table.ts'
import type { HandleAlarm } from '../../twin/protocol/messages.ts'
import { TryAgainError } from '../hub/tryAgain.ts'
import type { Records, StoredAlarmAct } from './records.ts'
import { RecordConflict } from './recordsError.ts'

/** More acts than this in a shift are not looked through. */
const MOST_ACTS = 10_000

/** Source of an act on a row that stands for many: the row is another in the next run. */
export const MANY = 0xffffffff

/** States in which an act means something. */
const actsIn: Record<HandleAlarm['act'], readonly AlarmState[]> = {
  acknowledge: ['unacknowledged', 'returned'],
  shelve: ['unacknowledged', 'acknowledged', 'returned', 'held', 'shelved'],
  unshelve: ['shelved'],
}

/** The live twin, as far as it is needed here. */
export interface AlarmTwin {
  /** What the city shows now; undefined until it runs. */
  timeMs(): number | undefined
  alarms(): Columns<typeof alarmTable.columns>
  command(command: Command): Promise<number>
}

type Store = Pick<Records, 'alarmAct' | 'alarmActOf' | 'alarmActs'>

export class AlarmDesk {
  private readonly records: Store
  private readonly twin: AlarmTwin
  private readonly cityId: string
  /** The city's time at which a shelf ends, by kind and source. */
  private readonly shelves = new Map<string, number>()
  /** What was changed since the records began to be read for this run: they may not know of it; 0 is off the shelf. */
  private readonly changed = new Map<string, number>()
  /** Alarms that the twin is being told of. */
  private readonly underWay = new Set<number>()
  /** Whether the records have been read for this run. */
  private isBegun = false

  constructor(records: Store, twin: AlarmTwin, cityId: string) {
    this.records = records
    this.twin = twin
    this.cityId = cityId
  }

  /** Gives the city's time at which it was first said; throws with a sentence when there is no such alarm, or nothing to be done. */
  async handle(message: HandleAlarm, actor: string | undefined): Promise<number> {
    const timeMs = this.twin.timeMs()
    if (timeMs === undefined) throw new TryAgainError('the city is still starting')
    const { clientId, kind, act, who } = message
    const before = await kept(this.records.alarmActOf(clientId))
    if (before === undefined) this.check(message)
    const source = before?.source ?? (this.isMany(message) ? MANY : message.source)
    const [forS, reason] = message.act === 'shelve' ? [message.forS, message.reason] : [0, '']
    const untilMs = act === 'shelve' ? timeMs + forS * 1000 : 0
    const words = { clientId, cityId: this.cityId, kind, source, act, untilMs, reason, who, atMs: timeMs }
    const first = await kept(this.records.alarmAct(words, actor))
    // said again after an answer that was lost: what others have done since stands
    if (before === undefined || (await this.isNewest(first)))
      await this.tell(message, source, first.untilMs, timeMs)
    return first.atMs
  }

  /** A run has begun, whose clock says `timeMs`: what is shelved still, by the records. */
  async begin(timeMs: number): Promise<void> {
    this.isBegun = false
    this.changed.clear()
    const acts = await this.records.alarmActs(this.cityId, timeMs - MOST_SHELVED_S * 1000, MOST_ACTS)
    this.shelves.clear()
    for (const { act, kind, source, untilMs, atMs } of acts.reverse()) {
      // acts of an earlier run that showed a later hour are of another time
      if (atMs > timeMs || source === MANY) continue
      if (act === 'shelve' && untilMs > timeMs) this.shelves.set(keyOf(kind, source), untilMs)
      else if (act === 'unshelve') this.shelves.delete(keyOf(kind, source))
    }
    for (const [key, untilMs] of this.changed) this.setShelf(key, untilMs)
    this.isBegun = true
  }

  /** After each frame: what the records have on a shelf goes there, and what they have taken off comes off. */
  look(): void {
    const timeMs = this.twin.timeMs()
    if (!this.isBegun || timeMs === undefined) return
    for (const [key, untilMs] of this.shelves) if (untilMs <= timeMs) this.shelves.delete(key)
    const { id, kind, source, state, isMany } = this.twin.alarms()
    for (let row = 0; row < id.length; row++) {
      if (id[row] === 0 || isMany[row] === 1) continue
      const is = alarmStates[state[row]]
      const untilMs = this.shelves.get(keyOf(alarmKinds[kind[row]]?.id ?? '', source[row]))
      if (untilMs !== undefined && (is === 'unacknowledged' || is === 'held'))
        this.put(id[row], Math.min(MOST_SHELVED_S, Math.ceil((untilMs - timeMs) / 1000)))
      else if (untilMs === undefined && is === 'shelved') this.put(id[row], 0)
    }
  }

  private setShelf(key: string, untilMs: number): void {
    this.changed.set(key, untilMs)
    if (untilMs > 0) this.shelves.set(key, untilMs)
    else this.shelves.delete(key)
  }

  /** The row of the alarm that is meant; −1 when its number is of none, or of another. */
  private rowOf({ alarm, kind, source }: HandleAlarm): number {
    const columns = this.twin.alarms()
    const row = columns.id.indexOf(alarm)
    const isIt =
      row >= 0 &&
      alarmKinds[columns.kind[row]]?.id === kind &&
      (columns.isMany[row] === 1 || columns.source[row] === source)
    return isIt ? row : -1
  }

  private isMany(message: HandleAlarm): boolean {
    return this.twin.alarms().isMany[this.rowOf(message)] === 1
  }

  private check(message: HandleAlarm): void {
    const { alarm, kind, source, act } = message
    const row = this.rowOf(message)
    if (row < 0) throw new Error(`alarm: there is no alarm ${alarm} of ${kind} ${source}, or it is over`)
    const state = alarmStates[this.twin.alarms().state[row]]
    if (!actsIn[act].includes(state))
      throw new Error(
        `act: alarm ${alarm} is ${state}; ${act} is for one that is ${actsIn[act].join(' or ')}`,
      )
  }

  /** Whether nothing has been done since about what an act is about. */
  private async isNewest({ clientId, kind, source, atMs }: StoredAlarmAct): Promise<boolean> {
    const since = await kept(this.records.alarmActs(this.cityId, atMs, MOST_ACTS))
    return !since.some(
      (other) => other.clientId !== clientId && other.kind === kind && other.source === source,
    )
  }

  private async tell(message: HandleAlarm, source: number, untilMs: number, timeMs: number): Promise<void> {
    const { act, alarm, kind } = message
    const key = keyOf(kind, source)
    if (source !== MANY && act === 'shelve' && untilMs > timeMs) this.setShelf(key, untilMs)
    else if (source !== MANY && act === 'unshelve') this.setShelf(key, 0)
    // by now the number may be of another
    if (this.rowOf(message) < 0) return
    const forS = Math.ceil((untilMs - timeMs) / 1000)
    if (act === 'shelve' && forS <= 0) return
    const command: Command =
      act === 'acknowledge'
        ? { kind: 'acknowledgeAlarm', alarm }
        : { kind: 'shelveAlarm', alarm, forS: act === 'shelve' ? forS : 0 }
    this.underWay.add(alarm)
    try {
      await this.twin.command(command)
    } catch (error) {
      throw new TryAgainError((error as Error).message, error as Error)
    } finally {
      this.underWay.delete(alarm)
    }
  }

  /** What does not reach the twin is looked at again with the next frame. */
  private put(alarm: number, forS: number): void {
    if (this.underWay.has(alarm)) return
    this.underWay.add(alarm)
    const done = () => void this.underWay.delete(alarm)
    this.twin.command({ kind: 'shelveAlarm', alarm, forS }).then(done, done)
  }
}

/** What the store says of a message stands; that the store itself fails will pass. */
async function kept<T>(keeping: Promise<T>): Promise<T> {
  try {
    return await keeping
  } catch (error) {
    if (error instanceof RecordConflict) throw error
    throw new TryAgainError('this cannot be kept just now', error as Error)
  }
}

function keyOf(kind: string, source: number): string {
  return `${kind}:${source}`
}
