/**
 * The embedded log: a folder of segments, each a file that is only ever appended to (`segmentFormat.ts`).
 *
 * An append is acknowledged when the operating system has its bytes: killing the process loses nothing. The disk itself is
 * asked to keep them every two seconds and when a segment ends, so a power cut loses at most the last two seconds. At opening
 * a torn last record is cut off. Who appends compares the file with what it last wrote: a second process that opens the same
 * folder takes the log over, and the first is refused from then on.
 */
import { mkdir, open, readdir, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { UnreadableLog, WrongHead, type Log, type LogRecord } from './log.ts'
import { Numbers } from './numbers.ts'
import {
  HEADER_BYTES,
  isTornAt,
  MAX_RECORD_BYTES,
  readHeader,
  readIndex,
  readRecord,
  scanRecords,
  writeHeader,
  writeIndex,
  writeRecord,
} from './segmentFormat.ts'

const SYNC_MS = 2000
const HOUR_MS = 3_600_000
const MEGABYTE = 1024 * 1024
/** Records that `tail` reads at once while it catches up. */
const TAIL_BATCH = 256

export interface SegmentLogOptions {
  readonly folder: string
  /** Wall clock, milliseconds. */
  readonly nowMs: () => number
  /** A segment ends when it is older or larger than this. */
  readonly segmentMs?: number
  readonly segmentBytes?: number
  /** Whole segments go when all in them is older than this, or when all together are larger. */
  readonly keepMs?: number
  readonly keepBytes?: number
  /** How bytes reach a file; tests put a full disk here. */
  readonly write?: (file: FileHandle, bytes: Buffer, at: number) => Promise<void>
}

interface Segment {
  readonly path: string
  readonly firstSeq: number
  readonly begunMs: number
  /** Where each record ends; undefined until someone reads an older segment that has no index. */
  ends: Numbers | undefined
  bytes: number
  /** A write failed midway: what lies behind the last record is ours to cut off. */
  isTorn: boolean
}

/** Opens the log of a folder, which is made when it is not there. Rejects with `UnreadableLog` when it is of another version. */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  await mkdir(options.folder, { recursive: true })
  const log = new SegmentLog(options)
  await log.recover()
  return log
}

export class SegmentLog implements Log {
  private readonly options: Required<SegmentLogOptions>
  private segments: Segment[] = []
  private readonly files = new Map<string, Promise<FileHandle>>()
  private last = 0
  private busy: Promise<unknown> = Promise.resolve()
  private isUnsynced = false
  private isClosed = false
  private waiting: (() => void)[] = []
  private readonly timer: NodeJS.Timeout

  constructor(options: SegmentLogOptions) {
    this.options = {
      segmentMs: HOUR_MS,
      segmentBytes: 256 * MEGABYTE,
      keepMs: Infinity,
      keepBytes: Infinity,
      write: writeAll,
      ...options,
    }
    this.timer = setInterval(() => void this.sync().catch(() => undefined), SYNC_MS)
    this.timer.unref()
  }

  head(): Promise<number> {
    return Promise.resolve(this.last)
  }

  oldest(): Promise<number> {
    return Promise.resolve(this.segments[0]?.firstSeq ?? this.last + 1)
  }

  /** Of all segments, as far as they are written. */
  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  append(seq: number, bytes: Uint8Array, expectedLast: number): Promise<void> {
    return this.inTurn(async () => {
      if (this.isClosed) throw new Error('log: it is closed')
      if (expectedLast !== this.last) throw new WrongHead(expectedLast, this.last)
      if (seq !== expectedLast + 1) throw new RangeError(`log: record ${seq} cannot follow ${expectedLast}`)
      if (bytes.length > MAX_RECORD_BYTES) throw new RangeError(`log: a record of ${bytes.length} bytes`)
      const segment = await this.segmentFor(seq)
      const file = await this.fileOf(segment)
      if (segment.isTorn) await file.truncate(segment.bytes)
      else await this.checkAlone(segment, file)
      const record = writeRecord(seq, bytes)
      // until all of it is written: what did get written must not be taken for a record
      segment.isTorn = true
      await this.options.write(file, record, segment.bytes)
      segment.isTorn = false
      segment.bytes += record.length
      segment.ends?.push(segment.bytes)
      this.last = seq
      this.isUnsynced = true
      this.wake()
    })
  }

  async range(first: number, last: number): Promise<readonly LogRecord[]> {
    const found: LogRecord[] = []
    const end = Math.min(last, this.last)
    for (const segment of this.segments.slice()) {
      const ends = await this.endsOf(segment)
      const from = Math.max(first, segment.firstSeq)
      const to = Math.min(end, segment.firstSeq + ends.length - 1)
      if (from <= to) found.push(...(await this.readRun(segment, ends, from, to)))
    }
    return found
  }

  async *tail(from: number): AsyncIterableIterator<LogRecord> {
    let next = from
    while (!this.isClosed) {
      next = Math.max(next, await this.oldest())
      if (next > this.last) {
        await new Promise<void>((done) => this.waiting.push(done))
        continue
      }
      for (const record of await this.range(next, next + TAIL_BATCH - 1)) {
        yield record
        next = record.seq + 1
      }
    }
  }

  /** Deletes the segments that need no longer be kept. The newest always stays. */
  trim(): Promise<void> {
    return this.inTurn(async () => {
      const oldestMs = this.options.nowMs() - this.options.keepMs
      while (this.segments.length > 1) {
        const [segment, next] = this.segments
        if (next.begunMs >= oldestMs && this.bytes <= this.options.keepBytes) return
        this.segments.shift()
        await this.release(segment)
        await rm(segment.path, { force: true })
        await rm(indexPath(segment.path), { force: true })
      }
    })
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.inTurn(async () => {
      if (this.isClosed) return
      this.isClosed = true
      await this.syncNow().catch(() => undefined)
      for (const file of this.files.values()) await (await file).close()
      this.files.clear()
    })
    this.wake()
  }

  /** Finds what is there; called once, before anything else. */
  async recover(): Promise<void> {
    const names = (await readdir(this.options.folder)).filter((name) => name.endsWith('.seg')).sort()
    for (const name of names) await this.takeUp(join(this.options.folder, name), name === names.at(-1))
    const newest = this.segments.at(-1)
    if (newest !== undefined) this.last = newest.firstSeq + (await this.endsOf(newest)).length - 1
  }

  private async takeUp(path: string, isNewest: boolean): Promise<void> {
    const file = await open(path, 'r+')
    try {
      const { size } = await file.stat()
      const head = Buffer.alloc(HEADER_BYTES)
      const { bytesRead } = await file.read(head, 0, HEADER_BYTES, 0)
      const header = readHeader(head.subarray(0, bytesRead), path)
      // the head has no checksum of its own, and a damaged number would be counted from
      if (header === undefined || segmentPath(this.options.folder, header.firstSeq) !== path) {
        // a segment that was begun and never got its header holds nothing; anything else is not ours to delete
        if (isNewest && size <= HEADER_BYTES) return await rm(path)
        throw new UnreadableLog(`${path} does not begin as a recording does; move it away to go on.`)
      }
      const segment: Segment = { path, ...header, ends: undefined, bytes: size, isTorn: false }
      if (isNewest) {
        const bytes = await readFile(path)
        segment.ends = scanRecords(bytes, header.firstSeq)
        segment.bytes = segment.ends.at(-1) ?? HEADER_BYTES
        // a torn record reaches the end of the file; one with something behind it is damaged, and is put by
        if (!isTornAt(bytes, segment.bytes))
          await writeWhole(`${path}.damaged`, bytes.subarray(segment.bytes))
        if (segment.bytes < size) await file.truncate(segment.bytes)
      } else segment.ends = await storedEnds(segment)
      this.segments.push(segment)
    } finally {
      await file.close()
    }
  }

  /** The segment that record `seq` goes into; the one before is finished when its time or size is up. */
  private async segmentFor(seq: number): Promise<Segment> {
    const newest = this.segments.at(-1)
    const nowMs = this.options.nowMs()
    const isEmpty = newest?.bytes === HEADER_BYTES
    if (newest !== undefined) {
      const isOver =
        nowMs - newest.begunMs >= this.options.segmentMs || newest.bytes >= this.options.segmentBytes
      if (isEmpty || !isOver) return newest
      await this.finish(newest)
    }
    const path = segmentPath(this.options.folder, seq)
    const segment: Segment = {
      path,
      firstSeq: seq,
      begunMs: nowMs,
      ends: new Numbers(),
      bytes: HEADER_BYTES,
      isTorn: false,
    }
    const file = await open(path, 'wx+').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new WrongHead(seq - 1, 'in another segment') : error
    })
    try {
      await this.options.write(file, writeHeader(segment), 0)
    } catch (error) {
      await file.close()
      await rm(path, { force: true })
      throw error
    }
    this.files.set(path, Promise.resolve(file))
    this.segments.push(segment)
    return segment
  }

  private async finish(segment: Segment): Promise<void> {
    await this.syncNow()
    const ends = await this.endsOf(segment)
    // an index saves time and holds nothing of its own: without room for it, it is made another day
    await writeWhole(indexPath(segment.path), writeIndex(ends)).catch(() => undefined)
    // in a turn of its own, after the append that is under way
    void this.trim().catch(() => undefined)
  }

  /** Throws `WrongHead` when somebody else has written to the segment, or removed it. */
  private async checkAlone(segment: Segment, file: FileHandle): Promise<void> {
    const { size, nlink } = await file.stat()
    if (nlink > 0 && size === segment.bytes) return
    throw new WrongHead(this.last, nlink === 0 ? 'deleted' : 'another')
  }

  private async endsOf(segment: Segment): Promise<Numbers> {
    segment.ends ??= scanRecords(await readFile(segment.path), segment.firstSeq)
    return segment.ends
  }

  private async readRun(segment: Segment, ends: Numbers, from: number, to: number): Promise<LogRecord[]> {
    const startOf = (seq: number) =>
      seq === segment.firstSeq ? HEADER_BYTES : ends.at(seq - segment.firstSeq - 1)!
    const start = startOf(from)
    const bytes = Buffer.allocUnsafeSlow(ends.at(to - segment.firstSeq)! - start)
    try {
      const file = await this.fileOf(segment)
      await file.read(bytes, 0, bytes.length, start)
    } catch (error) {
      // trimmed while we came here
      if (!this.segments.includes(segment)) return []
      throw error
    }
    const records: LogRecord[] = []
    for (let seq = from; seq <= to; seq++) {
      const record = readRecord(bytes, startOf(seq) - start, seq)
      if (record === undefined) throw new Error(`log: record ${seq} in ${segment.path} is damaged`)
      records.push({ seq, bytes: record.bytes })
    }
    return records
  }

  private fileOf({ path }: Segment): Promise<FileHandle> {
    let file = this.files.get(path)
    if (file === undefined) {
      file = open(path, 'r+')
      this.files.set(path, file)
      file.catch(() => this.files.delete(path))
    }
    return file
  }

  private async release({ path }: Segment): Promise<void> {
    const file = this.files.get(path)
    this.files.delete(path)
    await (await file)?.close()
  }

  private sync(): Promise<void> {
    return this.inTurn(() => this.syncNow())
  }

  private async syncNow(): Promise<void> {
    const newest = this.segments.at(-1)
    if (!this.isUnsynced || newest === undefined) return
    this.isUnsynced = false
    await (await this.fileOf(newest)).datasync()
  }

  /** Whatever changes the log does so one after another. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.busy.then(work)
    this.busy = done.catch(() => undefined)
    return done
  }

  private wake(): void {
    for (const done of this.waiting.splice(0)) done()
  }
}

/** From the index beside a finished segment, when there is one and it is of this very segment. */
async function storedEnds({ path, bytes }: Segment): Promise<Numbers | undefined> {
  const stored = await readFile(indexPath(path)).catch(() => undefined)
  const ends = stored && readIndex(stored)
  return ends?.at(-1) === bytes ? ends : undefined
}

function segmentPath(folder: string, firstSeq: number): string {
  return join(folder, `${String(firstSeq).padStart(12, '0')}.seg`)
}

function indexPath(segmentPath: string): string {
  return segmentPath.replace(/\.seg$/, '.idx')
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

/** All of a file or none of it. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
}
