/** A GTFS-Realtime message's alerts as notices to travellers, and their rule, E001. */
import type { Notice, Texts } from '../../content.ts'
import type { Alert, FeedMessage, TimeRange, Translation } from './message.ts'
import { isPosix, type Reading } from './reading.ts'

/** What CAP calls the levels of this standard; assumed. */
const severityOf = {
  '': '',
  UNKNOWN_SEVERITY: 'Unknown',
  INFO: 'Minor',
  WARNING: 'Moderate',
  SEVERE: 'Severe',
} as const

/** An alert whose id came before is left out. */
export function noticesOf({ entities }: FeedMessage, reading: Reading): Notice[] {
  const ids = new Set<string>()
  return entities.flatMap(({ id, alert }): Notice[] => {
    if (alert === undefined) return []
    const where = `entity ${id}`
    if (ids.has(id)) {
      reading.deviations.add('entityIdTwice', 'error', where, id, 'an id of its own')
      return []
    }
    ids.add(id)
    const { startS, endS } = periodOf(alert, where, reading)
    return [
      {
        id,
        headline: textsOf(alert.header),
        text: textsOf(alert.description),
        fromMs: startS * 1000,
        untilMs: Number.isNaN(endS) ? Infinity : endS * 1000,
        severity: severityOf[alert.severity],
        urgency: '',
        certainty: '',
        isExercise: false,
        areas: [],
        routeIds: named(alert, ({ routeId, trip }) => routeId || (trip?.routeId ?? '')),
        stopIds: named(alert, ({ stopId }) => stopId),
        url: alert.url[0]?.text ?? '',
        isCancelled: false,
      },
    ]
  })
}

/** The first of its periods that is not over, else the last; without one it holds as long as it is told. */
function periodOf({ activePeriods }: Alert, where: string, reading: Reading): TimeRange {
  const periods = activePeriods.map(({ startS, endS }) => ({
    startS: boundOf(startS, `${where}, active_period.start`, reading),
    endS: boundOf(endS, `${where}, active_period.end`, reading),
  }))
  const isOver = ({ endS }: TimeRange) => endS * 1000 <= reading.nowMs
  const first = (a: TimeRange, b: TimeRange) => ((b.startS || 0) < (a.startS || 0) ? b : a)
  const [ahead, all] = [periods.filter((period) => !isOver(period)), periods]
  if (ahead.length > 0) return ahead.reduce(first)
  return all.at(-1) ?? { startS: NaN, endS: NaN }
}

function boundOf(timeS: number, where: string, reading: Reading): number {
  return Number.isNaN(timeS) || timeS === 0 || !isPosix(timeS, where, reading) ? NaN : timeS
}

function named(alert: Alert, of: (informed: Alert['informedEntities'][number]) => string): string[] {
  return [...new Set(alert.informedEntities.map(of))].filter((id) => id !== '')
}

function textsOf(translations: readonly Translation[]): Texts {
  const texts: Record<string, string> = {}
  for (const { language, text } of translations) {
    const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/.test(language) ? language : ''
    texts[tag] ??= text
  }
  return texts
}
