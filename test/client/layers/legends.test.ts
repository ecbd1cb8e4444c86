/** A legend names the marks that the zoom draws, and what is out of order only while something is. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PowerLegend } from '../../../client/layers/power/PowerLegend.tsx'
import { TrafficLegend } from '../../../client/layers/traffic/TrafficLegend.tsx'
import { TransitLegend } from '../../../client/layers/transit/TransitPanels.tsx'
import { night } from '../../../client/theme/theme.ts'
import { substationTable, transformerTable } from '../../../twin/power/tables.ts'
import { signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { tinyMirror } from './tinyMirror.ts'

const { mirror, fill } = tinyMirror()
const city = {
  network: { links: { lengthM: [], roadClass: [], freeSpeedMps: [] } },
  timetable: { stops: { name: ['A'] }, trips: { pattern: [] } },
}
const wordsOf = (Legend: typeof PowerLegend, zoom: number) =>
  renderToStaticMarkup(
    createElement(Legend, { theme: night, isCompared: false, context: { city, mirror, zoom } as never }),
  )

it.each([
  ['signals', TrafficLegend, 'Signal: green, red', 16],
  ['transformers', PowerLegend, 'Transformer', 15.3],
  ['plates of buses', TransitLegend, 'Bus with its line', 14.7],
  ['stops', TransitLegend, 'Bus stop', 14.2],
  ['ghosts', TransitLegend, 'Where the bus should be now', 14.8],
] as const)('%s are in the legend from where they are drawn', (_, Legend, words, zoom) => {
  expect(wordsOf(Legend, zoom)).toContain(words)
  expect(wordsOf(Legend, zoom - 0.1)).not.toContain(words)
})

it('an outage is in the legends only while there is one', () => {
  const words = ['Signal without power', 'Substation out of service', 'Area without power']
  const all = () => wordsOf(TrafficLegend, 12) + wordsOf(PowerLegend, 12)
  for (const word of words) expect(all()).not.toContain(word)
  fill(signalTable, 1, ({ mode }) => (mode[0] = signalModes.indexOf('dark')))
  fill(substationTable, 1, ({ isInService }) => (isInService[0] = 0))
  fill(transformerTable, 1, ({ isEnergized }) => (isEnergized[0] = 0))
  for (const word of words) expect(all()).toContain(word)
})
