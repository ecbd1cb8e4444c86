/** English, of the drawings. */
export const enCharts = {
  'power.busbar': 'Busbar of the substation',
  'power.busbarNote': 'Square: breaker, hollow when open. Choose a feeder for its diagram.',
  'power.busbarTitle': 'Busbar and feeders',
  'power.diagram': 'Single-line diagram',
  'power.diagramDark': '{dark} of {n} transformers without power; lines at most {loading} loaded',
  'power.diagramNote':
    'Bar: substation. Square: breaker, hollow when open. Disc: transformer, by loading; hollow without power.',
  'power.diagramSummary': '{n} transformers, lines at most {loading} loaded',
  'power.feeders': '{n} feeders',
  'power.head': 'Head of the feeder',
  'power.junction': 'Branching',
  'power.ofRating': '{ratio} of {rating}',
  'power.profile': 'Voltage along the way',
  'power.profileNote': 'By distance along the cables; broken lines: the band of 1 pu ± 5 %. Simulated.',
  'power.transformers': '{n} transformers',
  'power.voltages': '{low} to {high} pu',
} as const
