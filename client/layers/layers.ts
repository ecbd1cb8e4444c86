/** The list of layers, bottom first. */
import type { LayerId, LayerView } from './layer.ts'

export const layers: Partial<Record<LayerId, LayerView>> = {}
