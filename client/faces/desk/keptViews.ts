/** A director's list as this machine kept it; what does not read as a view is left out. */
import type { WallStop } from '../../../twin/protocol/wallMessages.ts'

export function readViews(text: string): readonly WallStop[] {
  try {
    const kept: unknown = JSON.parse(text)
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

function isView(view: unknown): view is WallStop {
  if (typeof view !== 'object' || view === null) return false
  const { text, camera, layers } = view as Partial<Record<keyof WallStop, unknown>>
  if (typeof text !== 'string' || text.trim() === '' || typeof camera !== 'object' || camera === null)
    return false
  const numbers = camera as Record<string, unknown>
  return (
    ['lng', 'lat', 'zoom', 'bearing', 'pitch'].every((key) => Number.isFinite(numbers[key])) &&
    (layers === undefined || (Array.isArray(layers) && layers.every((layer) => typeof layer === 'string')))
  )
}
