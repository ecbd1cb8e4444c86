/** What a map cannot know of a city: `facts.json`, kept beside the city's files and read when they are made again. */
import type { LngLat } from '../../twin/geo/projection.ts'

/** Normals by month, January first, from which a year of weather is drawn. */
export interface Climate {
  readonly source: string
  /** Mean of the days' lowest temperatures, °C. */
  readonly meanMinC: readonly number[]
  /** Mean of the days' highest temperatures, °C. */
  readonly meanMaxC: readonly number[]
  readonly rainMmPerYear: number
}

export interface CityFacts {
  readonly name: string
  readonly country: string
  /** IANA name. */
  readonly timeZone: string
  readonly languages: readonly string[]
  readonly center: LngLat
  readonly population: number
  readonly populationSource: string
  readonly climate: Climate
  /** Whom to thank besides OpenStreetMap's contributors. */
  readonly credits: readonly string[]
  /** Parameters of the models, fitted or assumed for this city, by name. */
  readonly parameters: Readonly<Record<string, number>>
  /** Which of these were not given and stand for an unknown city. */
  readonly assumed: readonly string[]
}

/** Residents of a kilometre of drivable street where the population is unknown: Montevideo's, 1.30 million on 2,931 km. */
const RESIDENTS_PER_STREET_KM = 440

const MONTHS = 12

/**
 * Facts as written, with what is missing filled by plain defaults and listed in `assumed`. `from` is what the map itself says.
 * Throws, naming the field, when a given fact cannot be used.
 */
export function parseFacts(
  json: unknown,
  from: { readonly id: string; readonly center: LngLat; readonly streetKm: number },
): CityFacts {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('facts: expected an object')
  const given = json as Record<string, unknown>
  const assumed: string[] = []
  const take = <T>(field: string, isRight: (value: unknown) => value is T, otherwise: T): T => {
    const value = given[field]
    if (value === undefined) {
      assumed.push(field)
      return otherwise
    }
    if (!isRight(value)) throw new Error(`facts: ${field} cannot be used: ${JSON.stringify(value)}`)
    return value
  }
  const center = take('center', isLngLat, from.center)
  return {
    name: take('name', isText, titleFromId(from.id)),
    country: take('country', isText, ''),
    timeZone: take('timeZone', isTimeZone, nauticalTimeZone(center[0])),
    languages: take('languages', isTexts, ['en']),
    center,
    population: take('population', isPopulation, Math.round(from.streetKm * RESIDENTS_PER_STREET_KM)),
    populationSource: take(
      'populationSource',
      isText,
      `assumed, ${RESIDENTS_PER_STREET_KM} residents a street kilometre`,
    ),
    climate: take('climate', isClimate, climateAtLatitude(center[1])),
    credits: given.credits === undefined ? [] : take('credits', isTexts, []),
    parameters: given.parameters === undefined ? {} : take('parameters', isParameters, {}),
    assumed,
  }
}

/** A year by latitude alone, for a city whose climate nobody gave: annual mean and swing as over the world's land. Assumed. */
export function climateAtLatitude(lat: number): Climate {
  const meanC = Math.max(-12, 28 - 0.35 * Math.max(0, Math.abs(lat) - 10))
  const swingC = Math.min(18, 0.25 * Math.abs(lat))
  // Twelfths of a year's cosine, warmest in July in the north and in January in the south.
  const course = [-1, -0.87, -0.5, 0, 0.5, 0.87, 1, 0.87, 0.5, 0, -0.5, -0.87]
  const monthly = course.map((share) => meanC + (lat < 0 ? -share : share) * swingC)
  return {
    source: 'assumed from latitude alone',
    meanMinC: monthly.map((value) => Math.round((value - 5) * 10) / 10),
    meanMaxC: monthly.map((value) => Math.round((value + 5) * 10) / 10),
    rainMmPerYear: 800,
  }
}

/** The whole-hour zone of a longitude; the signs of Etc zones run the other way. */
function nauticalTimeZone(lng: number): string {
  const hours = Math.round(lng / 15)
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

function titleFromId(id: string): string {
  return id.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isTimeZone(value: unknown): value is string {
  if (!isText(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value }).format(0)
    return true
  } catch {
    return false
  }
}

function isLngLat(value: unknown): value is LngLat {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false
  return Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 85
}

function isPopulation(value: unknown): value is number {
  return isNumber(value) && value >= 1 && value <= 1e8
}

function isMonthly(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === MONTHS && value.every(isNumber)
}

function isClimate(value: unknown): value is Climate {
  if (typeof value !== 'object' || value === null) return false
  const climate = value as Record<string, unknown>
  return (
    isText(climate.source) &&
    isMonthly(climate.meanMinC) &&
    isMonthly(climate.meanMaxC) &&
    isNumber(climate.rainMmPerYear)
  )
}

function isParameters(value: unknown): value is Record<string, number> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isNumber)
}
