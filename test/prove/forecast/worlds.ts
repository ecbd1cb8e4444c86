/** Many worlds of one city, shared out among threads. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Readings, WorldSpec } from './world.ts'

/** The readings of each world, in their order; `log` hears of each that is done, for it takes long. */
export async function runWorlds(
  specs: readonly WorldSpec[],
  threads: number,
  log: (line: string) => void,
): Promise<Readings[]> {
  const found: Readings[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(threads, specs.length) }, async () => {
      const worker = new Worker(join(import.meta.dirname, 'world.worker.ts'), { workerData: specs[0].cityId })
      try {
        while (next < specs.length) {
          const index = next++
          found[index] = await new Promise<Readings>((resolve, reject) => {
            worker.once('error', reject)
            worker.once('message', (readings: Readings) => {
              worker.off('error', reject)
              resolve(readings)
            })
            worker.postMessage(specs[index])
          })
          log(`  ${Object.keys(found).length} of ${specs.length} worlds run`)
        }
      } finally {
        await worker.terminate()
      }
    }),
  )
  return found
}
