/**
 * Moments of the live city that scenarios begin from, kept as files under the hash of their state, so that whoever opens such a
 * scenario goes on from the very same second. The newest few are kept; what is gone is said to be gone.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { columnTypeOf, type ColumnType } from '../../twin/kernel/columns.ts'
import { readColumnsFile, writeColumnsFile } from '../../twin/kernel/columnsFile.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { MODEL_VERSION } from '../../twin/scenario/document.ts'
import type { Fork, RunFacts } from './loopMessages.ts'

const MOST_KEPT = 40
const ENDING = '.moment.gz'

interface Meta extends RunFacts {
  readonly data: string
  readonly model: string
  readonly columns: Readonly<Record<string, ColumnType>>
}

export class Moments {
  private readonly folder: string
  private readonly fork: () => Promise<Fork>
  /** By path. */
  private readonly writing = new Map<string, Promise<void>>()

  constructor(folder: string, fork: () => Promise<Fork>) {
    this.folder = folder
    this.fork = fork
  }

  /** Keeps the live city as it is now; gives the name of its state. `data` is the version of the city's files. */
  async keep(data: string): Promise<string> {
    const { state, ...facts } = await this.fork()
    const columns = Object.fromEntries(
      Object.entries(state).map(([name, column]) => [name, columnTypeOf(column)]),
    )
    const meta: Meta = { ...facts, data, model: MODEL_VERSION, columns }
    const file = writeColumnsFile({ state: columns }, { state } as never, meta)
    const hash = createHash('sha256').update(file).digest('hex').slice(0, 16)
    mkdirSync(this.folder, { recursive: true })
    const path = this.pathOf(hash)
    if (!existsSync(path)) await this.write(path, file)
    this.forget()
    return hash
  }

  /** Throws with a sentence when it is not kept, or was of other data or another model. */
  async read(hash: string, data: string): Promise<Fork> {
    const path = this.pathOf(hash)
    if (!/^[0-9a-f]{16}$/.test(hash) || !existsSync(path))
      throw new Error(
        `the moment ${hash} is not kept on this server (it keeps the ${MOST_KEPT} used last): begin now, or at a typical hour`,
      )
    const file = await promisify(gunzip)(await readFile(path))
    // written by `keep`, whose name for it is the hash of its bytes
    const meta = readColumnsFile({}, file).meta as Meta
    if (meta.data !== data || meta.model !== MODEL_VERSION)
      throw new Error(
        `the moment ${hash} is of data ${meta.data} and model ${meta.model}, this is ${data} and ${MODEL_VERSION}: begin now, or at a typical hour`,
      )
    const { tables } = readColumnsFile({ state: meta.columns }, file)
    const now = new Date()
    utimesSync(path, now, now)
    const { seed, startMs, utcOffsetS } = meta
    return { seed, startMs, utcOffsetS, state: tables.state as SavedState }
  }

  /** Once, however many keep the same moment. */
  private write(path: string, file: Uint8Array): Promise<void> {
    const underWay = this.writing.get(path)
    if (underWay !== undefined) return underWay
    const written = writeWhole(path, file).finally(() => this.writing.delete(path))
    this.writing.set(path, written)
    return written
  }

  private pathOf(hash: string): string {
    return join(this.folder, `${hash}${ENDING}`)
  }

  private forget(): void {
    const kept = readdirSync(this.folder)
      .filter((name) => name.endsWith(ENDING))
      .map((name) => ({ name, usedMs: statSync(join(this.folder, name)).mtimeMs }))
      .sort((a, b) => b.usedMs - a.usedMs)
    for (const { name } of kept.slice(MOST_KEPT)) rmSync(join(this.folder, name))
  }
}

/** Under its name only when it is whole. */
async function writeWhole(path: string, file: Uint8Array): Promise<void> {
  await writeFile(`${path}.partial`, await promisify(gzip)(file, { level: 1 }))
  await rename(`${path}.partial`, path)
}
