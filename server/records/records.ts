/**
 * What must never be lost: reports, comments, scenarios, acknowledgements, what desks did, configuration. A promise that resolves means that
 * row and audit row are on the disk, together. The same id again gives the first answer; other words under it are refused.
 */
import type { Transaction } from 'kysely'
import type { Comment } from '../../twin/protocol/messages.ts'
import { inOrder, verifyAudit, type AuditVerdict } from './audit.ts'
import { keepable } from './canonicalJson.ts'
import { deskActOf, stepsOf, type DeskStore } from './deskStore.ts'
import { openEngine, snapshot, untyped, type Engine, type RecordsPlace } from './engine.ts'
import { auditRow, keepRow } from './keepRow.ts'
import { migrate } from './migrations.ts'
import { RecordConflict, RecordsError } from './recordsError.ts'
import { kindOf, type KeptTable, type RowOf, type Tables } from './schema.ts'

export type StoredRequest = RowOf<'requests'>
export type StoredComment = RowOf<'comments'>
export type StoredScenario = RowOf<'scenarios'>
export type StoredAcknowledgement = RowOf<'acknowledgements'>
export type StoredAlarmAct = RowOf<'alarmActs'>
export type StoredDeskAct = RowOf<'deskActs'>

/** Who the audit says it was where nobody is asked who he is: on the owner's own machine. */
export const ANYONE = 'anyone'

export class Records {
  readonly engine: Engine

  private constructor(engine: Engine) {
    this.engine = engine
  }

  /** Opens the records and brings them to this program's version; throws a sentence when that cannot be. */
  static async open(place: RecordsPlace, mustExist = false): Promise<Records> {
    const engine = await openEngine(place, mustExist)
    try {
      await engine.db.transaction().execute((db) => migrate(db, engine.kind))
      return new Records(engine)
    } catch (error) {
      await engine.db.destroy()
      if (error instanceof RecordsError) throw error
      const where = engine.kind === 'sqlite' ? `in ${place.stateFolder}` : 'at DATABASE_URL'
      throw new RecordsError(`the records ${where} cannot be opened: ${reasonOf(error)}`, { cause: error })
    }
  }

  /** Keeps a report; gives it as it was first filed. */
  fileRequest(request: StoredRequest, actor = ANYONE): Promise<StoredRequest> {
    return this.keep('requests', request, 'file', actor)
  }

  request(clientId: string): Promise<StoredRequest | undefined> {
    return this.engine.db
      .selectFrom('requests')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst()
  }

  /** A city's requests filed at `sinceMs` or later, oldest first. */
  requestsSince(cityId: string, sinceMs: number): Promise<StoredRequest[]> {
    return this.engine.db
      .selectFrom('requests')
      .selectAll()
      .where('cityId', '=', cityId)
      .where('filedMs', '>=', sinceMs)
      .orderBy('filedMs')
      .orderBy('clientId')
      .execute()
  }

  /** A city's requests filed from `fromMs` to `toMs`, newest first, at most `most`. */
  requestsBetween(cityId: string, fromMs: number, toMs: number, most: number): Promise<StoredRequest[]> {
    return this.engine.db
      .selectFrom('requests')
      .selectAll()
      .where('cityId', '=', cityId)
      .where('filedMs', '>=', fromMs)
      .where('filedMs', '<=', toMs)
      .orderBy('filedMs', 'desc')
      .orderBy('clientId')
      .limit(most)
      .execute()
  }

  /** Those of a city among `ids`; at most as many as one statement may bind (a thousand are always few enough). */
  requestsOf(cityId: string, ids: readonly string[]): Promise<StoredRequest[]> {
    return this.engine.db
      .selectFrom('requests')
      .selectAll()
      .where('cityId', '=', cityId)
      .where('clientId', 'in', ids)
      .execute()
  }

  comment(comment: StoredComment, actor = ANYONE): Promise<StoredComment> {
    return this.keep('comments', comment, 'comment', actor, async (db) => {
      const { requestId, scenarioId } = comment
      const table = requestId === null ? 'scenarios' : 'requests'
      const key = requestId ?? scenarioId ?? ''
      const found = await untyped(db)
        .selectFrom(table)
        .select('clientId')
        .where('clientId', '=', key)
        .executeTakeFirst()
      if (found === undefined)
        throw new RecordConflict(`subject: there is no ${kindOf[table]} ${JSON.stringify(key)} to comment on`)
    })
  }

  /** Oldest first. */
  commentsOn({ kind, id }: Comment['subject']): Promise<StoredComment[]> {
    return this.engine.db
      .selectFrom('comments')
      .selectAll()
      .where(kind === 'request' ? 'requestId' : 'scenarioId', '=', id)
      .orderBy('filedMs')
      .orderBy('clientId')
      .execute()
  }

  saveScenario(scenario: StoredScenario, actor = ANYONE): Promise<StoredScenario> {
    return this.keep('scenarios', scenario, 'save', actor)
  }

  scenario(clientId: string): Promise<StoredScenario | undefined> {
    return this.engine.db
      .selectFrom('scenarios')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst()
  }

  /** A city's, newest first. */
  scenarios(cityId: string, most: number): Promise<StoredScenario[]> {
    return this.engine.db
      .selectFrom('scenarios')
      .selectAll()
      .where('cityId', '=', cityId)
      .orderBy('savedMs', 'desc')
      .orderBy('clientId')
      .limit(most)
      .execute()
  }

  acknowledge(acknowledgement: StoredAcknowledgement, actor = ANYONE): Promise<StoredAcknowledgement> {
    return this.keep('acknowledgements', acknowledgement, 'acknowledge', actor)
  }

  /** Newest first. */
  acknowledgements(most: number): Promise<StoredAcknowledgement[]> {
    return this.engine.db
      .selectFrom('acknowledgements')
      .selectAll()
      .orderBy('atMs', 'desc')
      .orderBy('clientId')
      .limit(most)
      .execute()
  }

  /** Keeps what an operator did about an alarm; gives it as it was first said. */
  alarmAct(act: StoredAlarmAct, actor = ANYONE): Promise<StoredAlarmAct> {
    return this.keep('alarmActs', act, act.act, actor)
  }

  /** What was said under this id; undefined when nothing was. */
  alarmActOf(clientId: string): Promise<StoredAlarmAct | undefined> {
    return this.engine.db
      .selectFrom('alarmActs')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst()
  }

  /** A city's since `sinceMs` of its own time, newest first. */
  alarmActs(cityId: string, sinceMs: number, most: number): Promise<StoredAlarmAct[]> {
    return this.engine.db
      .selectFrom('alarmActs')
      .selectAll()
      .where('cityId', '=', cityId)
      .where('atMs', '>=', sinceMs)
      .orderBy('atMs', 'desc')
      .orderBy('clientId')
      .limit(most)
      .execute()
  }

  /**
   * Keeps what a desk did as the next step of its subject; gives it as it was first said. `allow` sees the steps before it and what
   * else is kept, as of this moment and no other desk's between, and throws a RecordConflict when the act means nothing.
   */
  deskAct(
    act: Omit<StoredDeskAct, 'step'>,
    actor: string | undefined,
    allow: (before: readonly StoredDeskAct[], kept: DeskStore) => Promise<void>,
  ): Promise<StoredDeskAct> {
    return this.keep('deskActs', { ...act, step: 0 }, act.act, actor ?? ANYONE, async (db) => {
      await inOrder(db)
      if ((await deskActOf(db, act.clientId)) !== undefined) return undefined
      const before = await stepsOf(db, act)
      await allow(before, db)
      return { step: before.length }
    })
  }

  /** Sets one setting to a JSON value; the value it has already changes nothing. */
  async configure(key: string, value: unknown, actor: string): Promise<void> {
    const row = { key: keepable(key), value: keepable(JSON.stringify(value)), changedMs: Date.now() }
    await this.engine.db.transaction().execute(async (db) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('configuration')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ value: row.value, changedMs: row.changedMs })
            .where('configuration.value', '<>', row.value),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows !== 0n)
        await auditRow(db, 'configuration', row.key, row, 'configure', actor)
    })
  }

  /** Those of which the name begins so, by name without that beginning; what was set last first. */
  async configuredUnder(prefix: string): Promise<{ name: string; value: unknown }[]> {
    const rows = await this.engine.db
      .selectFrom('configuration')
      .select(['key', 'value'])
      .orderBy('changedMs', 'desc')
      .execute()
    return rows
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key, value }) => ({ name: key.slice(prefix.length), value: JSON.parse(value) as unknown }))
  }

  /** Undefined when it was never set. */
  async configured(key: string): Promise<unknown> {
    const row = await this.engine.db
      .selectFrom('configuration')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst()
    return row === undefined ? undefined : JSON.parse(row.value)
  }

  /** Walks the whole audit and every record, as of one moment. */
  verify(): Promise<AuditVerdict> {
    return snapshot(this.engine.db, verifyAudit)
  }

  auditRow(hash: string): Promise<RowOf<'audit'> | undefined> {
    return this.engine.db.selectFrom('audit').selectAll().where('hash', '=', hash).executeTakeFirst()
  }

  close(): Promise<void> {
    return this.engine.db.destroy()
  }

  /** Writes a row and its audit row in one transaction, or gives the row that has its id already. */
  private keep<T extends Exclude<KeptTable, 'configuration'>>(
    table: T,
    given: RowOf<T>,
    action: string,
    actor: string,
    check?: (db: Transaction<Tables>) => Promise<Partial<RowOf<T>> | void>,
  ): Promise<RowOf<T>> {
    return this.engine.db
      .transaction()
      .execute(async (db) => keepRow(db, table, given, action, actor, await check?.(db)))
  }
}

/** The first line of an error; one that is many (a host with several addresses) says its first. */
function reasonOf(error: unknown): string {
  const one = error instanceof AggregateError ? error.errors[0] : error
  return (one as Error).message.split('\n')[0]
}
