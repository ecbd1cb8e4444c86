/** English, of the faces and the shell. */
export const en = {
  'app.name': 'Citytwin',
  'unit.vehicles': 'vehicles',
  'unit.links': 'street links',
  'unit.signals': 'signals',
  'unit.customers': 'customers',
  'unit.buses': 'buses',
  'unit.requests': 'reports',
} as const
