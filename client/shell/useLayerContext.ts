/** The context of the layers at this moment, anew with each frame taken in; undefined until the city's files are here. */
import type { LayerContext } from '../layers/layer.ts'
import { makeLayerContext } from '../layers/layerContext.ts'
import { useStore } from '../state/store.ts'
import { useShell } from './shellContext.ts'

// Where the map has said nothing yet.
const CITY_ZOOM = 12

export function useLayerContext(): LayerContext | undefined {
  const { live, theme } = useShell()
  return useStore(live.store, ({ view }) =>
    makeLayerContext(live, { theme, zoom: Math.round(view.camera?.zoom ?? CITY_ZOOM), isWall: false }),
  )
}
