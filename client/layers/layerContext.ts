/** What layers are given, from the page's live state. */
import type { Live } from '../state/live.ts'
import { has } from '../state/quality.ts'
import { agoSOf } from '../state/showing.ts'
import type { Theme } from '../theme/theme.ts'
import type { DrawClock, LayerContext } from './layer.ts'

/** Of so many vehicles one is drawn, where fewer are. */
const FEWER = 3

export interface ContextOptions {
  readonly theme: Theme
  readonly zoom: number
  readonly isWall: boolean
  /** 1 when left out. */
  readonly textScale?: number
  readonly clock?: DrawClock
}

/** The context of this moment; undefined until the city's files are here. */
export function makeLayerContext(live: Live, options: ContextOptions): LayerContext | undefined {
  const page = live.store.get()
  const { city, view, clock, comparedWith } = page
  const plans = live.plans()
  if (city === undefined || plans === undefined) return undefined
  const quality = view.quality ?? page.quality
  const moverLimit = view.moverLimit ?? Infinity
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
    isForecast: page.replay?.forecast !== undefined,
    zoom: options.zoom,
    camera: view.camera,
    isWall: options.isWall,
    quality,
    moverLimit: has(quality, 'fewer') ? moverLimit : Math.min(moverLimit, Math.ceil(plans.rows / FEWER)),
    textScale: options.textScale ?? 1,
  }
}
