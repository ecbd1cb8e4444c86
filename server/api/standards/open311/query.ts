/** Which requests a client asks for, as GeoReport says it. */
import { Open311Error } from './answer.ts'

const DAY_MS = 86_400_000
/** By the standard, unless it is said otherwise: so long at most, and so many. */
const MOST_DAYS = 90
const MOST = 1000
const statuses = ['open', 'closed'] as const
export type Status = (typeof statuses)[number]

export interface RequestsQuery {
  /** By id; all else is then of no account. */
  readonly ids: ReadonlySet<string> | undefined
  readonly serviceCodes: ReadonlySet<string> | undefined
  readonly statuses: ReadonlySet<string> | undefined
  readonly fromMs: number
  readonly toMs: number
  readonly most: number
}

/** Throws Open311Error for what has no meaning; what the standard does not know is passed over, as it demands of extensions. */
export function requestsQuery(asked: Readonly<Record<string, unknown>>, nowMs: number): RequestsQuery {
  const text = (name: string): string | undefined => {
    const value = asked[name]
    if (value === undefined || value === '') return undefined
    if (typeof value !== 'string') throw new Open311Error(400, `${name}: it came more than once`)
    return value
  }
  const list = (name: string): ReadonlySet<string> | undefined => {
    const value = text(name)
    return value === undefined ? undefined : new Set(value.split(',').map((one) => one.trim()))
  }
  const time = (name: string): number | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    const ms = /^\d{4}-\d\d-\d\d(T|$)/.test(value) ? Date.parse(value) : NaN
    if (Number.isNaN(ms))
      throw new Open311Error(400, `${name}: ${value.slice(0, 40)} came, as 2026-11-28T18:00:00Z is due`)
    return ms
  }
  const asStatus = list('status')
  for (const status of asStatus ?? [])
    if (!statuses.includes(status as Status))
      throw new Open311Error(400, `status: ${status.slice(0, 40)} came, open or closed is due`)
  const ids = list('service_request_id')
  if (ids !== undefined && ids.size > MOST)
    throw new Open311Error(400, `service_request_id: ${ids.size} came, at most ${MOST} are due`)
  const toMs = time('end_date') ?? nowMs
  const fromMs = time('start_date') ?? toMs - MOST_DAYS * DAY_MS
  if (fromMs > toMs) throw new Open311Error(400, 'start_date: it is later than end_date')
  return {
    ids,
    serviceCodes: list('service_code'),
    statuses: asStatus,
    fromMs: Math.max(fromMs, toMs - MOST_DAYS * DAY_MS),
    toMs,
    most: MOST,
  }
}
