/** What the style holds so that no name is cut by the edge of the map: unseen letters, which `edgeWatch.ts` lays along its edges. */
import type { Feature, FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'

export const EDGES = 'edges'

export const collectionOf = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
})

export const edgeSources: Readonly<Record<string, SourceSpecification>> = {
  [EDGES]: { type: 'geojson', data: collectionOf([]) },
}

/** Above all other lettering: it takes its place first. */
export function edgeLayer(textScale: number): LayerSpecification {
  return {
    id: 'edge-guard',
    type: 'symbol',
    source: EDGES,
    layout: {
      'text-field': 'M',
      'text-font': ['Citytwin'],
      'text-size': 8 * textScale,
      'text-allow-overlap': true,
      'text-padding': 2,
    },
    paint: { 'text-opacity': 0 },
  }
}
