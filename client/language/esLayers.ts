/** Spanish, of the layers. */
import type { enLayers } from './enLayers.ts'

export const esLayers: Record<keyof typeof enLayers, string> = {
  'layer.traffic': 'Tráfico',
  'layer.power': 'Electricidad',
  'layer.transit': 'Ómnibus',
  'layer.reports': 'Reclamos',
  'map.title': 'Mapa de la ciudad',
  'map.simulated': 'simulado',
}
