/** What feeds say, told to the live twin: as commands at its next step, so that a recording has them too. */
import type { City } from '../twin/city.ts'
import type { UseOfFeed } from '../twin/protocol/feedMessages.ts'
import { Closures } from './feeds/correction/closures.ts'
import { RequestsIn } from './feeds/correction/requests.ts'
import { makeStreetMatch, type StreetMatch } from './feeds/correction/streetMatch.ts'
import type { Feed } from './feeds/feed.ts'
import type { Live } from './loop/live.ts'
import type { Records } from './records/records.ts'
import { isOfCity, type RequestDesk } from './records/requestDesk.ts'

export interface Corrections {
  /** What became of what a feed said. */
  told(feedId: string): UseOfFeed
}

export interface CorrectionParts {
  readonly feeds: readonly Feed[]
  readonly live: Live
  readonly records: Pick<Records, 'request'>
  readonly desk: Pick<RequestDesk, 'file'>
  /** Undefined while it is being loaded. */
  city(): City | undefined
}

export function correctByFeeds({ feeds, live, records, desk, city }: CorrectionParts): Corrections {
  let match: StreetMatch | undefined
  const nowMs = () => Date.now()
  const closures = new Closures(feeds, {
    match: () => {
      const known = city()
      if (known !== undefined) match ??= makeStreetMatch(known.network, known.projection)
      return match
    },
    command: (command) => live.command(command),
    tick: () => live.tick,
    nowMs,
  })
  const requests = new RequestsIn(feeds, {
    services: () => city()?.services,
    isInside: (lng, lat) => isOfCity(city(), lng, lat),
    file: async (report, actor) => {
      const known = city()
      if (known === undefined) throw new Error('the city is still starting')
      if ((await records.request(report.clientId)) === undefined) await desk.file(known, report, actor)
    },
    nowMs,
  })
  if (feeds.length > 0) {
    live.on('running', (_facts, savedAtMs) => closures.running(savedAtMs))
    live.on('frame', () => {
      closures.look()
      requests.look()
    })
  }
  return {
    told: (feedId) => {
      const [ofClosures, ofRequests] = [closures.told(feedId), requests.told(feedId)]
      return {
        ...(ofClosures !== undefined && { closures: ofClosures }),
        ...(ofRequests !== undefined && { requests: ofRequests }),
      }
    },
  }
}
