/** How the tables came to be: numbered steps, forward only, each run once in the transaction that opens the records. */
import { sql, type Transaction } from 'kysely'
import { appendAudit, FIRST_HASH, hashOfRow } from './audit.ts'
import type { Engine } from './engine.ts'
import { RecordsError } from './recordsError.ts'
import type { Tables } from './schema.ts'

type Kind = Engine['kind']

interface Migration {
  readonly name: string
  up(db: Transaction<Tables>, kind: Kind): Promise<void>
}

/** The words in which the engines differ. Keys sort by their bytes on both. */
const words = {
  sqlite: { key: 'TEXT', integer: 'INTEGER', real: 'REAL', end: 'STRICT' },
  postgres: { key: 'TEXT COLLATE "C"', integer: 'BIGINT', real: 'DOUBLE PRECISION', end: '' },
} as const
// Of PostgreSQL's advisory lock that lets one program migrate at a time; any number that nobody else takes.
const MIGRATION_LOCK = 7_211_930

/** Version n is made by the n-th. Never edit one that was released: add another. */
const migrations: readonly Migration[] = [
  {
    // as the first versions made it, before there was a list of migrations
    name: 'requests',
    up: (db, kind) => {
      const { key, integer, real, end } = words[kind]
      return run(
        db,
        `CREATE TABLE IF NOT EXISTS requests (
          "clientId" ${key} PRIMARY KEY, "cityId" TEXT NOT NULL, "serviceCode" TEXT NOT NULL,
          lng ${real} NOT NULL, lat ${real} NOT NULL, description TEXT NOT NULL, "filedMs" ${integer} NOT NULL
        ) ${end}`,
      )
    },
  },
  {
    name: 'comments, scenarios, acknowledgements, configuration and audit',
    up: async (db, kind) => {
      const { key, integer, end } = words[kind]
      await run(
        db,
        `CREATE INDEX "requestsByTime" ON requests ("cityId", "filedMs")`,
        `CREATE TABLE scenarios (
          "clientId" ${key} PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, name TEXT NOT NULL, edits TEXT NOT NULL,
          "horizonS" ${integer} NOT NULL, "savedMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE INDEX "scenariosByTime" ON scenarios ("cityId", "savedMs")`,
        `CREATE TABLE comments (
          "clientId" ${key} PRIMARY KEY NOT NULL,
          "requestId" ${key} REFERENCES requests ("clientId"), "scenarioId" ${key} REFERENCES scenarios ("clientId"),
          text TEXT NOT NULL, language TEXT NOT NULL, "filedMs" ${integer} NOT NULL,
          CHECK (("requestId" IS NULL) <> ("scenarioId" IS NULL))
        ) ${end}`,
        `CREATE INDEX "commentsOfRequest" ON comments ("requestId")`,
        `CREATE INDEX "commentsOfScenario" ON comments ("scenarioId")`,
        `CREATE TABLE acknowledgements (
          "clientId" ${key} PRIMARY KEY NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL, "atMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE INDEX "acknowledgementsByTime" ON acknowledgements ("atMs")`,
        `CREATE TABLE configuration (
          key ${key} PRIMARY KEY NOT NULL, value TEXT NOT NULL, "changedMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE TABLE audit (
          seq ${integer} PRIMARY KEY NOT NULL, "atMs" ${integer} NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
          subject TEXT NOT NULL, detail TEXT NOT NULL, "previousHash" TEXT NOT NULL, hash TEXT NOT NULL
        ) ${end}`,
        `CREATE TABLE "auditHead" (
          id ${integer} PRIMARY KEY NOT NULL CHECK (id = 1), seq ${integer} NOT NULL, hash TEXT NOT NULL
        ) ${end}`,
        `INSERT INTO "auditHead" VALUES (1, 0, '${FIRST_HASH}')`,
        ...appendOnly[kind],
      )
      await adoptRequests(db)
    },
  },
  {
    name: 'what is done about alarms',
    up: (db, kind) => {
      const { key, integer, end } = words[kind]
      return run(
        db,
        `CREATE TABLE "alarmActs" (
          "clientId" ${key} PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, source ${integer} NOT NULL,
          act TEXT NOT NULL, "untilMs" ${integer} NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, "atMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE INDEX "alarmActsByTime" ON "alarmActs" ("cityId", "atMs")`,
      )
    },
  },
  {
    name: 'what is done about incidents, reports and shifts',
    up: (db, kind) => {
      const { key, integer, end } = words[kind]
      return run(
        db,
        `CREATE TABLE "deskActs" (
          "clientId" ${key} PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, subject ${key} NOT NULL,
          step ${integer} NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, who TEXT NOT NULL, "atMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE UNIQUE INDEX "deskActsBySubject" ON "deskActs" ("cityId", kind, subject, step)`,
        `CREATE INDEX "deskActsByTime" ON "deskActs" ("cityId", "atMs")`,
      )
    },
  },
  {
    name: 'versions of scenarios, and what is published',
    up: (db, kind) => {
      const { key, integer, end } = words[kind]
      return run(
        db,
        `CREATE TABLE "scenarioVersions" (
          "clientId" ${key} PRIMARY KEY NOT NULL REFERENCES scenarios ("clientId"), "cityId" TEXT NOT NULL,
          tree ${key} NOT NULL, branch ${key} NOT NULL, step ${integer} NOT NULL,
          "parentId" ${key} REFERENCES scenarios ("clientId"), "otherId" ${key} REFERENCES scenarios ("clientId"),
          hash TEXT NOT NULL, document TEXT NOT NULL, view TEXT NOT NULL, "savedMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE UNIQUE INDEX "versionsOfBranch" ON "scenarioVersions" (branch, step)`,
        `CREATE INDEX "versionsOfTree" ON "scenarioVersions" (tree, "savedMs")`,
        `CREATE INDEX "versionsByTime" ON "scenarioVersions" ("cityId", "savedMs")`,
        `CREATE TABLE publications (
          "clientId" ${key} PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL,
          "versionId" ${key} NOT NULL REFERENCES "scenarioVersions" ("clientId"),
          body TEXT NOT NULL, picture TEXT NOT NULL, "publishedMs" ${integer} NOT NULL
        ) ${end}`,
        `CREATE INDEX "publicationsByTime" ON publications ("cityId", "publishedMs")`,
        `CREATE INDEX "publicationsOfVersion" ON publications ("versionId")`,
        `CREATE TABLE withdrawals (
          "clientId" ${key} PRIMARY KEY NOT NULL,
          "publicationId" ${key} NOT NULL UNIQUE REFERENCES publications ("clientId"),
          reason TEXT NOT NULL, "withdrawnMs" ${integer} NOT NULL
        ) ${end}`,
      )
    },
  },
]

export const LATEST_VERSION = migrations.length

/** A change of the audit is refused by the engine itself, whoever asks. */
const appendOnly: Record<Kind, readonly string[]> = {
  sqlite: ['UPDATE', 'DELETE'].map(
    (change) => `CREATE TRIGGER "audit${change}" BEFORE ${change} ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END`,
  ),
  postgres: [
    `CREATE FUNCTION "refuseChange"() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$`,
    `CREATE TRIGGER "auditChange" BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION "refuseChange"()`,
  ],
}

/** Brings the tables to version `upTo`; throws when they are newer than this program. */
export async function migrate(db: Transaction<Tables>, kind: Kind, upTo = LATEST_VERSION): Promise<void> {
  const version = await versionOf(db, kind)
  if (version > LATEST_VERSION)
    throw new RecordsError(
      `the records are of version ${version} and this program knows version ${LATEST_VERSION}: start the newer Citytwin that wrote them`,
    )
  for (let number = version + 1; number <= upTo; number++) {
    const { name, up } = migrations[number - 1]
    await up(db, kind)
    await db.insertInto('migrations').values({ number, name, atMs: Date.now() }).execute()
  }
}

/** 0 is a database in which no migration has run. */
export async function versionOf(db: Transaction<Tables>, kind: Kind): Promise<number> {
  if (kind === 'postgres') await run(db, `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`)
  const { integer, end } = words[kind]
  await run(
    db,
    `CREATE TABLE IF NOT EXISTS migrations (
      number ${integer} PRIMARY KEY NOT NULL, name TEXT NOT NULL, "atMs" ${integer} NOT NULL
    ) ${end}`,
  )
  const { version } = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('number').as('version'))
    .executeTakeFirstOrThrow()
  return version ?? 0
}

/** Requests of before there was an audit are in it from now on. */
async function adoptRequests(db: Transaction<Tables>): Promise<void> {
  const requests = await db.selectFrom('requests').selectAll().orderBy('filedMs').execute()
  for (const request of requests) {
    await appendAudit(db, {
      atMs: Date.now(),
      actor: 'migration',
      action: 'adopt',
      subject: `request:${request.clientId}`,
      detail: { sha256: hashOfRow(request) },
    })
  }
}

async function run(db: Transaction<Tables>, ...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
