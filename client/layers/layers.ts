/** The list of layers, bottom first: power's ground and lamps, then streets and vehicles, buses, reports. */
import type { LayerId, LayerView } from './layer.ts'
import { powerView } from './power/powerView.ts'
import { reportsView } from './reports/reportsView.ts'
import { trafficView } from './traffic/trafficView.ts'
import { transitView } from './transit/transitView.ts'

export const layers = {
  power: powerView,
  traffic: trafficView,
  transit: transitView,
  reports: reportsView,
} satisfies Record<LayerId, LayerView>
