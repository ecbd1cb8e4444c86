/** Same scenario file, same bytes after a simulated hour of a real city: in Node, in a Chromium worker and in a Firefox worker. */
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { runAndHash } from '../../twin/scenario/runAndHash.ts'
import { expectThat, type Case, type FirefoxCase } from './case.ts'
import { Firefox } from './firefox.ts'
import { DESK, PHONE, untilCity } from './pages.ts'
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
    name: 'the page of a server loads no engine until somebody opens a town of his own',
    async run({ open }) {
      const page = await open('/plan?movers=0', ...DESK)
      await untilCity(page)
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => name),
      )
      const engine = loaded.filter((name) => /(twin|run|town)\.worker|twinSource|connectTown/.test(name))
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
