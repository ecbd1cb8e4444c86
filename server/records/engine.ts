/** Opens the database that the records are in: SQLite in the state folder, or PostgreSQL when there is a DATABASE_URL. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Kysely, type Transaction } from 'kysely'
import { NodeSqliteDialect, openSqlite } from './nodeSqlite.ts'
import { postgresDialect } from './postgres.ts'
import { RecordsError } from './recordsError.ts'
import type { KeptTable, RecordTable, Row, Tables } from './schema.ts'

/** Where the records are. */
export interface RecordsPlace {
  readonly stateFolder: string
  /** PostgreSQL's address; undefined is SQLite in the state folder. */
  readonly databaseUrl: string | undefined
}

export interface Engine {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<Tables>
}

export type Database = Kysely<Tables> | Transaction<Tables>

// The file has the name it had when it held nothing but requests.
const SQLITE_FILE = 'requests.sqlite'

/** Opens, and makes SQLite's file when it is missing, unless it `mustExist`. The tables are `migrations.ts`'s business. */
export async function openEngine(place: RecordsPlace, mustExist = false): Promise<Engine> {
  if (place.databaseUrl !== undefined) {
    return { kind: 'postgres', db: new Kysely<Tables>({ dialect: await postgresDialect(place.databaseUrl) }) }
  }
  const file = resolve(join(place.stateFolder, SQLITE_FILE))
  if (mustExist && !existsSync(file))
    throw new RecordsError(`there are no records in ${place.stateFolder}; CITYTWIN_STATE names their folder`)
  const database = openSqlite(file)
  return { kind: 'sqlite', db: new Kysely<Tables>({ dialect: new NodeSqliteDialect({ database }) }) }
}

/** Everything as of one moment, while others write. */
export function snapshot<T>(db: Kysely<Tables>, read: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(read)
}

/** For code that walks all tables alike: every row is named cells. */
export function untyped<T extends RecordTable = KeptTable>(db: Database): Kysely<Record<T, Row>> {
  return db as unknown as Kysely<Record<T, Row>>
}
