/** Which panels a screen of a wall of many holds: those at the right edge, alarms and incidents in the topmost, numbers in the lowest. */
import type { Span } from '../../../state/span.ts'

export type PanelId = 'bar' | 'alarms' | 'incidents' | 'events' | 'feeds' | 'numbers'

/** From top to bottom; none on most screens. */
export function panelsOf({ cols, rows, col, row }: Span): readonly PanelId[] {
  if (col < cols - 1) return []
  if (rows === 1) return ['bar', 'alarms', 'incidents', 'numbers']
  if (row === 0) return rows === 2 ? ['bar', 'alarms', 'incidents', 'events'] : ['bar', 'alarms', 'incidents']
  if (row === rows - 1) return rows === 2 ? ['numbers', 'feeds'] : ['numbers']
  return row === 1 ? ['events', 'feeds'] : []
}
