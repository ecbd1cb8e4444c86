/**
 * What goes round a frame on its way to many: whose it is, where it stands in its stream, and how to tell that it came whole.
 *
 *   u8 magic | u8 version | u8 kind | u8 flags (1: deflated, 2: has a state hash) | u16 stream | u16 ms until the next word
 *   | u32 epoch | u32 seq | u32 base seq | u32 crc32 of all else | u32 state hash | f64 cut | payload
 *
 * Little-endian. A delta takes a receiver that stands at `baseSeq` of the same epoch to `seq`; a keyframe takes any receiver
 * there. An epoch ends when the stream begins anew from another state. `cutMs` is the sender's monotonic clock when the state was
 * taken. A view takes a receiver at `seq` to other parts of the same frame. A beat carries no payload: the line is well, and
 * `seq` is the head.
 */
import { crc32 } from '../kernel/crc32.ts'

const MAGIC = 0xc7
const VERSION = 3
const CRC_AT = 20
export const ENVELOPE_BYTES = 36
const DEFLATED = 1
const HASHED = 2

export const envelopeKinds = ['keyframe', 'delta', 'beat', 'view'] as const
export type EnvelopeKind = (typeof envelopeKinds)[number]

/** Where a receiver of a stream stands: the last frame it took in. */
export interface Position {
  readonly epoch: number
  readonly seq: number
  /** Which parts of it, as the host names them; nothing is all. */
  readonly view?: number
}

export interface Envelope {
  readonly kind: EnvelopeKind
  readonly isDeflated: boolean
  /** Number of the stream on this server. */
  readonly stream: number
  /** The sender speaks again within so many milliseconds. */
  readonly nextMs: number
  readonly epoch: number
  readonly seq: number
  readonly baseSeq: number
  /** Of the receiver's state once the frame is taken in; undefined when this frame has none. */
  readonly stateHash: number | undefined
  readonly cutMs: number
  readonly payload: Uint8Array
}

/** Bytes of an envelope, `before` bytes left free at their beginning for whoever frames them further. */
export function writeEnvelope(envelope: Envelope, before = 0): Uint8Array {
  const { payload } = envelope
  const bytes = new Uint8Array(before + ENVELOPE_BYTES + payload.length)
  const view = new DataView(bytes.buffer, before)
  view.setUint8(0, MAGIC)
  view.setUint8(1, VERSION)
  view.setUint8(2, envelopeKinds.indexOf(envelope.kind))
  view.setUint8(3, (envelope.isDeflated ? DEFLATED : 0) | (envelope.stateHash === undefined ? 0 : HASHED))
  view.setUint16(4, envelope.stream, true)
  view.setUint16(6, Math.min(0xffff, envelope.nextMs), true)
  view.setUint32(8, envelope.epoch, true)
  view.setUint32(12, envelope.seq, true)
  view.setUint32(16, envelope.baseSeq, true)
  view.setUint32(24, envelope.stateHash ?? 0, true)
  view.setFloat64(28, envelope.cutMs, true)
  bytes.set(payload, before + ENVELOPE_BYTES)
  view.setUint32(CRC_AT, crcOf(bytes.subarray(before)), true)
  return bytes
}

/** The envelope of `bytes`; its payload is a view of them. Throws, saying what came, when they are none or were damaged. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length < ENVELOPE_BYTES)
    throw new Error(`envelope: ${bytes.length} bytes, expected at least ${ENVELOPE_BYTES}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(0) !== MAGIC || view.getUint8(1) !== VERSION)
    throw new Error(
      `envelope: begins with ${view.getUint8(0)}, ${view.getUint8(1)}, expected ${MAGIC}, ${VERSION}`,
    )
  if (crcOf(bytes) !== view.getUint32(CRC_AT, true)) throw new Error('envelope: was damaged on its way')
  const kind = envelopeKinds[view.getUint8(2)]
  if (kind === undefined) throw new Error(`envelope: is of kind ${view.getUint8(2)}`)
  const flags = view.getUint8(3)
  return {
    kind,
    isDeflated: (flags & DEFLATED) !== 0,
    stream: view.getUint16(4, true),
    nextMs: view.getUint16(6, true),
    epoch: view.getUint32(8, true),
    seq: view.getUint32(12, true),
    baseSeq: view.getUint32(16, true),
    stateHash: (flags & HASHED) !== 0 ? view.getUint32(24, true) : undefined,
    cutMs: view.getFloat64(28, true),
    payload: bytes.subarray(ENVELOPE_BYTES),
  }
}

/** Of an envelope but for the place where it stands: a damaged seq would be followed for ever, so the head counts as well. */
function crcOf(envelope: Uint8Array): number {
  return crc32(envelope.subarray(CRC_AT + 4), crc32(envelope.subarray(0, CRC_AT)))
}
