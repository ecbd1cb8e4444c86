/** What happened, gathered into marks that do not lie on one another, and said in words with counts. */
import type { EventKind } from '../../../twin/events.ts'
import { sayCount } from '../../language/language.ts'
import type { PastMarks, PastSpan } from '../../source/pastSource.ts'

/** Kinds of marks, gravest first. */
export const markKinds = ['outages', 'closures', 'losses', 'queues', 'lateBuses', 'reports'] as const
export type MarkKind = (typeof markKinds)[number]
export type Counts = Partial<Record<MarkKind, number>>

/** Marks of which each is worth a stop. */
export const graveKinds: readonly MarkKind[] = ['outages', 'closures', 'losses']

const kindOf: Readonly<Partial<Record<EventKind, MarkKind>>> = {
  substationOut: 'outages',
  breakerOpened: 'outages',
  signalsDark: 'outages',
  linkClosed: 'closures',
  queueLong: 'queues',
  busLate: 'lateBuses',
  requestOpened: 'reports',
}

export interface Mark {
  readonly timeMs: number
  readonly kind: MarkKind
  readonly count: number
}

/** One by one: what a shift stops at. A gap counts where it ends, since there is a picture again. */
export function graveMarks(marks: PastMarks | undefined, span: PastSpan | undefined): Mark[] {
  const found: Mark[] = (marks?.incidents ?? []).flatMap(({ kind, timeMs }) => {
    const known = kindOf[kind]
    return known === undefined ? [] : [{ timeMs, kind: known, count: 1 }]
  })
  const gaps = (span?.parts ?? [])
    .slice(1)
    .map(({ fromMs }, i) => ({ fromMs: span!.parts[i].toMs, toMs: fromMs }))
  // a twin that was started again within a few seconds left no gap worth a mark
  for (const { fromMs, toMs } of [...gaps, ...(span?.lost ?? [])])
    if (toMs - fromMs > 5000) found.push({ timeMs: toMs, kind: 'losses', count: 1 })
  return found.sort((a, b) => a.timeMs - b.timeMs)
}

/** Everything between two times, counted by kind. */
export function countsBetween(
  marks: PastMarks | undefined,
  grave: readonly Mark[],
  fromMs: number,
  toMs: number,
): Counts {
  const counts: Counts = {}
  const add = (kind: MarkKind, n: number) => (counts[kind] = (counts[kind] ?? 0) + n)
  for (const { kind, timeMs } of grave) if (timeMs >= fromMs && timeMs <= toMs) add(kind, 1)
  for (const { timeMs, kinds } of marks?.counts ?? []) {
    if (timeMs < fromMs || timeMs > toMs) continue
    for (const [event, n] of Object.entries(kinds)) {
      const kind = kindOf[event as EventKind]
      if (kind !== undefined && !graveKinds.includes(kind)) add(kind, n)
    }
  }
  return counts
}

/** «2 outages, 340 reports», gravest first; empty when there is nothing. */
export function wordsOf(counts: Counts): string {
  return markKinds
    .flatMap((kind) => (counts[kind] ? [sayCount(`past.${kind}`, counts[kind])] : []))
    .join(', ')
}

/** Marks of a kind that would overlap become one with their sum. */
export function gathered(marks: readonly Mark[], spacingMs: number): Mark[] {
  const last: Partial<Record<MarkKind, number>> = {}
  const found: Mark[] = []
  for (const mark of marks) {
    const before = last[mark.kind]
    if (before !== undefined && mark.timeMs - found[before].timeMs < spacingMs)
      found[before] = { ...found[before], count: found[before].count + mark.count }
    else last[mark.kind] = found.push(mark) - 1
  }
  return found
}

/** Of one kind that is only counted: how many in each `stepMs` from `fromMs` on. */
export function bars(marks: PastMarks | undefined, fromMs: number, toMs: number, stepMs: number): number[] {
  const found = Array.from({ length: Math.max(0, Math.ceil((toMs - fromMs) / stepMs)) }, () => 0)
  for (const { timeMs, kinds } of marks?.counts ?? []) {
    const at = Math.floor((timeMs - fromMs) / stepMs)
    if (at >= 0 && at < found.length)
      found[at] += (kinds.requestOpened ?? 0) + (kinds.busLate ?? 0) + (kinds.queueLong ?? 0)
  }
  return found
}
