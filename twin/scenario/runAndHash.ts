/** One fixed scenario, lived, and its fingerprint: what «same file, same bytes» is tested by, on every JavaScript engine. */
import { parseCity, type CityDatasets } from '../city.ts'
import { createTwin } from '../twin.ts'
import { buildCity } from './build.ts'
import { parseScenario } from './document.ts'
import { runScenario } from './run.ts'

// 07:30 UTC on Wednesday 1 May 2024, in a city whose clocks show UTC: a morning peak.
const START_MS = 1_714_548_600_000

/** One edit of every way in which edits act: built before the run, held from its beginning, and made and undone on the way. */
const FILE = JSON.stringify({
  citytwin: 'scenario',
  version: 1,
  title: 'The fixed run',
  base: {
    city: 'any',
    data: '00000000',
    model: '1',
    seed: 7,
    from: { kind: 'typical', date: '2024-05-01', at: '07:30' },
  },
  horizonS: 3600,
  edits: [
    { id: 'wider', kind: 'addLanes', links: [2], lanes: 1 },
    { id: 'slower', kind: 'speedLimit', links: [0, 1], speedKmh: 20 },
    { id: 'more', kind: 'changeDemand', factor: 1.2 },
    { id: 'cars', kind: 'evShare', share: 0.3 },
    { id: 'heat', kind: 'heatwave', addedC: 8 },
    { id: 'shut', kind: 'closeStreet', links: [0], fromS: 1200, untilS: 2700 },
    { id: 'dark', kind: 'substationOut', substation: 0, fromS: 1800 },
  ],
})

/**
 * Lives the fixed scenario in a city for `seconds` from empty roads, and gives the fingerprint of all its state. Throws when a
 * dataset is broken, or when the city is one that an edit cannot be made in.
 */
export function runAndHash(datasets: CityDatasets, seed: number, seconds: number): number {
  const { edits } = parseScenario(FILE)
  const built = buildCity(edits, parseCity(datasets))
  const twin = createTwin(built.city, { seed, startMs: START_MS, utcOffsetS: 0 })
  const run = runScenario(twin, built.edits)
  const refused = [...built.refused, ...run.refused].map(({ edit }) => edit.id)
  if (refused.length > 0) throw new Error(`the fixed run: the city refuses ${refused.join(', ')}`)
  while (run.doneS() < seconds) run.step()
  return twin.hash()
}
