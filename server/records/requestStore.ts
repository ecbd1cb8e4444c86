/** What people report, kept for good before it is answered: one SQLite file in the state folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { FileRequest } from '../../twin/protocol/messages.ts'

export interface StoredRequest extends FileRequest {
  readonly cityId: string
  /** Wall time it was filed, Unix milliseconds. */
  readonly filedMs: number
}

export class RequestStore {
  private readonly database: DatabaseSync

  /** Makes `folder` when it is missing. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.database = new DatabaseSync(join(folder, 'requests.sqlite'))
    this.database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS requests (
        clientId TEXT PRIMARY KEY, cityId TEXT NOT NULL, serviceCode TEXT NOT NULL,
        lng REAL NOT NULL, lat REAL NOT NULL, description TEXT NOT NULL, filedMs INTEGER NOT NULL
      ) STRICT;`)
  }

  /** Keeps a request; the same clientId is kept once. */
  add(request: StoredRequest): void {
    const { clientId, cityId, serviceCode, lng, lat, description, filedMs } = request
    this.database
      .prepare('INSERT OR IGNORE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(clientId, cityId, serviceCode, lng, lat, description, filedMs)
  }

  /** A city's requests filed at `sinceMs` or later, oldest first. */
  since(cityId: string, sinceMs: number): StoredRequest[] {
    const rows = this.database
      .prepare('SELECT * FROM requests WHERE cityId = ? AND filedMs >= ? ORDER BY filedMs')
      .all(cityId, sinceMs)
    // the columns are those of the table declared above
    return rows as unknown as StoredRequest[]
  }

  close(): void {
    this.database.close()
  }
}
