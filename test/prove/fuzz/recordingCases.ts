/** Damaged and hostile recordings: files a reader opens, and the segments, indexes and entries a server finds at its start. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { filePast } from '../../../client/source/pastStore.ts'
import { ReplayPlayer } from '../../../client/source/replayPlayer.ts'
import { UnreadableLog } from '../../../server/history/log/log.ts'
import {
  readIndex,
  scanRecords,
  writeHeader,
  writeIndex,
  writeRecord,
} from '../../../server/history/log/segmentFormat.ts'
import { openSegmentLog } from '../../../server/history/log/segmentLog.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { FrameEncoder, schemaHash } from '../../../twin/protocol/frame.ts'
import {
  readRecording,
  RecordingError,
  writeMoment,
  writeRecording,
} from '../../../twin/protocol/recording.ts'
import { makePulseTwin } from '../../server/fixtures/pulseTwin.ts'
import type { Dice } from './dice.ts'
import { mangledBytes, mangledJson } from './mangle.ts'

const CITY = 'small'
const START_MS = 1_700_000_000_000
const FRAMES = 6
// One file in so many is a whole folder of the log, which takes the disk.
const FOLDER_ONCE = 50

const header = {
  cityId: CITY,
  schemaHash: schemaHash(publishedTables),
  epoch: 'e1',
  runs: [{ run: 1, startMs: START_MS, utcOffsetS: 0 }],
}

export class RecordingsUnderFire {
  private readonly frames: readonly Uint8Array[]
  private readonly moments: readonly Uint8Array[]
  private readonly file: Uint8Array
  private readonly segment: Buffer
  private readonly index: Buffer
  private readonly scratch = mkdtempSync(join(tmpdir(), 'citytwin-fuzz-'))

  constructor() {
    const twin = makePulseTwin(24, START_MS)
    const encoder = new FrameEncoder(twin.tables)
    this.frames = Array.from({ length: FRAMES }, (_, i) => {
      if (i > 0) twin.step()
      return encoder.delta(i * 50)
    })
    this.moments = this.frames.map((frame, i) => momentOf(i, deflateRawSync(frame)))
    this.file = writeRecording(header, this.moments)
    const head = writeHeader({ firstSeq: 1, begunMs: START_MS })
    this.segment = Buffer.concat([head, ...this.moments.map((moment, i) => writeRecord(i + 1, moment))])
    this.index = writeIndex(scanRecords(this.segment, 1))
  }

  /** Opens one strange recording. Rejects when a law is broken. */
  async take(dice: Dice): Promise<void> {
    if (dice.once(FOLDER_ONCE)) return this.takeFolder(dice)
    switch (dice.below(4)) {
      case 0:
        // what was damaged is said in a sentence for the reader, or is as it was
        return this.takeFile(mangledBytes(dice, this.file), true)
      case 1:
        return this.takeFile(this.rewritten(dice), false)
      case 2: {
        const bytes = Buffer.from(mangledBytes(dice, this.segment))
        const ends = scanRecords(bytes, 1)
        if (ends.length > FRAMES + 1 || (ends.at(-1) ?? 0) > bytes.length)
          throw new Error(`a damaged segment of ${bytes.length} bytes has records up to ${ends.at(-1)}`)
        return
      }
      default: {
        const bytes = mangledBytes(dice, this.index)
        if (!Buffer.from(bytes).equals(this.index) && readIndex(Buffer.from(bytes)) !== undefined)
          throw new Error('a damaged index was believed')
      }
    }
  }

  close(): void {
    rmSync(this.scratch, { recursive: true, force: true })
  }

  /** With all checksums right, and wrong inside. */
  private rewritten(dice: Dice): Uint8Array {
    const moments = [...this.moments]
    const at = dice.below(moments.length)
    if (dice.once(2)) moments[at] = mangledBytes(dice, moments[at])
    else moments[at] = momentOf(at, deflateRawSync(mangledBytes(dice, this.frames[at])))
    const said = dice.once(3) ? mangledJson(dice, header) : header
    return writeRecording(said as typeof header, moments)
  }

  private async takeFile(bytes: Uint8Array, isOnlyDamaged: boolean): Promise<void> {
    try {
      const own = new Uint8Array(bytes)
      const past = filePast(own, CITY)
      if (isOnlyDamaged && !readRecording(own).moments.every((moment) => this.isSound(writeMoment(moment))))
        throw new Error('a damaged moment was believed')
      const player = new ReplayPlayer(past)
      for (const timeMs of [START_MS + 3000, START_MS, START_MS + 9000])
        await player.show({ timeMs, isJump: true, isCoarse: false }).catch(nothingThere)
      await past.file(START_MS, START_MS + 9000)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
    }
  }

  private isSound(moment: Uint8Array): boolean {
    return this.moments.some((each) => Buffer.from(moment).equals(each))
  }

  /** A log opens, says that it cannot, or puts the damage by; then it takes what comes. */
  private async takeFolder(dice: Dice): Promise<void> {
    const folder = mkdtempSync(join(this.scratch, 'log-'))
    try {
      writeFileSync(join(folder, '000000000001.seg'), mangledBytes(dice, this.segment))
      if (dice.once(2)) writeFileSync(join(folder, '000000000001.idx'), mangledBytes(dice, this.index))
      const log = await openSegmentLog({ folder, nowMs: () => START_MS })
      try {
        const head = await log.head()
        await log.append(head + 1, this.moments[0], head)
        const [last] = await log.range(head + 1, head + 1)
        if (!Buffer.from(last.bytes).equals(this.moments[0]))
          throw new Error('the log gives back something else')
      } finally {
        await log.close()
      }
    } catch (error) {
      if (!(error instanceof UnreadableLog)) throw error
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function momentOf(at: number, frame: Uint8Array): Uint8Array {
  return writeMoment({
    isKeyframe: at === 0,
    run: 1,
    tick: at * 50,
    cityMs: START_MS + at * 1000,
    wallMs: START_MS + at * 1000,
    frame,
  })
}

function nothingThere(error: unknown): void {
  if (!(error instanceof Error)) throw error
}
