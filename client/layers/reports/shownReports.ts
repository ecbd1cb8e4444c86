/** Which service requests are on the map: what is open, and for a while what was closed; which of them are news; how many. */
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { requestCauses, requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import type { LayerContext } from '../layer.ts'

export const FREE = requestStatuses.indexOf('none')
export const FIXED = requestStatuses.indexOf('fixed')
/** A closed request stays on the map for two hours, hollow, so that its closing is seen. */
const SHOWN_AFTER_CLOSING_S = 7200
const CHANCE = requestCauses.indexOf('chance')
const PERSON = requestCauses.indexOf('person')
const OUTAGE = requestCauses.indexOf('outage')
/** A report is news for an hour; one that tells of a fault of the city, for as long as such a fault may last. */
const NEWS_S = 3600
const CAUSE_S = 6 * 3600

export function shownRows({ mirror }: Pick<LayerContext, 'mirror'>): number[] {
  const table = mirror.table(requestTable)
  const { status, updatedTick } = table.columns
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    if (status[row] === FREE) continue
    const isDone = status[row] >= FIXED
    if (!isDone || mirror.tick - updatedTick[row] < SHOWN_AFTER_CLOSING_S * TICKS_PER_S) rows.push(row)
  }
  return rows
}

/**
 * New, or of a fault of the city, or filed by a person, or selected: drawn at every zoom. Not those of an outage, one for each of its
 * transformers: they would cover the dark area, which says how many customers it has.
 */
export function isNews(
  { mirror, selection }: Pick<LayerContext, 'mirror' | 'selection'>,
  row: number,
): boolean {
  if (selection?.table === requestTable.name && selection.row === row) return true
  const { cause, openedTick } = mirror.table(requestTable).columns
  if (cause[row] === OUTAGE) return false
  const ageS = (mirror.tick - openedTick[row]) / TICKS_PER_S
  return ageS < NEWS_S || cause[row] === PERSON || (cause[row] !== CHANCE && ageS < CAUSE_S)
}

export interface ReportCounts {
  /** Open and news. */
  readonly news: number
  /** Open, and drawn from nearer by. */
  readonly stock: number
  readonly closedNews: number
  readonly closedStock: number
}

/** The four together are all that are shown. */
export function countReports(context: Pick<LayerContext, 'mirror' | 'selection'>): ReportCounts {
  const { status } = context.mirror.table(requestTable).columns
  const counts = { news: 0, stock: 0, closedNews: 0, closedStock: 0 }
  for (const row of shownRows(context)) {
    if (isNews(context, row)) counts[status[row] < FIXED ? 'news' : 'closedNews']++
    else counts[status[row] < FIXED ? 'stock' : 'closedStock']++
  }
  return counts
}
