/** What the server answers over HTTP, and how to ask for it. The stream carries what moves; this is the rest. */
import type { IndicatorId } from '../../twin/objectives/indicators.ts'
import type { requestStatuses } from '../../twin/reports/tables.ts'
import { addressOf } from '../source/address.ts'
import { askDoor, isServerless } from '../source/serverless.ts'

export type Indicators = Readonly<Partial<Record<IndicatorId, number>>>

export interface SlowStreet {
  readonly name: string
  readonly speedMps: number
  readonly freeSpeedMps: number
  readonly lngLat: readonly [number, number]
}

/** Streets of one name that are secondary or wider; slow is under 40 % of free speed. */
export interface MainStreets {
  readonly count: number
  readonly slow: number
}

export interface Now {
  readonly cityId: string
  readonly name: string
  readonly timeMs: number
  readonly utcOffsetS: number
  readonly tick: number
  readonly speed: number
  readonly indicators: Indicators
  readonly mainStreets: MainStreets
  /** Of the main streets, slowest against free flow first. */
  readonly slowStreets: readonly SlowStreet[]
}

export interface Place {
  readonly kind: 'street' | 'place' | 'poi' | 'address' | 'stop'
  readonly name: string
  readonly detail?: string
  readonly lng: number
  readonly lat: number
  /** Row of a stop. */
  readonly row?: number
}

export interface Departure {
  readonly route: string
  readonly headsign: string
  readonly plannedMs: number
  readonly expectedMs: number
  readonly delayS: number
  readonly isLive: boolean
}

export interface History {
  readonly timesMs: readonly number[]
  readonly values: Readonly<Record<string, readonly number[]>>
  readonly yesterday?: {
    readonly timesMs: readonly number[]
    readonly values: Readonly<Record<string, readonly number[]>>
  }
}

export interface RequestStatus {
  readonly status: (typeof requestStatuses)[number]
  readonly agency?: string
  readonly openedMs: number
  readonly updatedMs: number
  /** Of one that a person has filed: by which comments name it, and what he wrote. */
  readonly id?: string
  readonly description?: string
  /** What a desk has made of a person's report. */
  readonly desk?: { readonly state: 'open' | 'assigned' | 'closed'; readonly answer?: string }
}

/** The JSON at a path of the page's own server, written from its root; throws when there is none, or none yet. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  if (isServerless) return (await askDoor(path)) as T
  const response = await fetch(addressOf(path), { signal })
  if (response.status !== 200) throw new Error(`${path}: the server answered ${response.status}`)
  return (await response.json()) as T
}

export const getNow = (signal?: AbortSignal) => get<Now>('/api/now', signal)

export function searchPlaces(
  query: string,
  near: readonly [number, number] | undefined,
  signal?: AbortSignal,
): Promise<Place[]> {
  const nearPart = near ? `&near=${near[0].toFixed(5)},${near[1].toFixed(5)}` : ''
  return get(`/api/search?q=${encodeURIComponent(query)}${nearPart}`, signal)
}

export const getDepartures = (stop: number, signal?: AbortSignal) =>
  get<Departure[]>(`/api/stops/${stop}/departures`, signal)

export const getHistory = (table: string, row: number, minutes = 60, signal?: AbortSignal) =>
  get<History>(`/api/history/${table}/${row}?minutes=${minutes}`, signal)

/** Of what the server says of alarms, what the stream does not: when what fails in an exercise comes back. */
export interface AlarmFacts {
  readonly exerciseUntilMs?: number
}
export const getAlarmFacts = (signal?: AbortSignal) => get<AlarmFacts>('/api/alarms', signal)

/** What an operator did about an alarm, with the city's time. */
export interface AlarmAct {
  readonly id: string
  readonly kind: string
  readonly source: number
  readonly act: 'acknowledge' | 'shelve' | 'unshelve'
  readonly untilMs?: number
  readonly reason?: string
  readonly who: string
  readonly atMs: number
}
/** Of the last day, newest first. */
export const getAlarmActs = (signal?: AbortSignal) => get<AlarmAct[]>('/api/alarms/acts', signal)

export interface KeptComment {
  readonly id: string
  readonly text: string
  /** BCP 47. */
  readonly language: string
  readonly filedMs: number
}

/** What people say of a report, by the report's id. */
export const getComments = (id: string, signal?: AbortSignal) =>
  get<KeptComment[]>(`/api/comments?request=${id}`, signal)

/** By its own id: its row is of another report once the city has begun anew. */
export const getRequest = (id: string, signal?: AbortSignal) =>
  get<RequestStatus>(`/api/requests/${id}`, signal)
