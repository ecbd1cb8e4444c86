/** What a feed's bytes do against their standard: counted by rule, a few of each kept with what came and what was due. */

export type Severity = 'error' | 'warning'

export interface Deviation {
  /** The rule as its validator names it (`E026`, `ForeignKeyViolation`), or a name of ours. */
  readonly rule: string
  readonly severity: Severity
  /** Where: a file and line, an entity, a path of the document. */
  readonly where: string
  readonly came: string
  readonly due: string
}

/** Of each rule so many are kept; the others are only counted. */
const KEPT = 5
/** What came may be anything: so much of it is told, characters. */
const TOLD = 80

export class Deviations {
  private readonly counts = new Map<string, number>()
  private readonly kept: Deviation[] = []

  /** Notes one. What was wrong is left out by the caller; the rest goes on. */
  add(rule: string, severity: Severity, where: string, came: unknown, due: string): void {
    const count = (this.counts.get(rule) ?? 0) + 1
    this.counts.set(rule, count)
    if (count <= KEPT) this.kept.push({ rule, severity, where: cut(where), came: cut(told(came)), due })
  }

  get total(): number {
    let total = 0
    for (const count of this.counts.values()) total += count
    return total
  }

  /** By rule how often, in the order they were first met. */
  byRule(): ReadonlyMap<string, number> {
    return this.counts
  }

  examples(): readonly Deviation[] {
    return this.kept
  }
}

function told(came: unknown): string {
  if (came === undefined) return 'nothing'
  if (typeof came === 'string') return came === '' ? 'an empty text' : came
  return typeof came === 'object' && came !== null ? 'an object' : String(came)
}

function cut(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, '·')
  return clean.length > TOLD ? `${clean.slice(0, TOLD)}…` : clean
}
