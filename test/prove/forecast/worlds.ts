/** Many worlds of one city, shared out among threads. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Readings, WorldSpec } from './world.ts'

/** The readings of each world, in their order. */
export async function runWorlds(specs: readonly WorldSpec[], threads: number): Promise<Readings[]> {
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
            worker.once('message', (message: { readings: Readings }) => {
              worker.off('error', reject)
              resolve(message.readings)
            })
            worker.postMessage({ index, spec: specs[index] })
          })
        }
      } finally {
        await worker.terminate()
      }
    }),
  )
  return found
}
