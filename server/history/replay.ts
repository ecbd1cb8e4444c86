/**
 * Any recorded moment: the newest keyframe at or before it, and all deltas up to it, as they were sent. Holds nothing for
 * whoever asks. The past is counted in the city's time; where two runs showed the same hour, the later run is the past.
 */
import { readMoment, type RecordedRun } from '../../twin/protocol/recording.ts'
import type { Keyframe } from './keyframeCourse.ts'
import type { Log } from './log/log.ts'
import type { IndexedRun, RecordedEvent, RecordIndex } from './recordIndex.ts'

/** A stretch of the past that one run showed without a break in its clock. */
export interface Part extends RecordedRun {
  readonly fromMs: number
  readonly toMs: number
}

export interface Span {
  /** Names what has been recorded so far: as long as it stays, a moment that is past stays as it is. */
  readonly version: string
  /** Oldest first; between two lies a gap. */
  readonly parts: readonly Part[]
  /** Times of which nothing was kept, inside parts. */
  readonly lost: readonly { readonly fromMs: number; readonly toMs: number }[]
}

export interface Found {
  readonly runs: readonly RecordedRun[]
  /** As `writeMoment` made them. */
  readonly moments: readonly Uint8Array[]
}

export class Replay {
  private readonly frames: Log
  private readonly index: RecordIndex
  private readonly ends = new Map<number, { readonly seq: number; readonly endMs: number }>()

  constructor(frames: Log, index: RecordIndex) {
    this.frames = frames
    this.index = index
  }

  async span(): Promise<Span> {
    this.index.forget(await this.frames.oldest())
    const parts: Part[] = []
    const lost: { fromMs: number; toMs: number }[] = []
    let cutMs = Infinity
    for (const run of this.index.runs.toReversed()) {
      const fromMs = run.keyframes.at(0)?.cityMs
      if (fromMs === undefined || fromMs >= cutMs) continue
      const toMs = Math.min(cutMs, await this.endOf(run))
      cutMs = fromMs
      const { run: id, startMs, utcOffsetS } = run
      parts.unshift({ run: id, startMs, utcOffsetS, fromMs, toMs })
      lost.unshift(...run.lost.filter((gap) => gap.fromMs < toMs))
    }
    return { version: this.index.runs.at(-1)?.id ?? '', parts, lost }
  }

  /** The keyframe at or before `fromMs` and every delta up to `toMs`; a later run in between brings its own keyframe. */
  async stretch(fromMs: number, toMs: number): Promise<Found> {
    return this.collect(await this.partsBetween(fromMs, toMs), async (part, isFirst) => {
      const run = this.runOf(part)
      const key = run.keyframes.before(isFirst ? fromMs : part.fromMs)
      if (key === undefined) return []
      return this.read(run, key, Math.min(toMs, part.toMs))
    })
  }

  /** One keyframe at or before every whole multiple of `everyMs`: for going through hours quickly. */
  async keyframes(fromMs: number, toMs: number, everyMs: number): Promise<Found> {
    return this.collect(await this.partsBetween(fromMs, toMs), async (part) => {
      const run = this.runOf(part)
      const seqs = new Set<number>()
      const start = Math.max(fromMs, part.fromMs)
      for (let timeMs = start; timeMs <= Math.min(toMs, part.toMs); timeMs += everyMs) {
        const key = run.keyframes.before(timeMs)
        if (key !== undefined) seqs.add(key.seq)
      }
      const found: Uint8Array[] = []
      for (const seq of seqs) for (const { bytes } of await this.frames.range(seq, seq)) found.push(bytes)
      return found
    })
  }

  /** Events between two moments, each of the run that is the past there. */
  async events(fromMs: number, toMs: number): Promise<RecordedEvent[]> {
    const parts = await this.partsBetween(fromMs, toMs)
    return parts.flatMap((part) =>
      this.runOf(part).events.between(Math.max(fromMs, part.fromMs), Math.min(toMs, part.toMs)),
    )
  }

  /** One row of the indicators between two moments, at most about `most` points. */
  async values(
    row: number,
    fromMs: number,
    toMs: number,
    most: number,
  ): Promise<{ timesMs: number[]; values: number[] }> {
    const parts = await this.partsBetween(fromMs, toMs)
    const found = parts.flatMap((part) =>
      this.runOf(part).values.between(row, Math.max(fromMs, part.fromMs), Math.min(toMs, part.toMs)),
    )
    const step = Math.max(1, Math.ceil(found.length / most))
    const kept = found.filter((_, i) => i % step === 0)
    return { timesMs: kept.map(({ timeMs }) => timeMs), values: kept.map(({ value }) => value) }
  }

  /** The parts that touch the time between; when none does, the last before it, whose end is the nearest there is. */
  private async partsBetween(fromMs: number, toMs: number): Promise<readonly Part[]> {
    const { parts } = await this.span()
    const first = parts.findLastIndex((part) => part.fromMs <= fromMs)
    return parts.slice(Math.max(0, first)).filter((part, i) => i === 0 || part.fromMs <= toMs)
  }

  private async collect(
    parts: readonly Part[],
    read: (part: Part, isFirst: boolean) => Promise<Uint8Array[]>,
  ): Promise<Found> {
    const moments: Uint8Array[] = []
    for (const [i, part] of parts.entries()) moments.push(...(await read(part, i === 0)))
    return { runs: parts.map(({ run, startMs, utcOffsetS }) => ({ run, startMs, utcOffsetS })), moments }
  }

  /** From a keyframe on, each frame's delta once: keyframes made for others on the way are left out. */
  private async read(run: IndexedRun, key: Keyframe, toMs: number): Promise<Uint8Array[]> {
    // a frame follows at least a second of the city; further keyframes come on top
    const seconds = Math.max(0, Math.ceil((toMs - key.cityMs) / 1000))
    const most = seconds + run.keyframes.countAfter(key, toMs)
    const records = await this.frames.range(key.seq, key.seq + most)
    const found: Uint8Array[] = []
    let tick: number | undefined
    for (const { bytes } of records) {
      const moment = readMoment(bytes)
      if (moment.run !== run.run || moment.cityMs > toMs) break
      // after a lapse the deltas before are missing: then the keyframe is needed
      if (moment.isKeyframe && tick === moment.tick) continue
      tick = moment.tick
      found.push(bytes)
    }
    return found
  }

  private runOf({ run }: Part): IndexedRun {
    const found = this.index.runs.find((each) => each.run === run)
    if (found === undefined) throw new Error(`replay: run ${run} is gone`)
    return found
  }

  /** City time of the last frame of a run, looked up once for each last frame. */
  private async endOf(run: IndexedRun): Promise<number> {
    const next = this.index.runs[this.index.runs.indexOf(run) + 1]?.keyframes.at(0)?.seq
    const seq = next === undefined ? await this.frames.head() : next - 1
    const known = this.ends.get(run.run)
    if (known?.seq === seq) return known.endMs
    const [record] = await this.frames.range(seq, seq)
    const moment = record && readMoment(record.bytes)
    const endMs = moment?.run === run.run ? moment.cityMs : run.keyframes.at(-1)!.cityMs
    this.ends.set(run.run, { seq, endMs })
    return endMs
  }
}
