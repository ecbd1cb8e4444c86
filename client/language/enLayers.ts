/** English, of the layers. */
export const enLayers = {
  'layer.traffic': 'Traffic',
  'layer.power': 'Power',
  'layer.transit': 'Buses',
  'layer.reports': 'Reports',
} as const
