/** Where a scenario begins: now, at a typical hour of a day, or at a moment that was kept; as the page, the server and files say it. */
import type { ScenarioFrom } from '../../../twin/scenario/document.ts'

export type Begin =
  | { readonly kind: 'now' }
  /** Seconds after midnight, of the live city's own day when none is named. */
  | { readonly kind: 'hour'; readonly atS: number; readonly date: string | undefined }
  | { readonly kind: 'moment'; readonly at: string; readonly state: string }

export const now: Begin = { kind: 'now' }

/** As a run is asked for. */
export function askedOf(begin: Begin): { atS?: number; date?: string; state?: string } {
  if (begin.kind === 'moment') return { state: begin.state }
  if (begin.kind === 'now') return {}
  return { atS: begin.atS, ...(begin.date !== undefined && { date: begin.date }) }
}

/** Of the day, seconds after the city's midnight; undefined for now. */
export function clockTimeOf(begin: Begin): number | undefined {
  if (begin.kind === 'now') return undefined
  if (begin.kind === 'hour') return begin.atS
  // with the city's own offset, as files say it
  const [hours, minutes] = begin.at.slice(11, 16).split(':').map(Number)
  return hours * 3600 + minutes * 60
}

export function beginOf(from: ScenarioFrom): Begin {
  if (from.kind === 'moment') return from
  const [hours, minutes] = from.at.split(':').map(Number)
  return { kind: 'hour', atS: hours * 3600 + minutes * 60, date: from.date }
}

/** As a file says it; undefined for now, which has no name until it is kept. `today` is the live city's day. */
export function fromOf(begin: Begin, today: string): ScenarioFrom | undefined {
  if (begin.kind === 'now') return undefined
  if (begin.kind === 'moment') return { kind: 'moment', at: begin.at, state: begin.state }
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(begin.atS / 60)
  return {
    kind: 'typical',
    date: begin.date ?? today,
    at: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
  }
}
