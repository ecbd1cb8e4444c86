/** What the desk's own map shows, as a wall can be told. */
import type { WallCamera } from '../../../twin/protocol/wallMessages.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export interface MyView {
  readonly camera: WallCamera
  readonly layers: string[]
}

/** Undefined until the map stands. */
export function useMyView(): MyView | undefined {
  const { live } = useShell()
  const camera = useStore(live.store, ({ view }) => view.camera)
  const layersOn = useStore(live.store, ({ view }) => view.layersOn)
  return camera && { camera, layers: [...layersOn] }
}
