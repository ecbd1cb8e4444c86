/** Towns that this browser keeps, in IndexedDB: what each is, and its files as `npm run city` would write them. Nothing leaves the machine. */
import type { MadeCity } from '../../../data/recipes/makeCity.ts'
import { TownFault } from './townFault.ts'

const DATABASE = 'citytwin-towns'
const VERSION = 1
const TOWNS = 'towns'
const FILES = 'files'

export interface KeptTown {
  readonly id: string
  readonly name: string
  /** Names of the files it was made of. */
  readonly from: readonly string[]
  readonly madeMs: number
  readonly bytes: number
  /** One line each, as the recipes say it. */
  readonly summary: readonly string[]
}

/** Newest first. */
export async function listTowns(): Promise<KeptTown[]> {
  const towns = await within<KeptTown[]>('readonly', (all) => all.objectStore(TOWNS).getAll())
  return towns.sort((a, b) => b.madeMs - a.madeMs)
}

/** Keeps a town in place of an earlier one of its name. Throws `TownFault` when the browser has no room for it. */
export async function keepTown(
  { info, files, summary }: MadeCity,
  from: readonly string[],
  madeMs: number,
): Promise<KeptTown> {
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0)
  const town: KeptTown = { id: info.id, name: info.name, from, madeMs, bytes, summary }
  try {
    await within('readwrite', (all) => {
      all.objectStore(FILES).delete(filesOf(info.id))
      for (const [name, file] of files) all.objectStore(FILES).put(file, [info.id, name])
      return all.objectStore(TOWNS).put(town)
    })
  } catch (error) {
    throw new TownFault('noRoom', { came: Math.ceil(bytes / 1e6), why: (error as Error).message })
  }
  return town
}

/** The bytes of one of its files; undefined when it has none of this name, or the town is not kept. */
export function readTownFile(id: string, file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return within('readonly', (all) => all.objectStore(FILES).get([id, file]))
}

export async function forgetTown(id: string): Promise<void> {
  await within('readwrite', (all) => {
    all.objectStore(FILES).delete(filesOf(id))
    return all.objectStore(TOWNS).delete(id)
  })
}

function filesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []])
}

/** The answer to what `ask` asks, once all that it asked is done; rejects when any of it failed. */
async function within<T>(mode: IDBTransactionMode, ask: (all: IDBTransaction) => IDBRequest): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const all = database.transaction([TOWNS, FILES], mode)
      const request = ask(all)
      all.oncomplete = () => resolve(request.result as T)
      all.onerror = () => reject(all.error ?? new Error('the browser kept nothing'))
      all.onabort = () => reject(all.error ?? new Error('the browser kept nothing'))
    })
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') return reject(new Error('this browser keeps nothing for a page'))
    const request = indexedDB.open(DATABASE, VERSION)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TOWNS, { keyPath: 'id' })
      request.result.createObjectStore(FILES)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
    request.onblocked = () => reject(new Error('another tab of this page is in the way'))
  })
}
