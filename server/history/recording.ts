/** The recording of one city: its two logs (frames, index), who writes them and who reads them, and what earlier releases left. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { schemaText } from '../../twin/protocol/schemaText.ts'
import { openArchive, SCHEMA_FILE, type Archive } from './archive.ts'
import { Chronicle, presentVolume, type Volume } from './chronicle.ts'
import { openSegmentLog, type SegmentLog } from './log/segmentLog.ts'
import { Recorder, type RecorderState } from './recorder.ts'
import { RecordIndex } from './recordIndex.ts'
import { Replay } from './replay.ts'

const HOUR_MS = 3_600_000
const TRIM_EVERY_MS = 60_000
/** The index is small; it is kept a little longer than the frames it points to. */
const INDEX_LONGER_MS = 2 * HOUR_MS
/** Runs of one recording are fewer than this; each earlier recording's are counted from a multiple of it. */
const RUNS_APART = 1 << 24

export interface RecordingOptions {
  /** Of this city; made when it is not there. */
  readonly folder: string
  readonly keepHours: number
  readonly keepBytes: number
  readonly log: (line: string) => void
}

export interface Recording {
  readonly recorder: Recorder
  readonly replay: Chronicle
  /** Of the tables in all frames that are given. */
  readonly schemaHash: number
  health(): { state: RecorderState['state']; why?: string; bytes: number }
  close(): Promise<void>
}

/** Rejects with `UnreadableLog` when what is there is of a version this server does not know; nothing is changed then. */
export async function openRecording(options: RecordingOptions): Promise<Recording> {
  const { folder, keepHours, keepBytes, log } = options
  const hash = schemaHash(publishedTables)
  // frames of other tables cannot follow ours: they keep a folder of their own until they are too old
  const own = join(folder, hash.toString(16).padStart(8, '0'))
  await mkdir(own, { recursive: true })
  await writeFile(join(own, SCHEMA_FILE), schemaText(publishedTables))
  const nowMs = () => Date.now()
  const { archives, unreadable } = await openArchives(options, own)
  const keepMs = keepHours * HOUR_MS
  const frames = await openSegmentLog({ folder: join(own, 'frames'), nowMs, keepMs, keepBytes })
  const indexLog = await openSegmentLog({
    folder: join(own, 'index'),
    nowMs,
    keepMs: keepMs + INDEX_LONGER_MS,
  })
  const index = new RecordIndex()
  await index.load(indexLog)
  index
    .follow(indexLog)
    .catch((error: Error) => log(`The recording's index cannot be read on: ${error.message}`))
  const recorder = new Recorder({
    frames,
    index: indexLog,
    lastRun: index.runs.at(-1)?.run ?? 0,
    schemaHash: hash,
    log,
    nowMs,
  })
  const logs: readonly SegmentLog[] = [frames, indexLog]
  const trim = async () => {
    for (const each of [...logs, ...archives.map(({ archive }) => archive)]) await each.trim()
  }
  await trim()
  const timer = setInterval(() => void trim().catch((error: Error) => log(error.message)), TRIM_EVERY_MS)
  timer.unref()
  return {
    recorder,
    replay: new Chronicle([...archives, presentVolume(new Replay(frames, index))], unreadable),
    schemaHash: hash,
    health: () => {
      const { state } = recorder
      return {
        state: state.state,
        ...(state.state !== 'recording' && { why: state.why }),
        bytes: archives.reduce((sum, { archive }) => sum + archive.bytes, frames.bytes + indexLog.bytes),
      }
    },
    close: async () => {
      clearInterval(timer)
      await recorder.settled()
      for (const each of [...logs, ...archives.map(({ archive }) => archive)]) await each.close()
    },
  }
}

interface ArchiveVolume extends Volume {
  readonly archive: Archive
}

/**
 * What releases with other tables recorded, the oldest first, as long as it is kept. What nothing here can read is kept as long,
 * counted and said.
 */
async function openArchives(
  { folder, keepHours, keepBytes, log }: RecordingOptions,
  own: string,
): Promise<{ archives: ArchiveVolume[]; unreadable: number }> {
  const archives: ArchiveVolume[] = []
  let unreadable = 0
  const others = await Promise.all(
    (await readdir(folder))
      .map((name) => join(folder, name))
      .filter((path) => path !== own)
      .map(async (path) => ({ path, writtenMs: await lastWrittenMs(path) })),
  )
  for (const { path, writtenMs } of others.sort((a, b) => a.writtenMs - b.writtenMs)) {
    const ageHours = (Date.now() - writtenMs) / HOUR_MS
    if (ageHours > keepHours) {
      await rm(path, { recursive: true })
      log(`A recording by another version of Citytwin was older than ${keepHours} hours and is gone: ${path}`)
      continue
    }
    const runOffset = (archives.length + 1) * RUNS_APART
    try {
      const archive = await openArchive({
        folder: path,
        schemaHash: Number.parseInt(basename(path), 16),
        runOffset,
        nowMs: () => Date.now(),
        keepMs: keepHours * HOUR_MS,
        keepBytes,
      })
      archives.push({ archive, replay: archive.replay, runOffset, migrate: archive.migrate })
      log(
        `A recording by another version of Citytwin, ${ageHours.toFixed(1)} hours old, is read along: ${path}`,
      )
    } catch (error) {
      unreadable++
      log(
        `There is a recording by another version of Citytwin, ${ageHours.toFixed(1)} hours old, that this one cannot show ` +
          `(${(error as Error).message}) It is kept until it is ${keepHours} hours old: ${path}`,
      )
    }
  }
  return { archives, unreadable }
}

async function lastWrittenMs(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  return Math.max(
    0,
    ...(await Promise.all(files.map(async (file) => (await stat(join(folder, file))).mtimeMs))),
  )
}
