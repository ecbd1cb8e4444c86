/** What the page shows, as far as it changes what a value means: the present, a moment of the past, or a run of its own. */
import { LIVE } from '../../twin/protocol/names.ts'
import type { PageState } from './store.ts'

export type Showing =
  | { readonly kind: 'live' }
  /** `agoS` from the city's present, or from the reader's where a file is shown. */
  | { readonly kind: 'replayed'; readonly agoS: number }
  /** A what-if, or the show of another hour, by the name of its stream. */
  | { readonly kind: 'run'; readonly run: string }

/** Whole seconds from the shown moment of the past to the present, or to the reader's own time where a file is shown. */
export function agoSOf({ replay, clock }: Pick<PageState, 'replay' | 'clock'>): number | undefined {
  if (replay === undefined) return undefined
  return Math.max(0, Math.round((replay.presentMs - (clock?.timeMs ?? replay.timeMs)) / 1000))
}

/** `agoS` as above. */
export function showingOf(stream: string, agoS: number | undefined): Showing {
  if (agoS !== undefined) return { kind: 'replayed', agoS }
  return stream === LIVE ? { kind: 'live' } : { kind: 'run', run: stream }
}
