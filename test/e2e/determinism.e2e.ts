/** Same scenario file, same bytes after a simulated hour of a real city: in Node, in a Chromium worker and in a Firefox worker. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { runAndHash } from '../../twin/scenario/runAndHash.ts'
import { expectThat, type Case, type FirefoxCase } from './case.ts'
import { Firefox } from './firefox.ts'
import { PHONE } from './pages.ts'
import { startWorkerPage, type WorkerPage } from './workerPage.ts'

const CITY = 'astana'
const SEED = 7
const SECONDS = 3600

/** Runs the hour here and, by `hashOf`, in the browser. */
async function compare(hashOf: (page: WorkerPage) => Promise<number>): Promise<void> {
  const city = await openCity(citiesFolder, CITY)
  const page = await startWorkerPage(city)
  try {
    const there = await hashOf(page)
    const here = runAndHash(await readDatasets(city), SEED, SECONDS)
    expectThat(there === here, `the same fingerprint there (${there}) as in Node (${here})`)
  } finally {
    page.close()
  }
}

export const cases: readonly Case[] = [
  {
    name: 'the page of a server carries no engine, which only the demo loads',
    async run() {
      const built = readdirSync(join(import.meta.dirname, '../../dist/assets'))
      expectThat(
        built.some((name) => name.startsWith('replay.worker')),
        'the page is built',
      )
      const engine = built.filter((name) => name.startsWith('twin'))
      expectThat(engine.length === 0, `no engine in it, got ${engine.join(', ')}`)
    },
  },
  {
    name: 'an hour of a scenario gives the same bytes in a Chromium worker as in Node',
    run: ({ browser }) =>
      compare(async ({ address }) => {
        const page = await browser.newPage()
        try {
          await page.goto(address)
          return await page.evaluate<number>(`window.hashOf(${SEED}, ${SECONDS})`)
        } finally {
          await page.close()
        }
      }),
  },
]

export const firefoxCases: readonly FirefoxCase[] = [
  {
    name: 'an hour of a scenario gives the same bytes in a Firefox worker as in Node',
    run: (_address, path) =>
      compare(async ({ address }) => {
        const firefox = await Firefox.launch(path)
        try {
          const page = await firefox.open(address, ...PHONE)
          return await firefox.evaluate<number>(page, `window.hashOf(${SEED}, ${SECONDS})`)
        } finally {
          await firefox.close()
        }
      }),
  },
]
