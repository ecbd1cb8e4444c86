/** The context of the layers for what is read and not watched: anew every few seconds, and when another city or stream is shown. */
import { useEffect, useReducer } from 'react'
import type { LayerContext } from '../layers/layer.ts'
import { makeLayerContext } from '../layers/layerContext.ts'
import { useStore } from '../state/store.ts'
import { useShell } from './shellContext.ts'

export function useSlowContext(everyMs: number): LayerContext | undefined {
  const { live, theme } = useShell()
  const [, look] = useReducer((looks: number) => looks + 1, 0)
  useStore(live.store, ({ city, stream, comparedWith, clock, replay }) => ({
    city,
    stream,
    comparedWith,
    hasFrame: clock !== undefined,
    forecast: replay?.forecast,
  }))
  useEffect(() => {
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  if (live.mirror.tick < 0) return undefined
  return makeLayerContext(live, { theme, zoom: live.store.get().view.camera?.zoom ?? 0, isWall: false })
}
