/** The change of shift: who goes writes what the next must know and signs, who comes signs for it. Pure, folded from the acts. */
import type { ShiftAct } from '../protocol/deskMessages.ts'

/** An act as it was kept; the city's time. */
export type ShiftEntry = ShiftAct & { readonly atMs: number }

export interface Shift {
  readonly id: string
  readonly fromMs: number
  readonly toMs: number
  readonly note: string
  readonly handedOverBy: string
  readonly handedOverMs: number
  /** Undefined until somebody has taken over. */
  readonly takenBy: string | undefined
  readonly takenMs: number | undefined
}

/** Undefined when there are no entries; throws when they do not begin with a handover. */
export function foldShift(entries: readonly ShiftEntry[]): Shift | undefined {
  return entries.reduce<Shift | undefined>(afterShiftEntry, undefined)
}

export function refusalOfShiftAct(shift: Shift | undefined, act: ShiftAct): string | undefined {
  if (act.act === 'handOver') {
    if (act.shift !== act.clientId) return 'shift: a shift is handed over under the id of its handover'
    return shift === undefined ? undefined : `shift: ${act.shift} is handed over already`
  }
  if (shift === undefined) return `shift: ${act.shift} was not handed over`
  if (shift.takenBy !== undefined) return `act: ${shift.takenBy} has taken over already`
  return shift.handedOverBy === act.who ? `who: ${act.who} handed it over; another desk takes it` : undefined
}

function afterShiftEntry(before: Shift | undefined, entry: ShiftEntry): Shift {
  if (entry.act === 'handOver') {
    const { shift: id, fromMs, toMs, note, who, atMs } = entry
    if (before !== undefined) throw new Error(`shift ${id} is handed over already`)
    return {
      id,
      fromMs,
      toMs,
      note,
      handedOverBy: who,
      handedOverMs: atMs,
      takenBy: undefined,
      takenMs: undefined,
    }
  }
  if (before === undefined) throw new Error(`shift ${entry.shift} begins with ${entry.act}`)
  return { ...before, takenBy: entry.who, takenMs: entry.atMs }
}
