/** What an edit is about: two edits of one kind and thing are the same edit, said anew. */
import type { ScenarioEdit } from './edits.ts'

/** An edit that has no name in a scenario yet. */
export type NewEdit = ScenarioEdit extends infer E ? (E extends unknown ? Omit<E, 'id'> : never) : never

/** As a text that two edits of one kind and thing share. */
export function thingOf(edit: NewEdit): string {
  const about = Object.entries(edit).filter(([field]) => aboutFields.has(field))
  return JSON.stringify([edit.kind, ...about])
}

/** Fields that say what an edit is of; all others say what is done to it. */
const aboutFields = new Set([
  'links',
  'breaker',
  'substation',
  'feeder',
  'at',
  'area',
  'zones',
  'transformers',
  'signal',
  'route',
  'stops',
])
