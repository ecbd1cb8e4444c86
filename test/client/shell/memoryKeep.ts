/** A device's storage in memory: outlives the pages of a test, as localStorage outlives a tab. */
import type { Keep } from '../../../client/shell/outbox.ts'

export function memoryKeep(first: Readonly<Record<string, string>> = {}): Keep {
  const kept = new Map(Object.entries(first))
  return {
    get length() {
      return kept.size
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
