/** Reads what desks did: the steps of one incident, report or shift, those of a city's present ones, and all of a span of time. */
import type { Database } from './engine.ts'
import type { RowOf } from './schema.ts'

type DeskAct = RowOf<'deskActs'>
export type DeskKind = 'incident' | 'report' | 'shift'
/** What a desk's act may be held against. */
export type DeskStore = Database

// More than this in one answer is not looked through.
const MOST_ACTS = 20_000

/** What was said under this id; undefined when nothing was. */
export function deskActOf(db: DeskStore, clientId: string): Promise<DeskAct | undefined> {
  return db.selectFrom('deskActs').selectAll().where('clientId', '=', clientId).executeTakeFirst()
}

/** In order. */
export function stepsOf(
  db: DeskStore,
  { cityId, kind, subject }: Pick<DeskAct, 'cityId' | 'kind' | 'subject'>,
): Promise<DeskAct[]> {
  return db
    .selectFrom('deskActs')
    .selectAll()
    .where('cityId', '=', cityId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('step')
    .execute()
}

/** The steps of every incident that is not cleared, or of which something was done since `sinceMs` of the city's time. */
export function incidentSteps(db: DeskStore, cityId: string, sinceMs: number): Promise<DeskAct[]> {
  const ofCity = db.selectFrom('deskActs').where('cityId', '=', cityId).where('kind', '=', 'incident')
  return ofCity
    .selectAll()
    .where(({ eb, or }) =>
      or([
        eb('subject', 'in', ofCity.select('subject').where('atMs', '>=', sinceMs)),
        eb('subject', 'not in', ofCity.select('subject').where('act', '=', 'clear')),
      ]),
    )
    .orderBy('subject')
    .orderBy('step')
    .limit(MOST_ACTS)
    .execute()
}

/** The steps of some reports, each report's in order. */
export async function reportSteps(
  db: DeskStore,
  cityId: string,
  subjects: readonly string[],
): Promise<DeskAct[]> {
  const found: DeskAct[] = []
  // far below what one statement may bind
  for (let from = 0; from < subjects.length; from += 500)
    found.push(
      ...(await db
        .selectFrom('deskActs')
        .selectAll()
        .where('cityId', '=', cityId)
        .where('kind', '=', 'report')
        .where('subject', 'in', subjects.slice(from, from + 500))
        .orderBy('subject')
        .orderBy('step')
        .execute()),
    )
  return found
}

/** The steps of the shifts that were handed over last, newest first; each shift's in order. */
export async function shiftSteps(db: DeskStore, cityId: string, most: number): Promise<DeskAct[][]> {
  const last = await db
    .selectFrom('deskActs')
    .selectAll()
    .where('cityId', '=', cityId)
    .where('kind', '=', 'shift')
    .where('act', '=', 'handOver')
    .orderBy('atMs', 'desc')
    .orderBy('clientId')
    .limit(most)
    .execute()
  return Promise.all(last.map((handOver) => stepsOf(db, handOver)))
}

/** All that desks did from `fromMs` to `toMs` of the city's time, oldest first. */
export function deskActsBetween(
  db: DeskStore,
  cityId: string,
  fromMs: number,
  toMs: number,
): Promise<DeskAct[]> {
  return db
    .selectFrom('deskActs')
    .selectAll()
    .where('cityId', '=', cityId)
    .where('atMs', '>=', fromMs)
    .where('atMs', '<=', toMs)
    .orderBy('atMs')
    .orderBy('subject')
    .orderBy('step')
    .limit(MOST_ACTS)
    .execute()
}
