/** Work that nobody has saved yet, kept on the device: a page that is closed or reloaded loses nothing. Each tab has a draft of its own. */
import * as v from 'valibot'
import { editSchema } from '../../../../twin/scenario/edits.ts'
import type { Keep } from '../../../shell/outbox.ts'
import type { Work } from './work.ts'

const PREFIX = 'citytwin.draft.'
// Older ones are forgotten.
const MOST_KEPT = 10

const text = v.pipe(v.string(), v.maxLength(5000))
const draftSchema = v.strictObject({
  cityId: text,
  keptMs: v.number(),
  /** The version it began from. */
  savedId: v.optional(text),
  /** What has been merged into it. */
  otherId: v.optional(text),
  work: v.strictObject({
    head: v.strictObject({ title: text, question: text, author: text, notes: text }),
    edits: v.pipe(v.array(editSchema), v.maxLength(500)),
    horizonS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400)),
    begin: v.variant('kind', [
      v.strictObject({ kind: v.literal('now') }),
      v.strictObject({
        kind: v.literal('hour'),
        atS: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_399)),
        date: v.optional(v.pipe(v.string(), v.isoDate())),
      }),
      v.strictObject({ kind: v.literal('moment'), at: text, state: text }),
    ]),
  }),
})

export interface Draft {
  readonly cityId: string
  readonly keptMs: number
  readonly savedId?: string | undefined
  readonly otherId?: string | undefined
  readonly work: Work
}

/** Of one tab; undefined when nothing, or nonsense, is kept. */
export function readDraft(keep: Keep | undefined, tab: string, cityId: string): Draft | undefined {
  const draft = parseDraft(keep?.getItem(PREFIX + tab) ?? null)
  return draft?.cityId === cityId ? draft : undefined
}

/** Of other tabs or earlier days, newest first. */
export function otherDrafts(
  keep: Keep | undefined,
  tab: string,
  cityId: string,
): readonly { readonly tab: string; readonly draft: Draft }[] {
  if (keep === undefined) return []
  const keys = Array.from({ length: keep.length }, (_, i) => keep.key(i) ?? '')
  return keys
    .filter((key) => key.startsWith(PREFIX) && key !== PREFIX + tab)
    .flatMap((key) => {
      const other = key.slice(PREFIX.length)
      const draft = readDraft(keep, other, cityId)
      return draft === undefined ? [] : [{ tab: other, draft }]
    })
    .sort((a, b) => b.draft.keptMs - a.draft.keptMs)
}

/** Says whether it is kept: a browser may keep nothing, or have no room. */
export function keepDraft(keep: Keep | undefined, tab: string, draft: Draft): boolean {
  if (keep === undefined) return false
  try {
    keep.setItem(PREFIX + tab, JSON.stringify(draft))
    for (const { tab: old } of otherDrafts(keep, tab, draft.cityId).slice(MOST_KEPT)) dropDraft(keep, old)
    return true
  } catch {
    return false
  }
}

export function dropDraft(keep: Keep | undefined, tab: string): void {
  keep?.removeItem(PREFIX + tab)
}

function parseDraft(kept: string | null): Draft | undefined {
  if (kept === null) return undefined
  try {
    const { success, output } = v.safeParse(draftSchema, JSON.parse(kept))
    // a day that is left out of the JSON is undefined in the work
    return success ? (output as Draft) : undefined
  } catch {
    return undefined
  }
}
