/** English, of the faces and the shell. */
export const en = {
  'app.name': 'Citytwin',
  'unit.vehicles': 'vehicles',
  'unit.links': 'street links',
  'unit.signals': 'signals',
  'unit.customers': 'customers',
  'unit.buses': 'buses',
  'unit.requests': 'reports',
  'chart.empty': '{title}: no values yet. They gather while the page is open.',
  'chart.yesterday': 'yesterday',
  'chart.limit': 'limit {value}',
  'chart.describe': 'Last {last}; between {min} and {max}.',
  'chart.describeLimit': 'The limit is {value}.',
  'chart.describeYesterday': 'At the same time yesterday between {min} and {max}.',
} as const
