/** One fixed run and its fingerprint: what «same seed, same bytes» is tested by, on every JavaScript engine. */
import { parseCity, type CityDatasets } from './city.ts'
import { createTwin } from './twin.ts'

// 07:30 UTC on Wednesday 1 May 2024, in a city whose clocks show UTC: a morning peak.
const START_MS = 1_714_548_600_000
// Some way in something happens, so that closures and darkness are in the run as well.
const EDIT_AT_SHARE = 0.5

/**
 * Runs a city for `seconds` from empty roads, half-way closing its first street and taking its first substation out of service,
 * and gives the fingerprint of all its state. Throws when a dataset is broken.
 */
export function runAndHash(datasets: CityDatasets, seed: number, seconds: number): number {
  const city = parseCity(datasets)
  const twin = createTwin(city, { seed, startMs: START_MS, utcOffsetS: 0 })
  const editAtS = Math.floor(seconds * EDIT_AT_SHARE)
  twin.advance(editAtS)
  twin.command({ kind: 'setLinkClosed', link: 0, isClosed: true })
  if (city.grid !== undefined && city.grid.substations.xM.length > 0) {
    twin.command({ kind: 'setSubstationInService', substation: 0, isInService: false })
  }
  twin.advance(seconds - editAtS)
  return twin.hash()
}
