/** A city's names in its reader's letters, changed once, when the city comes: map, lists and sentences then say the same. */
import type { City } from '../../twin/city.ts'
import { isCyrillic, romanised } from '../../twin/geo/romanise.ts'

/** With all names in Latin letters; the same city when they are already. */
export function inLatin(city: City): City {
  const { network, zones, grid, timetable } = city
  const texts = [
    network.names.text,
    zones.zones.name,
    grid?.substations.name,
    grid?.feeders.name,
    timetable?.stops.name,
  ]
  if (!texts.some((names) => names?.some(isCyrillic))) return city
  return {
    ...city,
    network: { ...network, names: { ...network.names, text: network.names.text.map(romanised) } },
    zones: { ...zones, zones: { ...zones.zones, name: zones.zones.name.map(romanised) } },
    grid: grid && {
      ...grid,
      substations: { ...grid.substations, name: grid.substations.name.map(romanised) },
      feeders: { ...grid.feeders, name: grid.feeders.name.map(romanised) },
      breakers: { ...grid.breakers, name: grid.breakers.name.map(romanised) },
    },
    timetable: timetable && {
      ...timetable,
      stops: { ...timetable.stops, name: timetable.stops.name.map(romanised) },
      patterns: { ...timetable.patterns, headsign: timetable.patterns.headsign.map(romanised) },
    },
  }
}
