/**
 * Forecasts and what came, kept on disk: `forecasts.jsonl`, a line for each forecast and for each observation that scored some,
 * of the last day; and `scores.json`, what all forecasts so far have taught, kept on. Both survive a torn write.
 */
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeScores, type Scores } from '../../twin/forecast/scores.ts'

// Of the scores' shape; others are begun anew.
const VERSION = 1
const TRIM_EVERY_MS = 3_600_000

export interface Tally {
  /** City time of the first forecast that was scored; undefined before. */
  sinceMs: number | undefined
  /** Of which at least one lead was scored. */
  forecasts: number
  scores: Scores
}

/** `atMs` is the wall clock's time of writing, by which lines grow old. */
interface Line {
  readonly atMs: number
}

export interface ForecastStoreOptions {
  /** Of one city; made when it is not there. */
  readonly folder: string
  readonly keepMs: number
  readonly nowMs: () => number
  readonly log: (line: string) => void
}

export class ForecastStore {
  readonly tally: Tally
  private readonly options: ForecastStoreOptions
  private trimmedAtMs: number
  private isFailing = false
  private last: Promise<void> = Promise.resolve()

  private constructor(options: ForecastStoreOptions, tally: Tally) {
    this.options = options
    this.tally = tally
    this.trimmedAtMs = options.nowMs()
  }

  static async open(options: ForecastStoreOptions): Promise<ForecastStore> {
    await mkdir(options.folder, { recursive: true })
    const store = new ForecastStore(
      options,
      await readTally(join(options.folder, 'scores.json'), options.log),
    )
    await store.trim()
    return store
  }

  /** Adds a line; what cannot be written is said once in the log, and forecasting goes on. */
  add(entry: object): void {
    const line: Line = { atMs: this.options.nowMs(), ...entry }
    this.queue(() => appendFile(this.linesPath, `${JSON.stringify(line)}\n`))
    if (line.atMs - this.trimmedAtMs < TRIM_EVERY_MS) return
    this.trimmedAtMs = line.atMs
    this.queue(() => this.trim())
  }

  /** Writes the tally as it is now. */
  saveTally(): void {
    const text = JSON.stringify({ version: VERSION, ...this.tally })
    this.queue(() => replace(join(this.options.folder, 'scores.json'), text))
  }

  /** The lines that are kept, oldest first. */
  async lines(): Promise<unknown[]> {
    await this.last
    return (await this.kept()).map((line): unknown => JSON.parse(line))
  }

  /** Resolves when all is written. */
  close(): Promise<void> {
    return this.last
  }

  private get linesPath(): string {
    return join(this.options.folder, 'forecasts.jsonl')
  }

  private async trim(): Promise<void> {
    const kept = await this.kept()
    await replace(this.linesPath, kept.map((line) => `${line}\n`).join(''))
  }

  /** Lines young enough; a torn one, as a power cut leaves it at the end, is dropped. */
  private async kept(): Promise<string[]> {
    const oldestMs = this.options.nowMs() - this.options.keepMs
    const text = (await readIfThere(this.linesPath)) ?? ''
    return text.split('\n').filter((line) => line !== '' && (atMsOf(line) ?? -Infinity) >= oldestMs)
  }

  private queue(write: () => Promise<void>): void {
    this.last = this.last.then(write).then(
      () => {
        this.isFailing = false
      },
      (error: Error) => {
        if (!this.isFailing) this.options.log(`Forecasts cannot be kept: ${error.message}`)
        this.isFailing = true
      },
    )
  }
}

async function readTally(path: string, log: (line: string) => void): Promise<Tally> {
  const none: Tally = { sinceMs: undefined, forecasts: 0, scores: makeScores() }
  const text = await readIfThere(path)
  if (text === undefined) return none
  try {
    // written by `saveTally` alone
    const { version, ...tally } = JSON.parse(text) as Tally & { version: number }
    if (version === VERSION) return tally
    log(`${path}: version ${version}, expected ${VERSION}; the scores begin anew.`)
  } catch (error) {
    log(`${path}: ${(error as Error).message}; the scores begin anew.`)
  }
  return none
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** All or nothing: a reader never meets half a file. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

function atMsOf(line: string): number | undefined {
  try {
    const { atMs } = JSON.parse(line) as { atMs?: unknown }
    return typeof atMs === 'number' ? atMs : undefined
  } catch {
    return undefined
  }
}
