/** `npm run city -- <source> --name <city>`: public data in, `data/cities/<city>/` out. Nothing half-made is left behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeCity, type MadeCity } from '../../data/recipes/makeCity.ts'
import { readSource } from './readSource.ts'

const CITIES = resolve(dirname(fileURLToPath(import.meta.url)), '../../data/cities')

/** Inputs kept beside a city's files. */
const keptFiles: readonly string[] = ['facts.json']

const USAGE = `usage: npm run city -- <source> --name <city> [--facts FILE.json] [--out FOLDER]
  <source>   a folder of OSM-QA tiles (z-x-y.mvt)
  --name     the city's folder, lower-case letters, digits and dashes
  --facts    name, country, time zone, population, climate (default: facts.json in the city's folder)
  --out      where the city's folder is made (default: data/cities)`

try {
  run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`city: ${(error as Error).message}\n`)
  process.exitCode = 1
}

function run(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      facts: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return void process.stdout.write(`${USAGE}\n`)
  const [source] = positionals
  const id = values.name
  if (source === undefined || positionals.length > 1 || id === undefined)
    throw new Error(`expected one source and --name\n${USAGE}`)
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    throw new Error(`--name ${id}: expected lower-case letters, digits and dashes`)

  const folder = join(resolve(values.out ?? CITIES), id)
  say(`reading ${source}`, 0)
  const extract = readSource(source)
  const city = makeCity({ id, extract, facts: readFacts(values.facts, folder) }, say)
  writeCity(folder, city)
  for (const line of city.summary) process.stdout.write(`  ${line}\n`)
  process.stdout.write(`${city.info.name} is in ${folder}: ${sizeOf(city)}\n`)
}

function say(doing: string, share: number): void {
  process.stdout.write(`${String(Math.round(share * 100)).padStart(3)} %  ${doing} …\n`)
}

function readFacts(path: string | undefined, folder: string): unknown {
  const file = path ?? join(folder, 'facts.json')
  if (!existsSync(file)) {
    if (path === undefined) return {}
    throw new Error(`${path} does not exist`)
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

/** Writes beside the folder, then swaps; files the recipes do not make (facts, warm states) are carried over. */
function writeCity(folder: string, city: MadeCity): void {
  const fresh = `${folder}.making`
  const old = `${folder}.old`
  rmSync(fresh, { recursive: true, force: true })
  try {
    mkdirSync(fresh, { recursive: true })
    for (const [name, bytes] of city.files) writeFileSync(join(fresh, name), bytes)
    if (existsSync(folder)) {
      for (const name of readdirSync(folder)) {
        if (keptFiles.includes(name)) writeFileSync(join(fresh, name), readFileSync(join(folder, name)))
      }
      rmSync(old, { recursive: true, force: true })
      renameSync(folder, old)
    }
    renameSync(fresh, folder)
    rmSync(old, { recursive: true, force: true })
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
}

function sizeOf(city: MadeCity): string {
  let bytes = 0
  for (const file of city.files.values()) bytes += file.length
  return `${city.files.size} files, ${(bytes / 1e6).toFixed(1)} MB`
}
