/** `npm run build`: the page into dist/, each text file also as .br and .gz, and a stamp of what it was made from. */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { pageFolder, rootFolder, sourceHash, stampPath } from './pageStamp.ts'

const packable = new Set(['.html', '.js', '.css', '.svg', '.json', '.md', '.txt', '.webmanifest', '.wasm'])
// Smaller files gain nothing.
const LEAST_BYTES = 1024
// Brotli's best: some seconds, once, for 8 % less than 9 gives, a seventh of a second on a slow line.
const BROTLI_QUALITY = 11

async function pack(path: string): Promise<void> {
  const bytes = await readFile(path)
  const br = promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  const gz = promisify(gzip)(bytes, { level: 9 })
  await Promise.all([writeFile(`${path}.br`, await br), writeFile(`${path}.gz`, await gz)])
}

async function buildPage(): Promise<void> {
  const hash = sourceHash()
  await build({
    configFile: join(rootFolder, 'vite.config.ts'),
    logLevel: 'warn',
    // the sizes that matter are measured by `bench -- page`
    build: { chunkSizeWarningLimit: 5000 },
  })
  const files = readdirSync(pageFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(pageFolder, name))
    .filter((path) => packable.has(extname(path)) && statSync(path).size >= LEAST_BYTES)
  await Promise.all(files.map(pack))
  writeFileSync(stampPath, `${hash}\n`)
}

try {
  await buildPage()
} catch (error) {
  // vite's message holds file, line and reason; its stack is of no use to who wrote the file
  console.error((error as Error).message)
  process.exitCode = 1
}
