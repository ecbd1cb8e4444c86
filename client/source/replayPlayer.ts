/**
 * Finds the picture of any recorded moment: from the keyframe of its half piece on, or from the picture it has when the moment comes
 * after that. Gives the tables as one frame from what was shown before, so that the page takes in one small frame however many
 * seconds passed. Runs inside a worker; knows nothing of where the moments come from.
 */
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import type { Moment, RecordedRun } from '../../twin/protocol/recording.ts'
import type { Show } from './pastSource.ts'
import { newDecoder } from './newDecoder.ts'
import { PIECE_MS, openFrame, type Piece, type PastStore } from './pastStore.ts'

/** Kept at hand, deflated: about half a megabyte each. */
const PIECES_KEPT = 10
/** Played on frame by frame up to this far; beyond it a keyframe is nearer. */
const FAR_MS = 120_000
const COARSE_MS = 120_000
const COARSE_AT_ONCE = 8

export interface Picture {
  readonly bytes: Uint8Array
  readonly isJump: boolean
  /** City time. */
  readonly timeMs: number
  readonly startMs: number
  readonly utcOffsetS: number
}

export class ReplayPlayer {
  private readonly past: PastStore
  private readonly decoder = newDecoder()
  private encoder = new FrameEncoder(this.decoder.tables)
  private at: Moment | undefined
  private run: RecordedRun | undefined
  private isPrepared = false
  private readonly pieces = new Map<number, Promise<Piece>>()
  private coarse: { fromMs: number; toMs: number; piece: Piece } | undefined

  constructor(past: PastStore) {
    this.past = past
  }

  /** Finds the picture of a moment and lets go of it: code that never ran is slow the first time. */
  async prepare(timeMs: number): Promise<void> {
    if (this.isPrepared) return
    await this.show({ timeMs, isJump: true, isCoarse: false })
    this.at = undefined
    this.run = undefined
  }

  /** The picture of a moment; the last before it where nothing was recorded. Rejects where there is none. */
  async show({ timeMs, isJump, isCoarse }: Show): Promise<Picture> {
    const isAhead = this.at !== undefined && timeMs >= this.at.cityMs
    const runBefore = this.run?.run
    this.isPrepared = true
    if (isJump || !isAhead) await this.seek(timeMs)
    else if (isCoarse) {
      const { moments, runs } = await this.coarseAt(timeMs)
      this.take(moments, runs, timeMs)
    } else if (timeMs - (this.at?.cityMs ?? 0) > FAR_MS) await this.seek(timeMs)
    else await this.goOn(timeMs)
    const { at, run } = this
    if (at === undefined || run === undefined) throw new Error('Nothing was recorded at this time.')
    const isOther = isJump || runBefore !== run.run || !isAhead
    // a new encoder begins with everything
    if (isOther) this.encoder = new FrameEncoder(this.decoder.tables)
    const bytes = this.encoder.delta(at.tick)
    return { bytes, isJump: isOther, timeMs: at.cityMs, startMs: run.startMs, utcOffsetS: run.utcOffsetS }
  }

  private async seek(timeMs: number): Promise<void> {
    const { moments, runs } = await this.pieceOf(timeMs, timeMs)
    const until = moments.findLastIndex(({ cityMs }) => cityMs <= timeMs)
    const key = moments.slice(0, until + 1).findLastIndex(({ isKeyframe }) => isKeyframe)
    if (key < 0) throw new Error('Nothing was recorded at this time.')
    const { at } = this
    const here = moments.findIndex(({ run, cityMs }) => run === at?.run && cityMs === at.cityMs)
    // from the picture that is there, where it is on the way
    const next = here >= key && here <= until ? here + 1 : key
    for (const moment of moments.slice(next, until + 1)) this.apply(moment, runs)
  }

  /** Every frame from where we are up to `timeMs`. */
  private async goOn(timeMs: number): Promise<void> {
    const first = pieceStart(this.at?.cityMs ?? timeMs)
    let isWhole = false
    for (let pieceMs = first; pieceMs <= timeMs; pieceMs += PIECE_MS) {
      const piece = await this.pieceOf(pieceMs, Math.min(timeMs, pieceMs + PIECE_MS - 1))
      this.take(piece.moments, piece.runs, timeMs)
      isWhole = piece.isWhole
    }
    // the next is ready when it is needed
    if (isWhole) void this.fetched(pieceStart(timeMs) + PIECE_MS).catch(() => undefined)
  }

  private take(moments: readonly Moment[], runs: readonly RecordedRun[], untilMs: number): void {
    for (const moment of moments) {
      const { at } = this
      if (moment.cityMs > untilMs) break
      const isNews =
        at === undefined || moment.run > at.run || (moment.run === at.run && moment.cityMs > at.cityMs)
      if (isNews) this.apply(moment, runs)
    }
  }

  private apply(moment: Moment, runs: readonly RecordedRun[]): void {
    // a delta whose forerunner was lost changes nothing; the keyframe after it does
    if (!this.decoder.apply(openFrame(moment))) return
    this.at = moment
    this.run = runs.find(({ run }) => run === moment.run) ?? this.run
  }

  /** The piece that holds a moment, as far as it is there; asked for anew when it may have grown up to `untilMs`. */
  private async pieceOf(timeMs: number, untilMs: number): Promise<Piece> {
    const pieceMs = pieceStart(timeMs)
    const piece = await this.fetched(pieceMs)
    const last = piece.moments.at(-1)
    if (piece.isWhole || last === undefined || last.cityMs >= untilMs) return piece
    const more = await this.past.more(last, pieceMs + PIECE_MS - 1)
    const grown: Piece = {
      moments: [...piece.moments, ...more.moments],
      runs: [...piece.runs, ...more.runs],
      isWhole: more.isWhole,
    }
    this.pieces.set(pieceMs, Promise.resolve(grown))
    return grown
  }

  private fetched(pieceMs: number): Promise<Piece> {
    const known = this.pieces.get(pieceMs)
    if (known !== undefined) return known
    const piece = this.past.piece(pieceMs)
    this.pieces.set(pieceMs, piece)
    // what is not there yet, or could not be fetched, is asked for again
    piece.then(
      ({ moments }) => moments.length === 0 && this.pieces.delete(pieceMs),
      () => this.pieces.delete(pieceMs),
    )
    for (const old of this.pieces.keys()) if (this.pieces.size > PIECES_KEPT) this.pieces.delete(old)
    return piece
  }

  private async coarseAt(timeMs: number): Promise<Piece> {
    const { coarse } = this
    if (coarse !== undefined && timeMs >= coarse.fromMs && timeMs < coarse.toMs) return coarse.piece
    const toMs = timeMs + COARSE_AT_ONCE * COARSE_MS
    const piece = await this.past.keyframes(timeMs, toMs, COARSE_MS)
    this.coarse = { fromMs: timeMs, toMs, piece }
    return piece
  }
}

function pieceStart(timeMs: number): number {
  return Math.floor(timeMs / PIECE_MS) * PIECE_MS
}
