/** What became here of what a feed says, in words: how many of each, and of those that came to nothing why. */
import { sayFeed, type FeedKey } from '../../language/feedWords.ts'
import { formatNumber } from '../../language/format.ts'
import type { FeedTold } from './feedStandings.ts'

const closureFates = ['inForce', 'notNow', 'unmatched', 'waiting', 'tooMany'] as const
const requestFates = ['joined', 'waiting', 'closed', 'old', 'noService', 'outside', 'tooMany'] as const

/** One line for each fate that something had; the first of each kind always. */
export function wordsOfUse({ closures, requests }: FeedTold['use']): string[] {
  const line = (key: FeedKey, count: number) => sayFeed(key, { n: formatNumber(count) })
  return [
    ...(closures === undefined
      ? []
      : closureFates
          .filter((fate) => fate === 'inForce' || closures[fate] > 0)
          .map((fate) => line(`closures.${fate}`, closures[fate]))),
    ...(requests === undefined
      ? []
      : requestFates
          .filter((fate) => fate === 'joined' || requests[fate] > 0)
          .map((fate) => line(`requests.${fate}`, requests[fate]))),
  ]
}
