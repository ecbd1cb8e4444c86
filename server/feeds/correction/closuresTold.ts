/** What became of a feed's closures, for whoever looks: how many close a street, and which lie on none. */
import type { ClosuresTold } from '../../../twin/protocol/feedMessages.ts'
import type { Entry } from './closures.ts'

/** So many are listed. */
const MOST_LISTED = 200

export function closuresTold(entries: readonly Entry[], tooMany: number): ClosuresTold {
  const matched = entries.filter(({ links = [] }) => links.length > 0)
  const inForce = matched.filter(({ saidTick }) => saidTick !== undefined)
  return {
    inForce: inForce.length,
    notNow: matched.length - inForce.length,
    unmatched: entries.filter(({ links }) => links?.length === 0).length,
    waiting: entries.filter(({ links }) => links === undefined).length,
    tooMany,
    list: inForce.slice(0, MOST_LISTED).map(({ event, links = [] }) => ({
      id: event.id,
      roadName: event.roadName,
      text: event.text,
      links,
      fromMs: finiteOrNull(event.fromMs),
      untilMs: finiteOrNull(event.untilMs),
    })),
  }
}

function finiteOrNull(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null
}
