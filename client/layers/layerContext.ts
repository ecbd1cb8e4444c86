/** What layers are given, from the page's live state. */
import type { Live } from '../state/live.ts'
import { agoSOf } from '../state/showing.ts'
import type { Theme } from '../theme/theme.ts'
import type { DrawClock, LayerContext } from './layer.ts'

export interface ContextOptions {
  readonly theme: Theme
  readonly zoom: number
  readonly isWall: boolean
  readonly clock?: DrawClock
}

/** The context of this moment; undefined until the city's files are here. */
export function makeLayerContext(live: Live, options: ContextOptions): LayerContext | undefined {
  const page = live.store.get()
  const { city, view, clock, comparedWith } = page
  const plans = live.plans()
  if (city === undefined || plans === undefined) return undefined
  return {
    city,
    plans,
    mirror: live.mirror,
    compared: comparedWith === undefined ? undefined : live.compared,
    theme: options.theme,
    clock: options.clock ?? live.clock,
    time: clock,
    selection: view.selection,
    pointing: live.pointing,
    stream: page.stream,
    agoS: agoSOf(page),
    zoom: options.zoom,
    isWall: options.isWall,
    moverLimit: view.moverLimit ?? Infinity,
  }
}
