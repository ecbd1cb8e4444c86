/** A list that changes every second stands still under a hand: rows keep their places, what is known of them goes on. */
import type { ListEntry } from '../layers/layer.ts'

/** The rows of `held`, with what `fresh` says of them; `over` is said of those that are no longer in it. */
export function heldEntries(
  held: readonly ListEntry[],
  fresh: readonly ListEntry[],
  over: string,
): readonly ListEntry[] {
  const now = new Map(fresh.map((entry) => [keyOfEntry(entry), entry]))
  return held.map((entry) => now.get(keyOfEntry(entry)) ?? { ...entry, detail: over })
}

export function keyOfEntry({ selection }: ListEntry): string {
  return `${selection.table}:${selection.row}`
}
