/** What the facts of the records need of either engine, and a few rows to try them on. */
import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Engine, RecordsPlace } from '../../../server/records/engine.ts'
import { PublicationStore } from '../../../server/records/publicationStore.ts'
import type { Records, StoredRequest } from '../../../server/records/records.ts'
import type { Tables } from '../../../server/records/schema.ts'
import { VersionStore } from '../../../server/records/versionStore.ts'
import { writeScenario, type Scenario } from '../../../twin/scenario/document.ts'

export interface TestEngine {
  /** A new place with nothing in it. */
  place(): Promise<RecordsPlace>
  /** Lets a transaction change what the engine itself guards: the audit, and references. */
  unguard(db: Transaction<Tables>): Promise<void>
}

export function request(more: Partial<StoredRequest> = {}): StoredRequest {
  return {
    clientId: randomUUID(),
    cityId: 'small',
    serviceCode: 'pothole',
    lng: -56.17,
    lat: -34.89,
    description: 'Deep',
    filedMs: 1_700_000_000_000,
    ...more,
  }
}

/** Some rows of every table. */
export async function fill(records: Records): Promise<void> {
  for (const description of ['Deep', 'Ñandú\u2028 «ок» 🚌', ''])
    await records.fileRequest(request({ description }))
  const { clientId: requestId } = await records.fileRequest(request())
  const scenario = {
    clientId: randomUUID(),
    cityId: 'small',
    name: 'Close the bridge',
    edits: '[{"kind":"setLinkClosed","link":3,"isClosed":true}]',
    horizonS: 3600,
    savedMs: 2,
  }
  await records.saveScenario(scenario)
  const comment = { clientId: randomUUID(), text: 'Still there', language: 'en', filedMs: 3 }
  await records.comment({ ...comment, requestId, scenarioId: null })
  await records.comment({
    ...comment,
    clientId: randomUUID(),
    requestId: null,
    scenarioId: scenario.clientId,
  })
  await records.acknowledge({
    clientId: randomUUID(),
    what: 'alarm:customersOut',
    who: 'Shift 2',
    atMs: 4,
  })
  await records.alarmAct({
    clientId: randomUUID(),
    cityId: 'small',
    kind: 'substationOut',
    source: 0,
    act: 'shelve',
    untilMs: 3_600_005,
    reason: 'Crew on site',
    who: 'Shift 2',
    atMs: 5,
  })
  const incident = { clientId: randomUUID(), cityId: 'small', kind: 'incident', who: 'Shift 2', atMs: 6 }
  const words = '{"of":{"what":"words","title":"A tree on the road"}}'
  const allow = () => Promise.resolve()
  await records.deskAct(
    { ...incident, subject: incident.clientId, act: 'open', detail: words },
    undefined,
    allow,
  )
  await records.deskAct(
    { ...incident, clientId: randomUUID(), subject: incident.clientId, act: 'own', detail: '{}' },
    undefined,
    allow,
  )
  await publishOne(records)
  await records.configure('limits', { queueM: 180 }, 'console')
  await records.configure('limits', { queueM: 150 }, 'console')
}

/** A saved scenario, published and withdrawn. */
async function publishOne({ engine }: Records): Promise<void> {
  const version = { clientId: randomUUID(), cityId: 'small', parentId: null, otherId: null, isBranch: false }
  const scenario: Scenario = {
    citytwin: 'scenario',
    version: 1,
    title: 'Close the bridge',
    base: {
      city: 'small',
      data: '0123456789ab',
      model: '1',
      seed: 7,
      from: { kind: 'typical', date: '2024-03-12', at: '18:00' },
    },
    horizonS: 3600,
    edits: [{ kind: 'closeStreet', id: 'e1', links: [3] }],
  }
  await new VersionStore(engine).save({ ...version, document: writeScenario(scenario), view: '' }, 'planner')
  const publications = new PublicationStore(engine)
  const publication = { clientId: randomUUID(), cityId: 'small', versionId: version.clientId }
  await publications.publish({ ...publication, body: '{}', picture: '', publishedMs: 8 }, 'planner')
  const withdrawal = { clientId: randomUUID(), publicationId: publication.clientId }
  await publications.withdraw({ ...withdrawal, reason: 'The bridge has moved', withdrawnMs: 9 }, 'planner')
}

/** Does something in a transaction, looks at it, and takes it back. */
export async function pretend<T>(
  { db }: Engine,
  act: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T | 'refused by the engine'> {
  const trx = await db.startTransaction().execute()
  try {
    return await act(trx)
  } catch {
    return 'refused by the engine'
  } finally {
    await trx.rollback().execute()
  }
}

export async function rowsOf(engine: Engine, table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(engine.db)
  return rows
}
