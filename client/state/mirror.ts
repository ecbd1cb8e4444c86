/** The twin's tables as last received: columns outside React. React reads a few scalars a second through `useMirror`. */
import { publishedTables } from '../../twin/domains.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../twin/kernel/table.ts'
import type { Decoder } from '../source/frameSource.ts'
import { newDecoder } from '../source/newDecoder.ts'

export class Mirror {
  private decoder: Decoder = newDecoder()
  /** What made the decoder, where it takes in parts. */
  private madeBy: (() => Decoder) | undefined
  private readonly listeners = new Set<() => void>()
  /** Frames taken in so far: who has seen all but the last needs `changedRows` only. */
  frames = 0
  /** Performance time at which the last frame was taken in, milliseconds; undefined before the first. */
  receivedAtMs: number | undefined

  /** Tick of the last frame; −1 before the first. */
  get tick(): number {
    return this.decoder.tick
  }

  /** The table of a declaration. Its columns may be new arrays after any frame: read them anew, never keep them. */
  table<S extends ColumnSpecs>(spec: TableSpec<S>): Table<S> {
    return this.decoder.tables[indexOf(spec)] as unknown as Table<S>
  }

  /** The rows of a table that the last frame changed. */
  changedRows(spec: TableSpec): Uint32Array {
    return this.decoder.changedRows[indexOf(spec)]
  }

  /** Performance time at which the state of the last frame was taken, milliseconds; undefined before the first. */
  cutAtMs: number | undefined

  /** Per table, in the order of `publishedTables`, the bytes of the last frame before they were deflated. */
  get tableBytes(): Uint32Array {
    return this.decoder.tableBytes
  }

  /** A fingerprint of all that was taken in. */
  stateHash(): number {
    return this.decoder.stateHash()
  }

  /** Takes in one inflated frame, whose state was taken at `cutAtMs`; false when a frame before it is missing and a keyframe is due. */
  apply(frame: Uint8Array, nowMs: number, cutAtMs = nowMs, partDecoder?: () => Decoder): boolean {
    const decoder = this.decoderOf(partDecoder)
    if (!decoder.apply(frame)) return false
    this.decoder = decoder
    this.frames++
    this.madeBy = partDecoder
    this.receivedAtMs = nowMs
    this.cutAtMs = cutAtMs
    for (const listener of this.listeners) listener()
    return true
  }

  /** Whole frames and bundles of parts do not follow each other: the one or the other begins with everything. */
  private decoderOf(make: (() => Decoder) | undefined): Decoder {
    if (make === this.madeBy) return this.decoder
    return make === undefined ? newDecoder() : make()
  }

  /** Empties all tables: another stream begins, with a keyframe of its own. */
  forget(): void {
    this.decoder = newDecoder()
    this.madeBy = undefined
    this.receivedAtMs = undefined
    this.cutAtMs = undefined
  }

  /** Calls `listener` after each frame; gives back what ends it. */
  onFrame(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

function indexOf(spec: TableSpec): number {
  const index = publishedTables.findIndex((published) => published.name === spec.name)
  if (index < 0) throw new Error(`mirror: no table ${spec.name}`)
  return index
}
