/** Edits that one face hands to the planner's, which opens with them: kept by the browser for that once, and checked by the host when they are run. */
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { deviceKeep } from '../outbox.ts'

const KEPT = 'citytwin.handedEdits'

export function handEdits(edits: readonly ScenarioEdit[]): void {
  deviceKeep()?.setItem(KEPT, JSON.stringify(edits))
}

/** What was handed last, and no more afterwards; nothing where it cannot be read. */
export function takeHandedEdits(): ScenarioEdit[] {
  const kept = deviceKeep()?.getItem(KEPT)
  deviceKeep()?.removeItem(KEPT)
  if (kept === undefined || kept === null) return []
  try {
    const edits: unknown = JSON.parse(kept)
    // written by `handEdits` alone
    return Array.isArray(edits) ? (edits as ScenarioEdit[]) : []
  } catch {
    return []
  }
}
