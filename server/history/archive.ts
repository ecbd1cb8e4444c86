/** A recording that a release with other tables left behind: read, never written to; its frames are given as frames of today's tables. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { TableSpec } from '../../twin/kernel/table.ts'
import { Migration, recordedTables } from '../../twin/migrate.ts'
import { readMoment, writeMoment } from '../../twin/protocol/recording.ts'
import { openSegmentLog, type SegmentLog } from './log/segmentLog.ts'
import { RecordIndex } from './recordIndex.ts'
import { Replay, type Found } from './replay.ts'

/** Says in a recording's folder how its frames are read, as in `schemaText.ts`. */
export const SCHEMA_FILE = 'tables.txt'

export interface Archive {
  readonly replay: Replay
  /** Taken in the order of a stretch that begins with a keyframe; lets the server work between two frames. */
  migrate(found: Found): Promise<Found>
  readonly bytes: number
  trim(): Promise<void>
  close(): Promise<void>
}

export interface ArchiveOptions {
  readonly folder: string
  /** Fingerprint of its tables. */
  readonly schemaHash: number
  /** Added to its runs' numbers, so that they are no other recording's. */
  readonly runOffset: number
  readonly nowMs: () => number
  readonly keepMs: number
  readonly keepBytes: number
}

/** Rejects with a sentence when it is not known how to read it; nothing is changed then. */
export async function openArchive(options: ArchiveOptions): Promise<Archive> {
  const { folder, schemaHash, runOffset, nowMs, keepMs, keepBytes } = options
  const path = join(folder, SCHEMA_FILE)
  const schema = existsSync(path) ? await readFile(path, 'utf8') : undefined
  const recorded: readonly TableSpec[] = recordedTables({
    schemaHash,
    ...(schema !== undefined && { schema }),
  })
  const frames = await openSegmentLog({ folder: join(folder, 'frames'), nowMs, keepMs, keepBytes })
  const indexLog = await openSegmentLog({ folder: join(folder, 'index'), nowMs })
  const logs: readonly SegmentLog[] = [frames, indexLog]
  const index = new RecordIndex()
  await index.load(indexLog)
  return {
    replay: new Replay(frames, index),
    async migrate({ runs, moments }) {
      const migration = new Migration(recorded)
      const found: Uint8Array[] = []
      for (const bytes of moments) {
        const moment = readMoment(bytes)
        const frame = migration.frame(inflateRawSync(moment.frame), moment.isKeyframe)
        // a delta whose forerunner was lost changes nothing; the keyframe after it does
        if (frame === undefined) continue
        const packed = new Uint8Array(deflateRawSync(frame, { level: 1 }))
        found.push(writeMoment({ ...moment, run: moment.run + runOffset, frame: packed }))
        await new Promise((resolve) => setImmediate(resolve))
      }
      return { runs: runs.map((each) => ({ ...each, run: each.run + runOffset })), moments: found }
    },
    get bytes() {
      return frames.bytes + indexLog.bytes
    },
    trim: () => frames.trim(),
    async close() {
      for (const log of logs) await log.close()
    },
  }
}
