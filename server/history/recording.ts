/** The recording of one city: its two logs (frames, index), who writes them and who reads them. */
import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { openSegmentLog, type SegmentLog } from './log/segmentLog.ts'
import { Recorder, type RecorderState } from './recorder.ts'
import { RecordIndex } from './recordIndex.ts'
import { Replay } from './replay.ts'

const HOUR_MS = 3_600_000
const TRIM_EVERY_MS = 60_000
/** The index is small; it is kept a little longer than the frames it points to. */
const INDEX_LONGER_MS = 2 * HOUR_MS

export interface RecordingOptions {
  /** Of this city; made when it is not there. */
  readonly folder: string
  readonly keepHours: number
  readonly keepBytes: number
  readonly log: (line: string) => void
}

export interface Recording {
  readonly recorder: Recorder
  readonly replay: Replay
  /** Of the tables in all frames of this folder. */
  readonly schemaHash: number
  health(): { state: RecorderState['state']; why?: string; bytes: number }
  close(): Promise<void>
}

/** Rejects with `UnreadableLog` when what is there is of a version this server does not know; nothing is changed then. */
export async function openRecording(options: RecordingOptions): Promise<Recording> {
  const { folder, keepHours, keepBytes, log } = options
  const hash = schemaHash(publishedTables)
  // frames of other tables cannot be shown beside ours: they keep a folder of their own until they are too old
  const own = join(folder, hash.toString(16).padStart(8, '0'))
  await leaveOthers(folder, own, keepHours, log)
  const nowMs = () => Date.now()
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
    for (const each of logs) await each.trim()
  }
  await trim()
  const timer = setInterval(() => void trim().catch((error: Error) => log(error.message)), TRIM_EVERY_MS)
  timer.unref()
  return {
    recorder,
    replay: new Replay(frames, index),
    schemaHash: hash,
    health: () => {
      const { state } = recorder
      return {
        state: state.state,
        ...(state.state !== 'recording' && { why: state.why }),
        bytes: frames.bytes + indexLog.bytes,
      }
    },
    close: async () => {
      clearInterval(timer)
      await recorder.settled()
      for (const each of logs) await each.close()
    },
  }
}

/** Recordings of other tables are kept as long as any, and said; when all in one is too old it goes. */
async function leaveOthers(
  folder: string,
  own: string,
  keepHours: number,
  log: (line: string) => void,
): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const other = join(folder, name)
    if (other === own) continue
    const files = await readdir(other, { recursive: true })
    const times = await Promise.all(files.map(async (file) => (await stat(join(other, file))).mtimeMs))
    const ageHours = (Date.now() - Math.max(0, ...times)) / HOUR_MS
    if (ageHours > keepHours) await rm(other, { recursive: true })
    else
      log(
        `There is a recording by another version of Citytwin, ${ageHours.toFixed(1)} hours old, that this one cannot show. ` +
          `It is kept until it is ${keepHours} hours old: ${other}`,
      )
  }
}
