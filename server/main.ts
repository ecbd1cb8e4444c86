/** `npm start`: reads what it was told, opens the port, builds the page when it is stale, and says what it does as it does it. */
import { spawn } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { renderUnicodeCompact } from 'uqr'
import { linkPath } from './access/token.ts'
import { builtHash, pageFolder, rootFolder, sourceHash } from './commands/pageStamp.ts'
import { asksForHelp, ConfigError, helpText, readConfig, type Config } from './config.ts'
import { citiesFolder, listCities } from './loop/cityFolder.ts'
import { RecordsError } from './records/recordsError.ts'
import { serve, type Served } from './serve.ts'

/** Milliseconds that an end in good order may take. */
const MOST_ENDING_MS = 15_000

const log = (line: string) => console.log(line)

async function main(argv: readonly string[]): Promise<void> {
  const config = readConfig(argv, process.env, listCities(citiesFolder))
  const startMs = performance.now()
  const since = (fromMs: number) => `${((performance.now() - fromMs) / 1000).toFixed(1)} s`
  const served = await serve({
    config,
    root: citiesFolder,
    docsFolder: join(rootFolder, 'public/docs'),
    liveWorker: new URL('./loop/twin.worker.ts', import.meta.url),
    scenarioWorker: new URL('./loop/scenario.worker.ts', import.meta.url),
    forecastWorker: new URL('./loop/forecast.worker.ts', import.meta.url),
    log,
  })
  const { base } = config.doors
  log(`Citytwin is at http://localhost:${config.port}${base}/ (still starting; Ctrl-C ends it)`)
  showTokens(served, config)
  endCleanly(served)
  const city = await served.cityReady.catch((error: Error) => {
    throw new ConfigError(`The city ${config.cityId} cannot be loaded: ${error.message}`)
  })
  log(`City: ${city.info.name}, ${city.network.links.lengthM.length} links (${since(startMs)})`)
  await openPage(served, config, since)
  await served.firstFrame
  const clock = new Date(served.context.live.timeMs ?? 0).toLocaleTimeString('en-GB', {
    timeZone: city.info.timeZone,
  })
  log(`${city.info.name} is running; its clock shows ${clock} (${since(startMs)} after the start)`)
  log(
    `Open http://localhost:${config.port}${base}/  (also ${base}/plan, ${base}/desk and ${base}/wall; ${base}/wall?setup hangs a wall)`,
  )
  if (config.host === '0.0.0.0') showAddress(config)
  served.context.scenarios.prepare()
}

/** Serves the built page; builds it before when its sources have changed. */
async function openPage(served: Served, config: Config, since: (fromMs: number) => string): Promise<void> {
  const fromMs = performance.now()
  const hash = sourceHash()
  if (builtHash() !== hash && config.buildsPage) {
    log('Building the page …')
    await buildPage()
    log(`Built the page (${since(fromMs)})`)
  } else if (builtHash() === undefined) log('There is no built page, and --no-build says not to make one.')
  if (builtHash() === undefined) return
  served.context.page = pageFolder
  served.setBuild(builtHash() ?? '')
}

/** In a process of its own, so that the build's work and memory are not the server's. */
function buildPage(): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(rootFolder, 'server/commands/build.ts')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', (code) => {
      if (code === 0) done()
      else failed(new ConfigError('The page could not be built; what vite said is above.'))
    })
  })
}

/** Once, at the first start of an open server: nothing but hashes is kept of them. */
function showTokens({ context }: Served, config: Config): void {
  if (!config.doors.isOpen) return
  const made = context.doorkeeper.firstTokens(Date.now())
  const address = lanAddress(config) ?? `http://localhost:${config.port}${config.doors.base}/`
  for (const { role, text } of made)
    log(
      `Token for ${role === 'wall' ? 'walls' : 'planners'}, shown only now: ${address}${linkPath(role, text)}`,
    )
  log('Viewing and reporting are open to all; /plan, /desk and /wall ask for a token. More: npm run access')
}

/** Where an open server is met; undefined when it is on loopback, or there is no network. */
function lanAddress({ host, port, doors }: Config): string | undefined {
  if (host !== '0.0.0.0') return undefined
  const addresses = Object.values(networkInterfaces())
    .flat()
    .filter((found) => found !== undefined && found.family === 'IPv4' && !found.internal)
  const [first] = addresses
  return first && `http://${first.address}:${port}${doors.base}/`
}

function showAddress(config: Config): void {
  const url = lanAddress(config)
  if (url === undefined) {
    log('--lan: this machine has no address on a local network.')
    return
  }
  log(`On the local network: ${url}\n${renderUnicodeCompact(url, { border: 2 })}`)
}

function endCleanly(served: Served): void {
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // a second Ctrl-C does not wait
      if (isEnding) process.exit(130)
      isEnding = true
      log('Ending.')
      // what cannot be closed in good order does not keep the process
      setTimeout(() => process.exit(1), MOST_ENDING_MS).unref()
      void served.close().then(() => process.exit(0))
    })
  }
}

try {
  const argv = process.argv.slice(2)
  if (asksForHelp(argv)) log(helpText(listCities(citiesFolder)))
  else await main(argv)
} catch (error) {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    console.error(
      `Port ${port} is taken by another program. End it, or choose another port: PORT=${(port ?? 4400) + 1} npm start`,
    )
  else if (code === 'EACCES')
    console.error(`Port ${port} may not be opened by this user; choose one above 1023.`)
  else console.error(error instanceof ConfigError || error instanceof RecordsError ? error.message : error)
  process.exit(1)
}
