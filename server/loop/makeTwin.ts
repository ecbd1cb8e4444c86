/** Makes the twins that the server's threads step: in the middle of the hour's life, or going on from a saved moment. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { City } from '../../twin/city.ts'
import { createTwin, type Twin, type TwinOptions } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm } from '../../twin/warmFile.ts'
import type { Fork } from './loopMessages.ts'

/** A twin that has come to `options.startMs`; its clock began a little before. A city without stored life begins empty. */
export async function warmTwin(city: City, folder: string, options: TwinOptions): Promise<Twin> {
  const path = join(folder, 'warm.bin.gz')
  const warm = existsSync(path) ? readWarm(await promisify(gunzip)(await readFile(path))) : undefined
  return createWarmTwin(city, warm, options)
}

/** Simulated seconds between two power flows: one at the city's own time, a minute in a run that is faster. */
export function solveEveryS(speed: number): number {
  return speed === 1 ? 1 : 60
}

/** A twin that goes on where `fork` was taken. */
export function resumeTwin(city: City, fork: Fork): Twin {
  const twin = createTwin(city, fork)
  twin.load(fork.state)
  return twin
}
