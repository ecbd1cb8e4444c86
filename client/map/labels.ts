/** The basemap's lettering, by zoom: names of the city's parts, then streets, then places and house numbers. */
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { Color, Theme } from '../theme/theme.ts'
import { mix } from '../theme/mix.ts'

const TILES = 'city'
const FONT = ['Citytwin']
/** Below them no street has its name, and none that is not a main one. */
const STREET_NAMES_FROM_ZOOM = 12.8
const SIDE_STREET_NAMES_FROM_ZOOM = 15
/** Larger letters, as of a wall across a hall, find no room between main streets. */
const LARGEST_GIVING_WAY = 4
type Layout = SymbolLayerSpecification['layout']

/** Symbol layers, least important first: MapLibre places the last first. With `isLatin`, names in Latin letters where the tiles have them. */
export function labelLayers(theme: Theme, scale: number, isLatin: boolean): SymbolLayerSpecification[] {
  // by high contrast no letters are quieter than others: size and place tell them apart
  const toned = (ground: Color, share: number): Color =>
    theme.name === 'contrast' ? theme.quietText : mix(ground, theme.quietText, share)
  const faint = toned(theme.land, theme.isDark ? 0.66 : 0.9)
  const size = (...stops: number[]): ExpressionSpecification =>
    [
      'interpolate',
      ['linear'],
      ['zoom'],
      ...stops.map((value, i) => (i % 2 === 0 ? value : value * scale)),
    ] as unknown as ExpressionSpecification
  const name: ExpressionSpecification = isLatin
    ? ['coalesce', ['get', 'name_latin'], ['get', 'name']]
    : ['get', 'name']
  const label = (
    id: string,
    sourceLayer: string,
    minzoom: number,
    filter: ExpressionSpecification,
    color: string,
    layout: Layout,
    maxzoom = 24,
  ): SymbolLayerSpecification => ({
    id,
    type: 'symbol',
    source: TILES,
    'source-layer': sourceLayer,
    minzoom,
    maxzoom,
    filter,
    layout: { 'text-field': name, 'text-font': FONT, 'text-padding': 6, ...layout },
    paint: {
      'text-color': color,
      'text-halo-color': sourceLayer === 'water' ? theme.water : theme.land,
      'text-halo-width': theme.name === 'contrast' ? 2 : 1.4,
      'text-halo-blur': theme.name === 'contrast' ? 0 : 0.6,
    },
  })
  const kind = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]]
  const detail = (...kinds: string[]): ExpressionSpecification => [
    'in',
    ['get', 'kind_detail'],
    ['literal', kinds],
  ]
  const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']
  const isPoint: ExpressionSpecification = ['==', ['geometry-type'], 'Point']
  const along: Layout = {
    'symbol-placement': 'line',
    'text-max-angle': 28,
    'symbol-spacing': 420,
    'text-letter-spacing': 0.02,
    // beside the street, where neither speeds nor vehicles run over it
    'text-offset': [0, 1.05],
  }
  /** Beside a street that is drawn as wide as it is: ems from its middle at zoom 16 and 19. */
  const beside = (at16: number, at19: number): Layout => ({
    'text-offset': [
      'interpolate',
      ['exponential', 2],
      ['zoom'],
      15,
      ['literal', [0, 1.05]],
      16,
      ['literal', [0, at16]],
      19,
      ['literal', [0, at19]],
    ],
  })
  const rank: ExpressionSpecification = [
    '-',
    0,
    ['coalesce', ['get', 'population_rank'], ['get', 'population'], 0],
  ]
  const waterColor = toned(theme.water, theme.isDark ? 0.62 : 0.92)
  return [
    label('label-water', 'water', 9, ['all', isPoint, ['has', 'name']], waterColor, {
      'text-size': size(9, 12, 14, 16),
      'text-letter-spacing': 0.12,
      'text-max-width': 7,
    }),
    label('label-stream', 'water', 13, ['all', isLine, ['has', 'name']], waterColor, {
      ...along,
      'text-size': size(13, 11, 17, 13),
    }),
    label('label-number', 'addresses', 17.5, isPoint, faint, {
      'text-field': ['coalesce', ['get', 'addr_housenumber'], ['get', 'housenumber'], ['get', 'number'], ''],
      'text-size': size(17.5, 10, 19, 13),
      'text-padding': 2,
    }),
    label(
      'label-poi',
      'pois',
      15.5,
      ['all', isPoint, ['has', 'name'], ['<=', ['coalesce', ['get', 'min_zoom'], 15], ['+', ['zoom'], 0]]],
      faint,
      {
        'text-size': size(16.3, 10.5, 18, 12.5),
        'text-max-width': 8,
        'text-padding': 12,
      },
    ),
    label(
      'label-minor',
      'roads',
      SIDE_STREET_NAMES_FROM_ZOOM,
      ['all', kind('minor_road', 'other'), ['has', 'name']],
      faint,
      {
        ...along,
        ...beside(1.05, 2.9),
        'text-size': size(15, 10.5, 18, 14),
        'symbol-spacing': 320,
      },
    ),
    label(
      'label-green',
      'landuse',
      13.5,
      ['all', isPoint, ['has', 'name']],
      toned(theme.green, theme.isDark ? 0.66 : 0.9),
      {
        'text-size': size(13, 11, 17, 13),
        'text-max-width': 7,
      },
    ),
    label(
      'label-quarter',
      'places',
      11,
      [
        'all',
        kind('neighbourhood', 'macrohood'),
        ['any', ['>=', ['zoom'], 13], detail('suburb', 'macrohood')],
      ],
      toned(theme.land, theme.isDark ? 0.85 : 0.95),
      {
        'text-size': size(11, 11.5, 14, 15),
        'text-letter-spacing': 0.06,
        'text-max-width': 7,
        'text-padding': 5,
        // a quarter is wide: its name moves to where no main street runs
        'text-variable-anchor-offset': quarterPlaces(scale),
        'text-justify': 'auto',
        'symbol-sort-key': rank,
      },
      15.8,
    ),
    ...(scale <= LARGEST_GIVING_WAY ? [keepClear()] : []),
    label(
      'label-main',
      'roads',
      STREET_NAMES_FROM_ZOOM,
      ['all', kind('major_road', 'highway'), ['has', 'name']],
      theme.quietText,
      {
        ...along,
        ...beside(1.15, 4.2),
        'text-size': size(12.8, 10.5, 15, 12.5, 18, 16),
      },
    ),
    label(
      'label-town',
      'places',
      7,
      ['all', kind('locality'), ['!', detail('city')]],
      theme.quietText,
      {
        'text-size': size(8, 11.5, 13, 16),
        'text-padding': 10,
        'symbol-sort-key': rank,
      },
      14.5,
    ),
    label(
      'label-city',
      'places',
      3,
      ['all', kind('locality'), detail('city')],
      theme.text,
      {
        'text-size': size(5, 14, 11, 23),
        'text-letter-spacing': 0.02,
        'symbol-sort-key': rank,
      },
      // nearer, the city is what is looked at, and its name stands above the map
      10.2,
    ),
  ]
}

/** Where the name of a quarter may stand beside its middle, ems, best first: as far from it for large letters as for small ones, lest it name another. */
function quarterPlaces(scale: number): NonNullable<Layout>['text-variable-anchor-offset'] {
  const [side, corner] = [1.2 / scale, 2.2 / scale]
  return [
    'center',
    [0, 0],
    'top',
    [0, side],
    'bottom',
    [0, -side],
    'left',
    [side, 0],
    'right',
    [-side, 0],
    'top-left',
    [corner, corner],
    'bottom-right',
    [-corner, -corner],
    'top-right',
    [-corner, corner],
    'bottom-left',
    [corner, -corner],
  ]
}

/** Nothing that is seen: it keeps the names of quarters off the main streets, which are drawn over them in the colour of their speed. */
function keepClear(): SymbolLayerSpecification {
  return {
    id: 'keep-clear',
    type: 'symbol',
    source: TILES,
    'source-layer': 'roads',
    minzoom: 10,
    maxzoom: SIDE_STREET_NAMES_FROM_ZOOM,
    filter: [
      'any',
      ['==', ['get', 'kind'], 'highway'],
      [
        'all',
        ['==', ['get', 'kind'], 'major_road'],
        ['in', ['get', 'kind_detail'], ['literal', ['motorway', 'trunk', 'primary', 'secondary']]],
      ],
    ],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 18,
      'text-field': '·',
      'text-font': FONT,
      'text-size': 6,
      'text-padding': 0,
      'text-allow-overlap': true,
    },
    paint: { 'text-opacity': 0 },
  }
}
