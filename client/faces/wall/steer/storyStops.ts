/** The walk-up story: six views of the city as it is now, a quarter of a minute each, in the language of who asked for it. */
import type { CityInfo } from '../../../../twin/city.ts'
import type { DomainId } from '../../../../twin/domains.ts'
import type { WallCamera, WallStory } from '../../../../twin/protocol/wallMessages.ts'
import type { LngLat } from '../../../../twin/geo/projection.ts'
import { formatClock, formatNumber, formatPower } from '../../../language/format.ts'
import { inLanguage, type Language } from '../../../language/language.ts'
import { sayWall } from '../../../language/wallWords.ts'
import type { ListEntry } from '../../../layers/layer.ts'
import type { Indicators } from '../../../shell/api.ts'

/** Six of them are the ninety seconds. */
export const STOP_S = 15
/** Where a crossing, a feeder, a bus with its number fill a screen. */
const ZOOMS: Readonly<Record<DomainId, number>> = { traffic: 14.6, power: 13.6, transit: 15.2, reports: 15.6 }

export interface StoryFacts {
  readonly city: Pick<CityInfo, 'name' | 'timeZone'>
  /** City time; undefined before it is known. */
  readonly timeMs: number | undefined
  /** The most telling thing of a layer, in the language of the moment; undefined while there is none. */
  readonly mostTelling: (domain: DomainId) => ListEntry | undefined
  readonly indicators: Indicators
  /** The whole city, from where the wall looks at it. */
  readonly home: WallCamera
}

/** The views and their sentences. What the city has none of now is left out, and its time goes to the others. */
export function storyOf(facts: StoryFacts, language: Language): Omit<WallStory, 'name' | 'act'> {
  const { indicators, home } = facts
  const stops = inLanguage(language, () => [
    { text: sayWall('story.city', cityValues(facts)), camera: home },
    ...stopAt(facts, 'traffic', ({ title, detail }) => sayWall('story.traffic', { title, detail })),
    ...stopAt(facts, 'power', ({ title, detail }) =>
      sayWall('story.power', { title, detail, load: formatPower(indicators.loadW ?? 0) }),
    ),
    ...stopAt(facts, 'transit', ({ title, detail }) => sayWall('story.transit', { title, detail })),
    ...stopAt(facts, 'reports', ({ title }) =>
      sayWall('story.reports', { title, open: formatNumber(indicators.openRequests ?? 0) }),
    ),
    { text: sayWall('story.end'), camera: home },
  ])
  return { language, stops, stopS: Math.round((6 * STOP_S) / stops.length) }
}

function cityValues({ city, timeMs, indicators: { vehicles = 0, buses = 0 } }: StoryFacts) {
  return {
    city: city.name,
    time: timeMs === undefined ? '–' : formatClock(timeMs, city.timeZone),
    vehicles: formatNumber(vehicles),
    buses: formatNumber(buses),
  }
}

function stopAt({ mostTelling }: StoryFacts, domain: DomainId, sentence: (entry: ListEntry) => string) {
  const entry = mostTelling(domain)
  return entry === undefined ? [] : [{ text: sentence(entry), camera: cameraOn(entry.at, ZOOMS[domain]) }]
}

function cameraOn([lng, lat]: LngLat, zoom: number): WallCamera {
  return { lng, lat, zoom, bearing: 0, pitch: 0 }
}
