/** `npm run city -- <source> --name <city>`: public data in, `data/cities/<city>/` out. Nothing half-made is left behind. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeCity, type MadeCity } from '../../data/recipes/makeCity.ts'
import { readSource } from './readSource.ts'
import { writeCity } from './writeCity.ts'

const CITIES = resolve(dirname(fileURLToPath(import.meta.url)), '../../data/cities')

const USAGE = `usage: npm run city -- <source> --name <city> [--gtfs FEED.zip] [--facts FILE.json] [--out FOLDER]
  <source>   an .osm.pbf file, or a folder of OSM-QA tiles (z-x-y.mvt)
  --name     the city's folder, lower-case letters, digits and dashes
  --gtfs     a published timetable, in place of a synthesised one
  --facts    name, country, time zone, population, climate (default: facts.json in the city's folder)
  --out      where the city's folder is made (default: data/cities)`

let last = { doing: '', share: -1 }

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
      gtfs: { type: 'string' },
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
  const feed =
    values.gtfs === undefined ? undefined : { name: basename(values.gtfs), zip: readWhole(values.gtfs) }
  const city = makeCity({ id, extract, facts: readFacts(values.facts, folder), feed }, say)
  const files = new Map(city.files)
  if (values.facts !== undefined) files.set('facts.json', readWhole(values.facts))
  const dropped = writeCity(folder, { info: city.info, files })
  for (const line of city.summary) process.stdout.write(`  ${line}\n`)
  if (dropped.length > 0)
    process.stdout.write(`  dropped, since the city has changed: ${dropped.join(', ')}\n`)
  process.stdout.write(`${city.info.name} is in ${folder}: ${sizeOf(city)}\n`)
}

/** A line for each thing begun, and one for every tenth of a long one. */
function say(doing: string, share: number): void {
  if (doing === last.doing && share - last.share < 0.1) return
  last = { doing, share }
  process.stdout.write(`${String(Math.round(share * 100)).padStart(3)} %  ${doing} …\n`)
}

function readFacts(path: string | undefined, folder: string): unknown {
  const file = path ?? join(folder, 'facts.json')
  if (path === undefined && !existsSync(file)) return {}
  try {
    return JSON.parse(readWhole(file).toString('utf8')) as unknown
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function readWhole(path: string): Buffer {
  if (!existsSync(path)) throw new Error(`${path} does not exist`)
  return readFileSync(path)
}

function sizeOf(city: MadeCity): string {
  let bytes = 0
  for (const file of city.files.values()) bytes += file.length
  return `${city.files.size} files, ${(bytes / 1e6).toFixed(1)} MB`
}
