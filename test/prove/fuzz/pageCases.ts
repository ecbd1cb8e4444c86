/**
 * Damaged and hostile envelopes and frames at a page: what was damaged on its way is refused, and whatever was taken in before, one
 * sound keyframe puts the page right again. Judged by the fingerprint of the state.
 */
import { deflateRawSync } from 'node:zlib'
import { inflateSync } from 'fflate'
import { newPartDecoder } from '../../../client/source/newPartDecoder.ts'
import { Follower } from '../../../client/source/follower.ts'
import { Mirror } from '../../../client/state/mirror.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import {
  readEnvelope,
  writeEnvelope,
  envelopeKinds,
  type Envelope,
  type EnvelopeKind,
} from '../../../twin/protocol/envelope.ts'
import { FrameDecoder, FrameEncoder, KEYFRAME } from '../../../twin/protocol/frame.ts'
import { PartEncoder } from '../../../twin/protocol/partEncoder.ts'
import { isBundle, writeBundle, type BundleEntry } from '../../../twin/protocol/parts.ts'
import { makeTiling, partsOf, tableCuts } from '../../../twin/tiles.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import { makePulseTwin } from '../../server/fixtures/pulseTwin.ts'
import type { Dice } from './dice.ts'
import { mangledBytes } from './mangle.ts'

const EPOCH = 77
// What all tables of a page may take, whatever it was sent.
const MOST_BYTES = 256 * 1024 * 1024
// One message, milliseconds.
const MOST_MS = 1000

interface Sound {
  readonly envelope: Envelope
  readonly frame: Uint8Array
}

export class PageUnderFire {
  private readonly mirror = new Mirror()
  private readonly follower = new Follower()
  private readonly keyframe: Sound
  private readonly delta: Sound
  /** All of the city's parts, and their changes. */
  private readonly bundles: readonly Sound[]
  private readonly hash: number

  constructor() {
    const twin = makePulseTwin(24)
    const encoder = new FrameEncoder(twin.tables)
    encoder.delta(0)
    this.keyframe = sound('keyframe', 0, encoder.keyframe())
    twin.step()
    this.delta = sound('delta', 1, encoder.delta(50))
    this.hash = encoder.stateHash()
    this.bundles = soundBundles()
  }

  /** Takes one strange message, then sound ones. Throws when a law is broken. */
  take(dice: Dice): void {
    const { message, isDamaged } = this.strange(dice)
    const fromMs = performance.now()
    const wasBelieved = this.hear(message)
    const tookMs = performance.now() - fromMs
    if (tookMs > MOST_MS) throw new Error(`a message of ${message.length} bytes took ${tookMs} ms`)
    if (wasBelieved && isDamaged) throw new Error('a damaged envelope was believed')
    const bytes = this.bytes
    if (bytes > MOST_BYTES) throw new Error(`the tables take ${bytes} bytes`)
    // what the page does when the host begins anew
    this.follower.forget()
    for (const { envelope } of [this.keyframe, this.delta]) this.hear(writeEnvelope(envelope))
    if (this.mirror.stateHash() !== this.hash) throw new Error('a sound keyframe does not put the page right')
  }

  /** As `socketSource` does it. */
  private hear(message: Uint8Array): boolean {
    try {
      const envelope = readEnvelope(message)
      if (envelope.kind === 'beat' || this.follower.isPast(envelope)) return true
      if (!this.follower.continues(envelope)) {
        this.follower.forget()
        return true
      }
      const frame = envelope.isDeflated ? inflateSync(envelope.payload) : envelope.payload
      if (this.mirror.apply(frame, 0, 0, isBundle(frame) ? newPartDecoder : undefined))
        this.follower.took(envelope)
      else this.follower.forget()
      return true
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.follower.forget()
      return false
    }
  }

  private strange(dice: Dice): { message: Uint8Array; isDamaged: boolean } {
    const { envelope, frame } = dice.pick([this.keyframe, this.delta, ...this.bundles])
    const good = writeEnvelope(envelope)
    switch (dice.below(4)) {
      case 0: {
        const message = mangledBytes(dice, good)
        return { message, isDamaged: !Buffer.from(message).equals(good) }
      }
      case 1:
        // a head that says something else, checksum and all
        return { message: writeEnvelope({ ...envelope, ...strangeHead(dice) }), isDamaged: false }
      case 2:
        // deflated bytes that are none
        return {
          message: writeEnvelope({ ...envelope, payload: mangledBytes(dice, envelope.payload) }),
          isDamaged: false,
        }
      default: {
        const payload = deflateRawSync(mangledBytes(dice, frame))
        return { message: writeEnvelope({ ...envelope, payload }), isDamaged: false }
      }
    }
  }

  private get bytes(): number {
    let sum = 0
    for (const spec of publishedTables)
      for (const column of Object.values(this.mirror.table(spec).columns)) sum += column.byteLength
    return sum
  }
}

function soundBundles(): Sound[] {
  const twin = makePulseTwin(24)
  const encoder = new FrameEncoder(twin.tables)
  const whole = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  whole.apply(encoder.delta(0))
  const tiling = makeTiling(smallCity({ side: 4 }).network)
  const parts = new PartEncoder(whole, tableCuts(tiling))
  const ids = partsOf('vehicles', [0])
  const bundle = (baseTick: number, entries: BundleEntry[]) =>
    writeBundle(parts.schema, whole.tick, baseTick, entries)
  const block = (bytes: Uint8Array) => ({ bytes, isDeflated: false })
  const first = bundle(
    KEYFRAME,
    ids.map((part) => ({ part, kind: 'whole', block: block(parts.whole(part)) })),
  )
  twin.step()
  whole.apply(encoder.delta(50))
  const changes = [...parts.take(new Set(ids))].sort(([a], [b]) => a - b)
  const second = bundle(
    0,
    changes.map(([part, bytes]) => ({ part, kind: 'changes', block: block(bytes) })),
  )
  const turn = bundle(50, [{ part: ids[1], kind: 'gone' }])
  return [sound('keyframe', 0, first, false), sound('delta', 1, second, false), sound('view', 0, turn, false)]
}

function sound(kind: EnvelopeKind, seq: number, frame: Uint8Array, isDeflated = true): Sound {
  const envelope: Envelope = {
    kind,
    isDeflated,
    stream: 1,
    nextMs: 250,
    epoch: EPOCH,
    seq,
    baseSeq: Math.max(0, seq - 1),
    stateHash: undefined,
    cutMs: 1,
    payload: isDeflated ? deflateRawSync(frame) : frame,
  }
  return { envelope, frame }
}

function strangeHead(dice: Dice): Partial<Envelope> {
  const word = () => dice.pick([0, 1, 2, 0x7fffffff, 0xffffffff, dice.below(0xffffffff)])
  return {
    kind: dice.pick(envelopeKinds),
    isDeflated: dice.once(2),
    epoch: dice.once(2) ? EPOCH : word(),
    seq: word(),
    baseSeq: word(),
    nextMs: word(),
    cutMs: dice.pick([NaN, Infinity, -1, 1e300]),
  }
}
