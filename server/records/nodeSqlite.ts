/** Kysely's SQLite dialect on Node's own SQLite. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely'

// How long a write waits for another process's, milliseconds.
const BUSY_TIMEOUT_MS = 5000

/** Opens or makes `file`. A commit is on the disk when it returns: synchronous FULL. */
export function openSqlite(file: string): SqliteDatabase {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
  return {
    close: () => database.close(),
    prepare: (sql) => new Statement(database.prepare(sql)),
  }
}

export class NodeSqliteDialect extends SqliteDialect {
  private readonly settings: SqliteDialectConfig

  constructor(settings: SqliteDialectConfig) {
    super(settings)
    this.settings = settings
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.settings)
  }
}

class NodeSqliteDriver extends SqliteDriver {
  /** One that writes waits for its turn at its beginning; a read-only one is a snapshot and holds nobody up. */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const isReader = settings?.accessMode === 'read only'
    await connection.executeQuery(CompiledQuery.raw(isReader ? 'begin' : 'begin immediate'))
  }
}

class Statement implements SqliteStatement {
  readonly reader: boolean
  private readonly statement: StatementSync

  constructor(statement: StatementSync) {
    this.statement = statement
    this.reader = statement.columns().length > 0
  }

  all(parameters: readonly unknown[]): unknown[] {
    // Node's rows have no prototype; Kysely's others do
    return this.statement.all(...bound(parameters)).map((row) => ({ ...row }))
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.statement.run(...bound(parameters))
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.statement.iterate(...bound(parameters))
  }
}

/** Node refuses what SQLite cannot hold, so the check is its. */
function bound(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
