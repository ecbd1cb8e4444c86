/** What the server is told: flags and environment, read once, typed, refused with a sentence when wrong. */
import { parseArgs } from 'node:util'
import type { Doors } from './access/doorkeeper.ts'

export interface Config {
  readonly port: number
  /** Address to listen on; 0.0.0.0 with --lan. */
  readonly host: string
  readonly cityId: string
  /** Local clock time to begin at, seconds after midnight; undefined is the city's own time now. */
  readonly atS: number | undefined
  /** The day of `atS`, as 2026-11-27; undefined is today. */
  readonly date: string | undefined
  /** Simulated seconds per second. */
  readonly speed: number
  /** Of a run that is faster than 1. */
  readonly framesPerS: number
  /** Undefined is the city's own seed. */
  readonly seed: number | undefined
  readonly buildsPage: boolean
  /** Folder for what must outlive the server. */
  readonly stateFolder: string
  /** PostgreSQL for the records; undefined is SQLite in the state folder. */
  readonly databaseUrl: string | undefined
  readonly doors: Doors
  /** Where the recording is kept; a distributed log may stand here later. */
  readonly log: 'embedded'
  /** How much of the past is kept, hours; 0 records nothing. */
  readonly keepHours: number
  /** The recording never grows beyond this; the oldest hours go first. */
  readonly keepBytes: number
  /** Runs of the twin in one forecast; 0 makes none, undefined as many as the machine allows. */
  readonly forecastMembers: number | undefined
  /** The list of feeds that are taken (`feeds/declaration.ts`); undefined takes none. */
  readonly feedsFile: string | undefined
}

/** A setting that cannot be; its message is one sentence for the person at the terminal. */
export class ConfigError extends Error {}

const DEFAULT_PORT = 4400
const DEFAULT_CITY = 'montevideo'
// Faster than any machine here steps a town; a guard against slips of the keyboard.
const MAX_SPEED = 1000
const MAX_FRAMES_PER_S = 20
// Homes, schools and the customers of a telephone company share an address; one machine that opens this many is no visitor.
const SOCKETS_PER_ADDRESS = 200
const DEFAULT_KEEP_HOURS = 24
const MAX_KEEP_HOURS = 24 * 366
// Montevideo's day is well under one (`bench -- replay`).
const DEFAULT_KEEP_GB = 4
const MAX_FORECAST_MEMBERS = 100

/** What `--help` prints; `cities` are the ids of the cities there are. */
export function helpText(cities: readonly string[]): string {
  return `npm start -- [flags]   opens a city in the browser

  --city NAME   which city: ${cities.join(', ')}
  --at HH:MM    begin at this clock time of today, or as 2026-11-27T18:00 of another day; else the city's own time now
  --speed N     simulated seconds per second, 0.1 to ${MAX_SPEED}
  --seed N      seed of everything random
  --lan         open to the local network; prints links, tokens and a QR code
  --no-build    serve the page as it was last built
  --help        this text

PORT=${DEFAULT_PORT} is the port. All settings: public/docs/server.md`
}

/** Whether the text of help is all that was asked for. */
export function asksForHelp(argv: readonly string[]): boolean {
  return argv.includes('--help') || argv.includes('-h')
}

/** Reads `argv` (after the script's name) and `env`; `cities` are the ids of the cities there are. */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cities: readonly string[],
): Config {
  const flags = readFlags(argv)
  return {
    port: wholeNumber('PORT', env['PORT'] ?? String(DEFAULT_PORT), 1, 65_535),
    host: flags.lan === true ? '0.0.0.0' : '127.0.0.1',
    cityId: knownCity(flags.city ?? env['CITYTWIN_CITY'], cities),
    ...(flags.at === undefined ? { atS: undefined, date: undefined } : beginningOf(flags.at)),
    speed: flags.speed === undefined ? 1 : realNumber('--speed', flags.speed, 0.1, MAX_SPEED),
    framesPerS: wholeNumber(
      'CITYTWIN_FRAMES_PER_S',
      env['CITYTWIN_FRAMES_PER_S'] ?? '1',
      1,
      MAX_FRAMES_PER_S,
    ),
    seed: flags.seed === undefined ? undefined : wholeNumber('--seed', flags.seed, 0, 0xffffffff),
    buildsPage: flags['no-build'] !== true,
    ...readRecordsPlace(env),
    doors: readDoors(flags.lan === true, env),
    log: knownLog(env['CITYTWIN_LOG'] ?? 'embedded'),
    keepHours: realNumber(
      'CITYTWIN_KEEP_HOURS',
      env['CITYTWIN_KEEP_HOURS'] ?? String(DEFAULT_KEEP_HOURS),
      0,
      MAX_KEEP_HOURS,
    ),
    keepBytes:
      realNumber('CITYTWIN_KEEP_GB', env['CITYTWIN_KEEP_GB'] ?? String(DEFAULT_KEEP_GB), 0.01, 1e6) * 1e9,
    forecastMembers: forecastMembers(env['CITYTWIN_FORECAST_MEMBERS'] ?? ''),
    feedsFile: env['CITYTWIN_FEEDS'] === '' ? undefined : env['CITYTWIN_FEEDS'],
  }
}

/** Where the records are; of `env` alone, so that commands beside the server find the same. */
export function readRecordsPlace(
  env: Readonly<Record<string, string | undefined>>,
): Pick<Config, 'stateFolder' | 'databaseUrl'> {
  const url = env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL']
  // the address may hold a password: what came is not repeated
  if (url !== undefined && !/^postgres(ql)?:\/\//.test(url))
    throw new ConfigError('DATABASE_URL is no address of PostgreSQL, expected postgresql://…')
  return { stateFolder: stateFolderOf(env), databaseUrl: url }
}

/** The folder of what must outlive the server; programs beside it read the same. */
export function stateFolderOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['CITYTWIN_STATE'] ?? '.cache/state'
}

function readDoors(isLan: boolean, env: Readonly<Record<string, string | undefined>>): Doors {
  const trustedProxies = wholeNumber('CITYTWIN_TRUST_PROXY', env['CITYTWIN_TRUST_PROXY'] ?? '0', 0, 10)
  // behind a proxy the server is as open as the proxy is
  const isOpen = isLan || trustedProxies > 0
  const most = env['CITYTWIN_SOCKETS_PER_ADDRESS'] ?? String(SOCKETS_PER_ADDRESS)
  return {
    isOpen,
    trustedProxies,
    base: basePath(env['CITYTWIN_BASE'] ?? ''),
    socketsPerAddress: isOpen ? wholeNumber('CITYTWIN_SOCKETS_PER_ADDRESS', most, 1, 1_000_000) : Infinity,
  }
}

function basePath(text: string): string {
  const path = text.replace(/\/$/, '')
  if (path === '' || /^(\/[\w.~-]+)+$/.test(path)) return path
  throw new ConfigError(`CITYTWIN_BASE is ${JSON.stringify(text)}, expected a path such as /citytwin.`)
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        city: { type: 'string' },
        at: { type: 'string' },
        speed: { type: 'string' },
        seed: { type: 'string' },
        lan: { type: 'boolean' },
        'no-build': { type: 'boolean' },
      },
    }).values
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ')
    throw new ConfigError(
      `${sentence}. Flags are --city NAME, --at HH:MM, --speed N, --seed N, --lan, --no-build and --help.`,
      { cause: error },
    )
  }
}

function knownCity(asked: string | undefined, cities: readonly string[]): string {
  if (cities.length === 0)
    throw new ConfigError(
      'There is no city in data/cities. Make one with: npm run city -- SOURCE --name NAME',
    )
  if (asked === undefined) return cities.includes(DEFAULT_CITY) ? DEFAULT_CITY : cities[0]
  if (cities.includes(asked)) return asked
  throw new ConfigError(`There is no city called ${JSON.stringify(asked)}; there are: ${cities.join(', ')}.`)
}

function forecastMembers(text: string): number | undefined {
  if (text === '') return undefined
  return wholeNumber('CITYTWIN_FORECAST_MEMBERS', text, 0, MAX_FORECAST_MEMBERS)
}

function knownLog(asked: string): 'embedded' {
  if (asked === 'embedded') return asked
  throw new ConfigError(`CITYTWIN_LOG is ${JSON.stringify(asked)}; the one there is so far is "embedded".`)
}

function beginningOf(text: string): Pick<Config, 'atS' | 'date'> {
  const match = /^(?:(\d{4}-\d{2}-\d{2})T)?(\d{1,2}):(\d{2})$/.exec(text)
  const date = match?.[1]
  const hours = Number(match?.[2])
  const minutes = Number(match?.[3])
  // a day that the month has not, as 31 June, is read as one of the next
  const isDay = date === undefined || new Date(Date.parse(date) || 0).toISOString().startsWith(date)
  if (match === null || hours > 23 || minutes > 59 || !isDay)
    throw new ConfigError(
      `--at is ${JSON.stringify(text)}, expected a clock time such as 18:00, or of a day such as 2026-11-27T18:00.`,
    )
  return { atS: hours * 3600 + minutes * 60, date }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text)
  throw new ConfigError(
    `${name} is ${JSON.stringify(text)}, expected a whole number from ${least} to ${most}.`,
  )
}

function realNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new ConfigError(`${name} is ${JSON.stringify(text)}, expected a number from ${least} to ${most}.`)
}
