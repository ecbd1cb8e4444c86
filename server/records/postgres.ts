/** Kysely's PostgreSQL dialect, with the `pg` package fetched only when somebody asks for PostgreSQL. */
import { CompiledQuery, PostgresDialect, type Dialect } from 'kysely'
import { RecordsError } from './recordsError.ts'

// Writes queue behind the audit's head anyway.
const MAX_CONNECTIONS = 4
const CONNECT_TIMEOUT_MS = 5000
// PostgreSQL's number for BIGINT; ours are milliseconds and counts, far below 2^53.
const BIGINT_OID = 20

export async function postgresDialect(url: string): Promise<Dialect> {
  const pg = await import('pg').catch((error: Error) => {
    throw new RecordsError(
      'DATABASE_URL asks for PostgreSQL, but the package pg is not installed; install it with: npm install --include=optional',
      { cause: error },
    )
  })
  const { Pool, types } = pg.default
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === BIGINT_OID ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  })
  // A connection that breaks is replaced at the next query; the query it was used by fails and says so. Unheard, either
  // event would end the server.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('set synchronous_commit = on'))
    },
  })
}
