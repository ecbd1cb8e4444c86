/**
 * Which report another is likely to be of the same thing as: of the same service, near in space and time. A proposal only: whether
 * it is the same a person at the desk says. Pure.
 */
import { cos, PI } from '../kernel/math.ts'
import type { ReportCaseState } from './reportCase.ts'

/** Two people standing at one thing, with phones that are some metres off, metres. */
export const SAME_PLACE_M = 60
/** What is not mended after so long is reported anew, ms. */
export const SAME_TIME_MS = 3 * 86_400_000
const M_PER_DEG = 111_195

export interface PlacedReport {
  readonly id: string
  readonly serviceCode: string
  readonly lng: number
  readonly lat: number
  readonly filedMs: number
  readonly state: ReportCaseState
}

/** The nearest that was filed before it and is still open; undefined when none is near, or it is settled already. */
export function likelySame<T extends PlacedReport>(report: T, others: readonly T[]): T | undefined {
  if (isSettled(report)) return undefined
  let found: T | undefined
  let nearestM = SAME_PLACE_M
  for (const other of others) {
    if (other.id === report.id || other.serviceCode !== report.serviceCode || isSettled(other)) continue
    if (!isBefore(other, report) || report.filedMs - other.filedMs > SAME_TIME_MS) continue
    const awayM = awayMOf(report, other)
    if (awayM > nearestM) continue
    found = other
    nearestM = awayM
  }
  return found
}

function isSettled({ state }: PlacedReport): boolean {
  return state === 'merged' || state === 'closed'
}

/** Of two of one moment the lesser id is the first, so that never each is a duplicate of the other. */
function isBefore(a: PlacedReport, b: PlacedReport): boolean {
  return a.filedMs < b.filedMs || (a.filedMs === b.filedMs && a.id < b.id)
}

function awayMOf(a: PlacedReport, b: PlacedReport): number {
  const east = (a.lng - b.lng) * M_PER_DEG * cos((a.lat * PI) / 180)
  const north = (a.lat - b.lat) * M_PER_DEG
  return Math.sqrt(east * east + north * north)
}
