/** English, of the layers. */
export const enLayers = {
  'layer.traffic': 'Traffic',
  'layer.power': 'Power',
  'layer.transit': 'Buses',
  'layer.reports': 'Reports',
  'map.title': 'Map of the city',
  'map.simulated': 'simulated',
} as const
