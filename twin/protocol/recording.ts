/**
 * Recorded frames as bytes: what a recording keeps of a moment, and the file (or the answer of a server) that carries a run of
 * them from a keyframe on. The frames themselves are opaque here, exactly as they were sent. Little-endian.
 *
 *   moment  u8 version | u8 1 for a keyframe | u16 0 | u32 run | i32 tick | u32 0 | f64 city time, ms | f64 wall time, ms | frame
 *   file    'CTRC' | u16 version | u16 0 | u32 length of the header | header, JSON | per moment: u32 length | u32 hash | moment
 */
import { hashBytes } from '../kernel/hash.ts'
import { textFromUtf8, utf8FromText } from '../kernel/utf8.ts'

export const RECORDING_VERSION = 1
const MOMENT_VERSION = 1
const MAGIC = 'CTRC'
const MOMENT_HEAD_BYTES = 32
const FILE_HEAD_BYTES = 12
const MAX_HEADER_BYTES = 1 << 20

/** One frame as it was sent, and when. */
export interface Moment {
  readonly isKeyframe: boolean
  /** Of `RecordingHeader.runs`: a twin that was started anew is another run. */
  readonly run: number
  readonly tick: number
  /** Unix time the city showed, milliseconds. */
  readonly cityMs: number
  /** Unix time of the server's clock, milliseconds. */
  readonly wallMs: number
  readonly frame: Uint8Array
}

export interface RecordedRun {
  readonly run: number
  /** Unix time of tick 0, milliseconds. */
  readonly startMs: number
  readonly utcOffsetS: number
}

export interface RecordingHeader {
  readonly cityId: string
  /** Of the tables in the frames, see `protocol/frame.ts`. */
  readonly schemaHash: number
  /** Those tables, as in `schemaText.ts`; recordings of the first release have none. */
  readonly schema?: string
  /** Made anew whenever the recording can no longer be continued; the same for all that belongs together. */
  readonly epoch: string
  readonly runs: readonly RecordedRun[]
}

export interface Recording {
  readonly header: RecordingHeader
  readonly moments: readonly Moment[]
}

/** A recording that cannot be opened; its message is a sentence for who opens it. */
export class RecordingError extends Error {}

export function writeMoment(moment: Moment): Uint8Array {
  const bytes = new Uint8Array(MOMENT_HEAD_BYTES + moment.frame.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = MOMENT_VERSION
  bytes[1] = moment.isKeyframe ? 1 : 0
  view.setUint32(4, moment.run, true)
  view.setInt32(8, moment.tick, true)
  view.setFloat64(16, moment.cityMs, true)
  view.setFloat64(24, moment.wallMs, true)
  bytes.set(moment.frame, MOMENT_HEAD_BYTES)
  return bytes
}

/** The frame is a view of `bytes`. Throws `RecordingError` when they are no moment of a version known here. */
export function readMoment(bytes: Uint8Array): Moment {
  if (bytes.length < MOMENT_HEAD_BYTES)
    throw new RecordingError(`recording: a moment of ${bytes.length} bytes`)
  if (bytes[0] !== MOMENT_VERSION)
    throw new RecordingError(`recording: a moment of version ${bytes[0]}, expected ${MOMENT_VERSION}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const cityMs = view.getFloat64(16, true)
  const wallMs = view.getFloat64(24, true)
  if (bytes[1] > 1 || !Number.isFinite(cityMs) || !Number.isFinite(wallMs))
    throw new RecordingError('recording: a moment without a time')
  return {
    isKeyframe: bytes[1] === 1,
    run: view.getUint32(4, true),
    tick: view.getInt32(8, true),
    cityMs,
    wallMs,
    frame: bytes.subarray(MOMENT_HEAD_BYTES),
  }
}

/** A whole file. `moments` are as `writeMoment` gives them, so that a server passes on what it has stored. */
export function writeRecording(header: RecordingHeader, moments: readonly Uint8Array[]): Uint8Array {
  const head = utf8FromText(JSON.stringify(header))
  const length = moments.reduce((sum, moment) => sum + 8 + moment.length, FILE_HEAD_BYTES + head.length)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i)
  view.setUint16(4, RECORDING_VERSION, true)
  view.setUint32(8, head.length, true)
  bytes.set(head, FILE_HEAD_BYTES)
  let at = FILE_HEAD_BYTES + head.length
  for (const moment of moments) {
    view.setUint32(at, moment.length, true)
    view.setUint32(at + 4, hashBytes(moment), true)
    bytes.set(moment, at + 8)
    at += 8 + moment.length
  }
  return bytes
}

/** Reads a whole file. Throws `RecordingError` with a sentence when it is another kind of file, of another version, or damaged. */
export function readRecording(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isOurs =
    bytes.length >= FILE_HEAD_BYTES && MAGIC.split('').every((c, i) => bytes[i] === c.charCodeAt(0))
  if (!isOurs) throw new RecordingError('This is not a Citytwin recording.')
  const version = view.getUint16(4, true)
  if (version !== RECORDING_VERSION)
    throw new RecordingError(
      `This recording is of version ${version}; this page opens version ${RECORDING_VERSION}. ` +
        'Open it with the release of Citytwin that saved it.',
    )
  const headLength = view.getUint32(8, true)
  if (headLength > MAX_HEADER_BYTES || FILE_HEAD_BYTES + headLength > bytes.length) throw torn()
  const header = parseHeader(bytes.subarray(FILE_HEAD_BYTES, FILE_HEAD_BYTES + headLength))
  const moments: Moment[] = []
  for (let at = FILE_HEAD_BYTES + headLength; at < bytes.length;) {
    if (at + 8 > bytes.length) throw torn()
    const length = view.getUint32(at, true)
    const end = at + 8 + length
    if (end > bytes.length) throw torn()
    const moment = bytes.subarray(at + 8, end)
    if (hashBytes(moment) !== view.getUint32(at + 4, true))
      throw new RecordingError('This recording is damaged: what it holds differs from what was saved.')
    moments.push(readMoment(moment))
    at = end
  }
  return { header, moments }
}

function torn(): RecordingError {
  return new RecordingError('This recording ends in the middle; it was not saved to its end.')
}

function parseHeader(utf8: Uint8Array): RecordingHeader {
  let given: Partial<Record<keyof RecordingHeader, unknown>>
  try {
    // shape is checked below, field by field
    given = JSON.parse(textFromUtf8(utf8)) as typeof given
  } catch {
    throw new RecordingError('This recording is damaged: its header cannot be read.')
  }
  const { cityId, schemaHash, schema, epoch, runs } = given ?? {}
  const isRun = (run: unknown): run is RecordedRun => {
    const { run: id, startMs, utcOffsetS } = (run ?? {}) as Partial<RecordedRun>
    return Number.isInteger(id) && Number.isFinite(startMs) && Number.isFinite(utcOffsetS)
  }
  if (
    typeof cityId !== 'string' ||
    typeof schemaHash !== 'number' ||
    (schema !== undefined && typeof schema !== 'string') ||
    typeof epoch !== 'string' ||
    !Array.isArray(runs) ||
    !runs.every(isRun)
  )
    throw new RecordingError('This recording is damaged: its header lacks what it needs.')
  return { cityId, schemaHash, ...(schema !== undefined && { schema }), epoch, runs }
}
