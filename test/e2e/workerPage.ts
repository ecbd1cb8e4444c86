/** A page with nothing but the twin's browser worker, for any browser to run the fixed run of `twin/scenario/runAndHash.ts` in. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { CityFolder, DatasetName } from '../../server/loop/cityFolder.ts'

const workerSource = join(import.meta.dirname, '../../client/source/twin.worker.ts')

export interface WorkerPage {
  /** `window.hashOf(seed, seconds)` of the page gives a promise of the fingerprint. */
  readonly address: string
  close(): void
}

/** Builds the worker as the page is built, and serves it with a city's datasets. */
export async function startWorkerPage(city: CityFolder): Promise<WorkerPage> {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-worker-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2023',
      rollupOptions: { input: workerSource, output: { entryFileNames: 'worker.js', format: 'es' } },
    },
  })
  const worker = readFileSync(join(folder, 'worker.js'))
  rmSync(folder, { recursive: true })
  const urls = Object.fromEntries([...city.datasets.keys()].map((name) => [name, `/city/${name}`]))
  const page = `<!doctype html><html lang="en"><head><title>worker</title><link rel="icon" href="data:," /></head><body><script type="module">
    const worker = new Worker('/worker.js', { type: 'module' })
    const ask = (message) => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.kind === 'failed' ? reject(new Error(data.error)) : resolve(data))
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage(message)
    })
    const load = ${JSON.stringify({ kind: 'load', place: { info: city.info, urls } })}
    window.hashOf = async (seed, seconds) => {
      await ask(load)
      return (await ask({ kind: 'hash', seed, seconds })).hash
    }
  </script></body></html>`

  const server = createServer((request, response) => {
    const name = request.url?.replace('/city/', '') as DatasetName
    const dataset = city.datasets.get(name)
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end(page)
    else if (request.url === '/worker.js') response.setHeader('Content-Type', 'text/javascript').end(worker)
    else if (dataset === undefined) response.writeHead(404).end()
    else response.end(dataset.gzipped)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  }
}
