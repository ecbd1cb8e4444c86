/** Puts a made city on disk: first beside its folder, then in its place, so that a stop half-way leaves the old one whole. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CityInfo } from '../../twin/city.ts'
import { jsonBytes } from '../../data/recipes/makeCity.ts'
import { withFiles } from '../../data/recipes/provenance.ts'

/** Inputs that are kept whatever is made. */
const INPUTS: readonly string[] = ['facts.json']
/** Made from the city by running it; they are kept as long as what they were made from stays the same. */
const RUN_FROM_CITY: readonly string[] = ['warm.bin.gz', 'yesterday.bin.gz']
const RUN_NEEDS: readonly string[] = [
  'network.bin.gz',
  'zones.bin.gz',
  'transit.bin.gz',
  'grid.bin.gz',
  'weather.bin.gz',
]

/** Gives the names of the files that were dropped because the city they were run from has changed. */
export function writeCity(
  folder: string,
  city: { readonly info: CityInfo; readonly files: ReadonlyMap<string, Uint8Array> },
): string[] {
  const fresh = `${folder}.making`
  const old = `${folder}.old`
  rmSync(fresh, { recursive: true, force: true })
  try {
    mkdirSync(fresh, { recursive: true })
    for (const [name, bytes] of city.files) writeFileSync(join(fresh, name), bytes)
    const before = existsSync(folder) ? readdirSync(folder) : []
    const isSame = RUN_NEEDS.every((name) => isUnchanged(join(folder, name), city.files.get(name)))
    const kept = before.filter((name) => INPUTS.includes(name) || (isSame && RUN_FROM_CITY.includes(name)))
    for (const name of kept)
      if (!city.files.has(name)) writeFileSync(join(fresh, name), readFileSync(join(folder, name)))
    writeFileSync(
      join(fresh, 'city.json'),
      jsonBytes(
        withFiles(city.info, [...new Set([...kept, ...INPUTS.filter((name) => city.files.has(name))])]),
      ),
    )
    if (before.length > 0) {
      rmSync(old, { recursive: true, force: true })
      renameSync(folder, old)
    }
    renameSync(fresh, folder)
    rmSync(old, { recursive: true, force: true })
    return before.filter((name) => RUN_FROM_CITY.includes(name) && !kept.includes(name))
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
}

function isUnchanged(path: string, bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined || !existsSync(path)) return bytes === undefined && !existsSync(path)
  return readFileSync(path).equals(bytes)
}
