/** What the page shows, as far as it changes what a value means: the present, a moment of the past, or a run of its own. */
import { LIVE } from '../../twin/protocol/messages.ts'
import type { PageState } from './store.ts'

export type Showing =
  | { readonly kind: 'live' }
  /** `agoS` from the city's present, or from the reader's where a file is shown. */
  | { readonly kind: 'replayed'; readonly agoS: number }
  /** A what-if, or the show of another hour, by the name of its stream. */
  | { readonly kind: 'run'; readonly run: string }

export function showingOf({
  stream,
  replay,
  clock,
}: Pick<PageState, 'stream' | 'replay' | 'clock'>): Showing {
  if (replay !== undefined)
    return { kind: 'replayed', agoS: Math.max(0, replay.presentMs - (clock?.timeMs ?? replay.timeMs)) / 1000 }
  return stream === LIVE ? { kind: 'live' } : { kind: 'run', run: stream }
}
