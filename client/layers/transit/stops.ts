/** Bus stops, as the timetable has them: where they are and which lines call there. */
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import type { Theme } from '../../theme/theme.ts'
import { perCity } from '../perCity.ts'

/** Stops are no table of the twin, only selected like one. */
export const STOPS = 'transit.stops'
export const STOP_SOURCE = 'transit-stops'

export const stopFeatures = perCity((city): FeatureCollection => {
  const { timetable } = city
  const names = timetable?.stops.name ?? []
  return {
    type: 'FeatureCollection',
    features: names.map((name, row) => {
      const { xM, yM } = timetable!.stops
      const [lng, lat] = lngLatFromLocal(city.projection, [xM[row], yM[row]])
      return {
        type: 'Feature',
        properties: { name, row },
        geometry: { type: 'Point', coordinates: [lng, lat] },
      }
    }),
  }
})

const linesByStop = perCity(({ timetable }) => {
  const lines: Set<string>[] = (timetable?.stops.name ?? []).map(() => new Set())
  if (timetable === undefined) return lines
  const { patterns, patternStops, routes } = timetable
  patterns.route.forEach((route, pattern) => {
    const first = patterns.firstStop[pattern]
    for (let s = first; s < first + patterns.stopCount[pattern]; s++)
      lines[patternStops.stop[s]]?.add(routes.shortName[route])
  })
  return lines
})

/** Numbers of the lines that call at a stop, in order. */
export function stopLines(city: City, stop: number): string[] {
  return [...(linesByStop(city)[stop] ?? [])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

const towardsByStop = perCity(({ timetable }) => {
  const headsigns: Map<string, number>[] = (timetable?.stops.name ?? []).map(() => new Map())
  if (timetable === undefined) return headsigns
  const { patterns, patternStops, trips } = timetable
  const tripsOf = new Float64Array(patterns.headsign.length)
  for (const pattern of trips.pattern) tripsOf[pattern]++
  patterns.headsign.forEach((headsign, pattern) => {
    const first = patterns.firstStop[pattern]
    for (let s = first; s < first + patterns.stopCount[pattern]; s++) {
      const here = headsigns[patternStops.stop[s]]
      here?.set(headsign, (here.get(headsign) ?? 0) + tripsOf[pattern])
    }
  })
  return headsigns
})

/** Where most buses go that call at a stop; undefined where none does. */
export function stopTowards(city: City, stop: number): string | undefined {
  const headsigns = [...(towardsByStop(city)[stop] ?? [])]
  return headsigns.sort(([a, n], [b, m]) => m - n || a.localeCompare(b, 'en')).at(0)?.[0]
}

export function stopLayers(theme: Theme, textScale: number): LayerSpecification[] {
  return [
    {
      id: 'stops',
      type: 'circle',
      source: STOP_SOURCE,
      minzoom: 14,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, 1.4 * textScale, 17, 4 * textScale],
        'circle-color': theme.ground,
        'circle-stroke-color': theme.bus,
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 14, 0.7, 17, 1.4],
        'circle-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.8, 1],
        'circle-stroke-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.8, 0.8],
      },
    },
    {
      id: 'stop-names',
      type: 'symbol',
      source: STOP_SOURCE,
      minzoom: 17.4,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Citytwin'],
        'text-size': 11 * textScale,
        'text-anchor': 'left',
        'text-offset': [0.8, 0],
        'text-max-width': 9,
      },
      paint: { 'text-color': theme.quietText, 'text-halo-color': theme.land, 'text-halo-width': 1.4 },
    },
  ]
}
