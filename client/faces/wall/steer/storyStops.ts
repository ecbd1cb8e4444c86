/** The walk-up story: six views of the city as it is now, a quarter of a minute each, in the language of who asked for it. */
import type { DomainId } from '../../../../twin/domains.ts'
import type { WallCamera, WallStory } from '../../../../twin/protocol/wallMessages.ts'
import type { LngLat } from '../../../../twin/geo/projection.ts'
import { formatClock, formatNumber, formatPower } from '../../../language/format.ts'
import { inLanguage, type Language } from '../../../language/language.ts'
import { sayWall } from '../../../language/wallWords.ts'
import type { LayerContext, ListEntry } from '../../../layers/layer.ts'
import { layers } from '../../../layers/layers.ts'
import type { Indicators } from '../../../shell/api.ts'

/** Six of them are the ninety seconds. */
export const STOP_S = 15
/** Where a crossing, a feeder, a bus with its number fill a screen. */
const ZOOMS: Readonly<Record<DomainId, number>> = { traffic: 14.6, power: 13.6, transit: 15.2, reports: 15.6 }

export interface StoryFacts {
  readonly context: LayerContext
  readonly indicators: Indicators
  /** The whole city, from where the wall looks at it. */
  readonly home: WallCamera
}

/** The views and their sentences. What the city has none of now is left out, and its time goes to the others. */
export function storyOf(
  { context, indicators, home }: StoryFacts,
  language: Language,
): Omit<WallStory, 'name' | 'act'> {
  const stops = inLanguage(language, () => [
    { text: sayWall('story.city', cityFacts(context, indicators)), camera: home },
    ...stopAt(context, 'traffic', ({ title, detail }) => sayWall('story.traffic', { title, detail })),
    ...stopAt(context, 'power', ({ title, detail }) =>
      sayWall('story.power', { title, detail, load: formatPower(indicators.loadW ?? 0) }),
    ),
    ...stopAt(context, 'transit', ({ title, detail }) => sayWall('story.transit', { title, detail })),
    ...stopAt(context, 'reports', ({ title }) =>
      sayWall('story.reports', { title, open: formatNumber(indicators.openRequests ?? 0) }),
    ),
    { text: sayWall('story.end'), camera: home },
  ])
  return { language, stops, stopS: Math.round((6 * STOP_S) / stops.length) }
}

function cityFacts({ city, time }: LayerContext, { vehicles = 0, buses = 0 }: Indicators) {
  return {
    city: city.info.name,
    time: time ? formatClock(time.timeMs, city.info.timeZone) : '–',
    vehicles: formatNumber(vehicles),
    buses: formatNumber(buses),
  }
}

/** The most telling thing of a layer; none while there is none. */
function stopAt(context: LayerContext, domain: DomainId, sentence: (entry: ListEntry) => string) {
  const [entry] = layers[domain].list(context, 1)
  return entry === undefined ? [] : [{ text: sentence(entry), camera: cameraOn(entry.at, ZOOMS[domain]) }]
}

function cameraOn([lng, lat]: LngLat, zoom: number): WallCamera {
  return { lng, lat, zoom, bearing: 0, pitch: 0 }
}
