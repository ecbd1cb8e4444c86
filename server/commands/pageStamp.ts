/** Whether the built page is that of the sources: a hash of everything it is made from, kept beside it. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const rootFolder = fileURLToPath(new URL('../../', import.meta.url))
export const pageFolder = join(rootFolder, 'dist')
const stampFile = join(pageFolder, '.built')

/** What the page is made from. */
const sources = [
  'client',
  'twin',
  'data/recipes',
  'public',
  'server/commands/build.ts',
  'server/commands/leanMap.ts',
  'server/commands/leanMapParts.ts',
  'vite.config.ts',
  'package-lock.json',
]

/** A fingerprint of all sources of the page: names and bytes. */
export function sourceHash(): string {
  const hash = createHash('sha256')
  for (const source of sources) addPath(hash, source)
  return hash.digest('hex').slice(0, 16)
}

/** The fingerprint the built page carries; undefined when there is none. */
export function builtHash(): string | undefined {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : undefined
}

export const stampPath = stampFile

function addPath(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(rootFolder, path)
  if (!existsSync(full)) return
  const entries = readEntries(full)
  if (entries === undefined) hash.update(`${path}\0`).update(readFileSync(full))
  else for (const name of entries) addPath(hash, `${path}/${name}`)
}

/** The names in a folder in order, or undefined when it is a file. */
function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}
