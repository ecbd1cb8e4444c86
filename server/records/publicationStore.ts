/** What is laid open to all: a version of a scenario as its planner saw it. It may be withdrawn, and then says so and why. */
import type { PublicationBody } from '../../twin/scenario/publication.ts'
import type { Engine } from './engine.ts'
import { keepRow } from './keepRow.ts'
import { RecordConflict } from './recordsError.ts'
import type { RowOf } from './schema.ts'

export type StoredPublication = RowOf<'publications'>
export type Withdrawal = RowOf<'withdrawals'>

const MOST_LISTED = 200

export class PublicationStore {
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  publish(given: StoredPublication, actor: string): Promise<StoredPublication> {
    return this.engine.db.transaction().execute((db) => keepRow(db, 'publications', given, 'publish', actor))
  }

  publication(clientId: string): Promise<StoredPublication | undefined> {
    return this.engine.db
      .selectFrom('publications')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst()
  }

  /** A city's, newest first, without their pictures. */
  publications(cityId: string): Promise<Omit<StoredPublication, 'picture'>[]> {
    return this.engine.db
      .selectFrom('publications')
      .select(['clientId', 'cityId', 'versionId', 'body', 'publishedMs'])
      .where('cityId', '=', cityId)
      .orderBy('publishedMs', 'desc')
      .orderBy('clientId')
      .limit(MOST_LISTED)
      .execute()
  }

  withdrawal(publicationId: string): Promise<Withdrawal | undefined> {
    return this.engine.db
      .selectFrom('withdrawals')
      .selectAll()
      .where('publicationId', '=', publicationId)
      .executeTakeFirst()
  }

  /** Once and for good: a second one is refused, another message with the same words is the first. */
  withdraw(given: Withdrawal, actor: string): Promise<Withdrawal> {
    return this.engine.db.transaction().execute(async (db) => {
      const before = await db
        .selectFrom('withdrawals')
        .selectAll()
        .where('publicationId', '=', given.publicationId)
        .executeTakeFirst()
      if (before !== undefined && before.clientId !== given.clientId)
        throw new RecordConflict('this was withdrawn before')
      return keepRow(db, 'withdrawals', given, 'withdraw', actor)
    })
  }

  /** Why nothing may be said of a version at `nowMs`; undefined when something may, as where nothing of it is published. */
  async closedTo(versionId: string, nowMs: number): Promise<string | undefined> {
    const rows = await this.engine.db
      .selectFrom('publications')
      .leftJoin('withdrawals', 'withdrawals.publicationId', 'publications.clientId')
      .select(['publications.body as body', 'withdrawals.clientId as withdrawn'])
      .where('publications.versionId', '=', versionId)
      .execute()
    if (rows.length === 0) return undefined
    const isOpen = rows.some(({ body, withdrawn }) => {
      // written by this store, checked at its door
      const { comments } = JSON.parse(body) as PublicationBody
      return withdrawn === null && comments.opensMs <= nowMs && nowMs < comments.closesMs
    })
    return isOpen ? undefined : 'comments are not open now'
  }
}
