/**
 * What residents told another desk joins the reports here: open ones of the last day, each once, whatever the feed says again and
 * however often this server starts, since a report's id is made of the feed's and its own. What cannot join is counted by why.
 */
import { createHash } from 'node:crypto'
import { foldText } from '../../../twin/geo/foldText.ts'
import type { RequestsTold } from '../../../twin/protocol/feedMessages.ts'
import type { Services } from '../../../twin/reports/services.ts'
import type { CitizenRequest } from '../content.ts'
import type { FeedDeclaration } from '../declaration.ts'
import type { ReadDone } from '../readerMessages.ts'

/** Older ones are known to whoever had them. */
const RECENT_MS = 86_400_000
/** Of one reading so many are taken, and so many with one look: what joins is written to the disk. */
const MOST_REQUESTS = 1000
const MOST_AT_ONCE = 5
const MOST_LETTERS = 2000

export interface RequestFeed {
  readonly declaration: Pick<FeedDeclaration, 'id' | 'services'>
  readonly reading: Pick<ReadDone, 'content'> | undefined
}

/** A report as it is filed here. */
export interface Joining {
  readonly clientId: string
  readonly serviceCode: string
  readonly lng: number
  readonly lat: number
  readonly description: string
}

export interface RequestHost {
  /** Undefined until the city is there. */
  services(): Services | undefined
  isInside(lng: number, lat: number): boolean
  /** Files it unless it is kept already; rejects when it cannot be kept now. */
  file(report: Joining, actor: string): Promise<void>
  nowMs(): number
}

type Fate = 'waiting' | Exclude<keyof RequestsTold, 'waiting' | 'tooMany'>

interface Taken {
  readonly content: object
  readonly requests: ReadonlyMap<string, { readonly report: Joining; fate: Fate }>
  readonly tooMany: number
}

export class RequestsIn {
  private readonly feeds: readonly RequestFeed[]
  private readonly host: RequestHost
  private readonly taken = new Map<string, Taken>()
  private underWay = 0

  constructor(feeds: readonly RequestFeed[], host: RequestHost) {
    this.feeds = feeds
    this.host = host
  }

  /** After each frame. */
  look(): void {
    const services = this.host.services()
    if (services === undefined) return
    for (const feed of this.feeds) this.take(feed, services)
    for (const [id, { requests }] of this.taken) this.join(id, requests)
  }

  told(feedId: string): RequestsTold | undefined {
    const taken = this.taken.get(feedId)
    if (taken === undefined) return undefined
    const told = {
      joined: 0,
      waiting: 0,
      closed: 0,
      old: 0,
      noService: 0,
      outside: 0,
      tooMany: taken.tooMany,
    }
    for (const { fate } of taken.requests.values()) told[fate]++
    return told
  }

  private take({ declaration: { id, services: names }, reading }: RequestFeed, { services }: Services): void {
    const all = reading?.content.requests
    if (reading === undefined || all === undefined) return
    const before = this.taken.get(id)
    if (before?.content === reading.content) return
    const requests = new Map<string, { report: Joining; fate: Fate }>()
    for (const request of all.slice(0, MOST_REQUESTS)) {
      const known = before?.requests.get(request.id)
      if (known?.fate === 'joined') {
        requests.set(request.id, known)
        continue
      }
      const serviceCode = serviceCodeOf(request, names, services)
      const report = {
        clientId: idOf(id, request.id),
        serviceCode: serviceCode ?? '',
        lng: request.lng,
        lat: request.lat,
        description: request.description.slice(0, MOST_LETTERS),
      }
      requests.set(request.id, { report, fate: this.fateOf(request, serviceCode) })
    }
    this.taken.set(id, {
      content: reading.content,
      requests,
      tooMany: Math.max(0, all.length - MOST_REQUESTS),
    })
  }

  private fateOf(request: CitizenRequest, serviceCode: string | undefined): Fate {
    if (request.status === 'closed') return 'closed'
    if (!(this.host.nowMs() - request.requestedMs <= RECENT_MS)) return 'old'
    if (serviceCode === undefined) return 'noService'
    return this.host.isInside(request.lng, request.lat) ? 'waiting' : 'outside'
  }

  private join(feedId: string, requests: Taken['requests']): void {
    for (const request of requests.values()) {
      if (this.underWay >= MOST_AT_ONCE) return
      if (request.fate !== 'waiting') continue
      this.underWay++
      request.fate = 'joined'
      this.host
        .file(request.report, `feed ${feedId}`)
        .finally(() => this.underWay--)
        // it cannot be kept just now: with a later frame
        .catch(() => (request.fate = 'waiting'))
    }
  }
}

/** As the feed's owner wrote, else of the same code or name. */
function serviceCodeOf(
  { serviceCode, serviceName }: CitizenRequest,
  names: Readonly<Record<string, string>> | undefined,
  services: Services['services'],
): string | undefined {
  const wanted = names?.[serviceCode] ?? serviceCode
  const name = foldText(serviceName)
  const found =
    services.find((service) => service.serviceCode === wanted) ??
    services.find((service) => name !== '' && Object.values(service.name).map(foldText).includes(name))
  return found?.serviceCode
}

/** A UUID (version 8) of the feed's id and the request's: the same each time. */
export function idOf(feedId: string, requestId: string): string {
  const hex = createHash('sha256').update(`${feedId}\n${requestId}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
