/** `npm run dev`: the page from vite with hot reload, the server started again on every change, all on one port. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'
import { ConfigError, readConfig } from '../config.ts'
import { citiesFolder, listCities } from '../loop/cityFolder.ts'
import { rootFolder } from './pageStamp.ts'

/** What the server answers; everything else is the page. */
const served = ['/api', '/city', '/tiles', '/socket.io', '/health', '/metrics', '/docs']

const flags = process.argv.slice(2)
const port = portOf(flags)
const serverPort = port + 1

const server = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', join(rootFolder, 'server/main.ts'), ...flags, '--no-build'],
  { stdio: 'inherit', env: { ...process.env, PORT: String(serverPort) } },
)
const page = await createServer({
  configFile: join(rootFolder, 'vite.config.ts'),
  server: {
    port,
    strictPort: true,
    host: flags.includes('--lan') ? '0.0.0.0' : '127.0.0.1',
    proxy: Object.fromEntries(
      served.map((path) => [path, { target: `http://127.0.0.1:${serverPort}`, ws: path === '/socket.io' }]),
    ),
  },
})
await page.listen()
console.log(`The page with reload is at http://localhost:${port}/ (the server behind it: ${serverPort}).`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.kill(signal)
    void page.close().then(() => process.exit(0))
  })
}

function portOf(argv: readonly string[]): number {
  try {
    return readConfig(argv, process.env, listCities(citiesFolder)).port
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
