/** One feed as it is taken: looked at by its cadence, read on the thread of feeds, and what stands of it kept. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FeedDeclaration } from './declaration.ts'
import { FeedWatch, type FeedStanding } from './feedState.ts'
import { fetchFeed } from './fetch/fetchFeed.ts'
import { FeedError, type FeedFile } from './format.ts'
import { nextLookMs } from './pace.ts'
import type { Reader } from './reader.ts'
import type { ReadDone } from './readerMessages.ts'

export interface FeedOptions {
  readonly declaration: FeedDeclaration
  readonly reader: Reader
  readonly nowMs: () => number
  readonly dice: () => number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cityUtcOffsetS: () => number
}

/** What the next look is told of the last, so that what has not changed is not read again. */
interface Seen {
  readonly etag?: string
  readonly lastModified?: string
  readonly changedMs?: number
}

export class Feed {
  readonly declaration: FeedDeclaration
  private readonly options: FeedOptions
  private readonly watch: FeedWatch
  private timer: NodeJS.Timeout | undefined
  private isClosed = false
  private failures = 0
  private seen: Seen = {}
  private done: ReadDone | undefined

  constructor(options: FeedOptions) {
    this.options = options
    this.declaration = options.declaration
    this.watch = new FeedWatch(options.declaration.freshnessS)
  }

  start(): void {
    void this.lookAgain()
  }

  close(): void {
    this.isClosed = true
    clearTimeout(this.timer)
  }

  standing(): FeedStanding {
    return this.watch.at(this.options.nowMs())
  }

  /** What was read last; undefined while nothing was. */
  get reading(): ReadDone | undefined {
    return this.done
  }

  /** Looks once; never rejects: what goes wrong is how the feed stands. */
  async look(): Promise<void> {
    const { nowMs, reader, cityUtcOffsetS } = this.options
    const { format, settings, utcOffsetS = cityUtcOffsetS() } = this.declaration
    try {
      const file = await this.get()
      if (file === undefined) {
        this.failures = 0
        this.watch.note({ kind: 'unchanged', atMs: nowMs() })
        return
      }
      const options = { nowMs: nowMs(), utcOffsetS, ...(settings !== undefined && { settings }) }
      const done = await reader.read({ format, file, options })
      if (this.isClosed) return
      this.failures = 0
      this.done = done
      const kept = done.shown.reduce((sum, { count }) => sum + count, 0)
      const atMs = nowMs()
      const newestMs = newestOf(done, atMs)
      this.watch.note({ kind: 'read', atMs, newestMs, kept, noted: done.deviations.total })
    } catch (error) {
      // what cannot be read is asked for anew, changed or not
      this.seen = {}
      this.failures++
      const kind = error instanceof FeedError ? 'malformed' : 'failed'
      this.watch.note({ kind, atMs: nowMs(), why: (error as Error).message })
    }
  }

  private async lookAgain(): Promise<void> {
    await this.look()
    if (this.isClosed) return
    const inMs = nextLookMs(this.declaration.cadenceS, this.failures, this.options.dice())
    this.timer = setTimeout(() => void this.lookAgain(), inMs)
    this.timer.unref()
  }

  /** Undefined when it is as it was. */
  private async get(): Promise<FeedFile | undefined> {
    const { from, allowPrivate } = this.declaration
    if (!/^https?:\/\//i.test(from)) return this.getFile(from)
    const { etag, lastModified } = this.seen
    const answer = await fetchFeed({
      url: from,
      headers: this.headers(),
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
      ...(allowPrivate !== undefined && { allowPrivate }),
    })
    if (!answer.isNew) return undefined
    this.seen = {
      ...(answer.etag !== undefined && { etag: answer.etag }),
      ...(answer.lastModified !== undefined && { lastModified: answer.lastModified }),
    }
    return { name: answer.url, bytes: answer.bytes }
  }

  /** Everybody may read how a feed stands, and nobody where on this machine it lies. */
  private async getFile(path: string): Promise<FeedFile | undefined> {
    const name = basename(path)
    try {
      const { mtimeMs } = await stat(path)
      if (this.seen.changedMs === mtimeMs) return undefined
      const bytes = new Uint8Array(await readFile(path))
      this.seen = { changedMs: mtimeMs }
      return { name, bytes }
    } catch (error) {
      throw new Error(`${name} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error })
    }
  }

  private headers(): Record<string, string> {
    const wanted = Object.entries(this.declaration.headersFromEnv ?? {})
    return Object.fromEntries(
      wanted.map(([header, name]) => {
        const value = this.options.env[name]
        if (value === undefined) throw new Error(`${name} is not set, which ${header} is to be taken from`)
        return [header, value]
      }),
    )
  }
}

/** The newest time that a reading says of itself or of a value, no later than now; now when it says none. */
function newestOf({ content, shown }: ReadDone, nowMs: number): number {
  const times = [content.madeMs, ...shown.map(({ untilMs }) => untilMs ?? NaN)].filter(Number.isFinite)
  return times.length === 0 ? nowMs : Math.min(nowMs, Math.max(...times))
}
