/**
 * Everything that is recorded of a city as one past: what this release records, and before it what earlier ones with other tables
 * left behind. Where two recordings showed the same hour, the later recording is the past.
 */
import { readMoment } from '../../twin/protocol/recording.ts'
import type { RecordedEvent } from './recordIndex.ts'
import type { Found, Part, Replay, Span } from './replay.ts'

/** A recording and how its moments come to be of today's tables. */
export interface Volume {
  readonly replay: Replay
  readonly runOffset: number
  migrate(found: Found): Promise<Found>
}

/** The recording that is written now. */
export function presentVolume(replay: Replay): Volume {
  return { replay, runOffset: 0, migrate: (found) => Promise.resolve(found) }
}

export interface WholeSpan extends Span {
  /** Recordings that are kept but that nothing here can read. */
  readonly unreadable: number
}

/** The stretch of the city's time in which a volume is the past. */
interface Window {
  readonly volume: Volume
  readonly span: Span
  readonly fromMs: number
  readonly toMs: number
}

export class Chronicle {
  private readonly volumes: readonly Volume[]
  private readonly unreadable: number

  /** The oldest recording first. */
  constructor(volumes: readonly Volume[], unreadable: number) {
    this.volumes = volumes
    this.unreadable = unreadable
  }

  async span(): Promise<WholeSpan> {
    const windows = await this.windows()
    const parts = windows.flatMap(({ volume, span, toMs }) =>
      span.parts
        .filter((part) => part.fromMs < toMs)
        .map((part): Part => ({
          ...part,
          run: part.run + volume.runOffset,
          toMs: Math.min(part.toMs, toMs),
        })),
    )
    const lost = windows.flatMap(({ span, toMs }) => span.lost.filter((gap) => gap.fromMs < toMs))
    // the newest recording's, which alone goes on; the others only lose their oldest hours
    return { version: windows.at(-1)?.span.version ?? '', parts, lost, unreadable: this.unreadable }
  }

  /** As `Replay.stretch`, over all recordings. */
  stretch(fromMs: number, toMs: number): Promise<Found> {
    return this.collect(fromMs, toMs, ({ replay }, from, to) => replay.stretch(from, to))
  }

  /** Everything after `afterMs` up to `toMs`, without a keyframe before it: for who has the moment `afterMs` of run `run`. */
  async after(run: number, afterMs: number, toMs: number): Promise<Found> {
    const { runs, moments } = await this.stretch(afterMs, toMs)
    const isNews = (bytes: Uint8Array) => {
      const moment = readMoment(bytes)
      return moment.run !== run || (moment.cityMs > afterMs && !moment.isKeyframe)
    }
    return { runs, moments: moments.filter(isNews) }
  }

  /** As `Replay.keyframes`. */
  keyframes(fromMs: number, toMs: number, everyMs: number): Promise<Found> {
    return this.collect(fromMs, toMs, ({ replay }, from, to) => replay.keyframes(from, to, everyMs))
  }

  async events(fromMs: number, toMs: number): Promise<RecordedEvent[]> {
    const windows = await this.between(fromMs, toMs)
    const each = windows.map(({ volume, ...window }) =>
      volume.replay.events(Math.max(fromMs, window.fromMs), Math.min(toMs, window.toMs)),
    )
    return (await Promise.all(each)).flat()
  }

  /** As `Replay.values`; `most` points of each recording. */
  async values(
    row: number,
    fromMs: number,
    toMs: number,
    most: number,
  ): Promise<{ timesMs: number[]; values: number[] }> {
    const windows = await this.between(fromMs, toMs)
    const each = await Promise.all(
      windows.map(({ volume, ...window }) =>
        volume.replay.values(row, Math.max(fromMs, window.fromMs), Math.min(toMs, window.toMs), most),
      ),
    )
    return {
      timesMs: each.flatMap(({ timesMs }) => timesMs),
      values: each.flatMap(({ values }) => values),
    }
  }

  private async collect(
    fromMs: number,
    toMs: number,
    read: (volume: Volume, fromMs: number, toMs: number) => Promise<Found>,
  ): Promise<Found> {
    const runs: Found['runs'][number][] = []
    const moments: Uint8Array[] = []
    for (const [i, { volume, ...window }] of (await this.between(fromMs, toMs)).entries()) {
      const from = i === 0 ? fromMs : window.fromMs
      const found = await volume.migrate(await read(volume, from, Math.min(toMs, window.toMs)))
      runs.push(...found.runs)
      moments.push(...found.moments)
    }
    return { runs, moments }
  }

  /** The windows that touch the time between; before the first of all, that one. */
  private async between(fromMs: number, toMs: number): Promise<readonly Window[]> {
    const windows = await this.windows()
    const first = windows.findLastIndex((window) => window.fromMs <= fromMs)
    return windows.slice(Math.max(0, first)).filter((window, i) => i === 0 || window.fromMs <= toMs)
  }

  /** Oldest first, each up to where the next begins. */
  private async windows(): Promise<readonly Window[]> {
    const windows: Window[] = []
    let cutMs = Infinity
    for (const volume of this.volumes.toReversed()) {
      const span = await volume.replay.span()
      const fromMs = span.parts[0]?.fromMs
      if (fromMs === undefined || fromMs >= cutMs) continue
      windows.unshift({ volume, span, fromMs, toMs: cutMs === Infinity ? Infinity : cutMs - 1 })
      cutMs = fromMs
    }
    return windows
  }
}
