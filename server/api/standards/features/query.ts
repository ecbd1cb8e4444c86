/** The parameters of a request for features, as OGC API Features 1.0 (17-069r4, §7.15) has them: what is unknown or wrong is refused. */

export const DEFAULT_LIMIT = 100
export const MOST_FEATURES = 10_000

export type BBox = readonly [west: number, south: number, east: number, north: number]

export interface ItemsQuery {
  readonly bbox: BBox | undefined
  /** Both ends count; infinite where open. */
  readonly fromMs: number
  readonly untilMs: number
  readonly limit: number
  /** Ours: how many to pass over. */
  readonly offset: number
}

/** Says in a sentence what came and what was due. */
export class QueryError extends Error {}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** Of the addresses that take no parameters but the format. Throws QueryError. */
export function checkPlain(query: Readonly<Record<string, unknown>>): void {
  textsOf(query, ['f'])
}

/** Throws QueryError. */
export function itemsQuery(query: Readonly<Record<string, unknown>>): ItemsQuery {
  const { bbox, datetime, limit, offset } = textsOf(query, ['f', 'bbox', 'datetime', 'limit', 'offset'])
  const [fromMs, untilMs] = datetime === undefined ? [-Infinity, Infinity] : intervalOf(datetime)
  return {
    bbox: bbox === undefined ? undefined : bboxOf(bbox),
    fromMs,
    untilMs,
    // more than the most is not refused but cut, as the standard allows
    limit: Math.min(MOST_FEATURES, wholeOf('limit', limit, DEFAULT_LIMIT, 1)),
    offset: wholeOf('offset', offset, 0, 0),
  }
}

/** Whether a box touches what is asked for; one whose west is east of its east goes over the 180th meridian. */
export function touches([west, south, east, north]: BBox, box: BBox): boolean {
  const isBetween = west <= east ? box[0] <= east && box[2] >= west : box[2] >= west || box[0] <= east
  return isBetween && box[1] <= north && box[3] >= south
}

function textsOf(
  query: Readonly<Record<string, unknown>>,
  known: readonly string[],
): Readonly<Record<string, string | undefined>> {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name))
      throw new QueryError(`${name.slice(0, 50)} is no parameter here; there are ${known.join(', ')}`)
    if (typeof value !== 'string') throw new QueryError(`${name} came more than once`)
  }
  const texts = query as Readonly<Record<string, string | undefined>>
  if (texts['f'] !== undefined && texts['f'] !== 'json')
    throw new QueryError(`f: ${texts['f'].slice(0, 50)} came, expected json`)
  return texts
}

function bboxOf(text: string): BBox {
  const parts = text.split(',')
  const numbers = parts.map((part) => (part.trim() === '' ? NaN : Number(part)))
  // heights, where they are given, hold nothing of a flat city
  const [west, south, east, north] =
    numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
  const isWhole = (numbers.length === 4 || numbers.length === 6) && numbers.every(Number.isFinite)
  if (!isWhole || south > north || Math.abs(south) > 90 || Math.abs(north) > 90)
    throw new QueryError(`bbox: ${text.slice(0, 100)} came, expected west,south,east,north in degrees`)
  return [west, south, east, north]
}

function intervalOf(text: string): readonly [fromMs: number, untilMs: number] {
  const wrong = () =>
    new QueryError(
      `datetime: ${text.slice(0, 100)} came, expected an instant, as 2026-11-28T08:00:00Z, or an interval from/until, one of them .. where it is open`,
    )
  const ends = text.split('/')
  const isOpen = (end: string) => end === '' || end === '..'
  if (ends.length > 2 || ends.every(isOpen)) throw wrong()
  const [from, until] = ends.map((end, i) => {
    if (ends.length === 2 && isOpen(end)) return i === 0 ? -Infinity : Infinity
    const ms = TIME.test(end) ? Date.parse(end.toUpperCase()) : NaN
    if (Number.isNaN(ms)) throw wrong()
    return ms
  })
  if (until !== undefined && from > until) throw wrong()
  return [from, until ?? from]
}

function wholeOf(name: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new QueryError(`${name}: ${text.slice(0, 50)} came, expected a whole number from ${least}`)
  return Number(text)
}
