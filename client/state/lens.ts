/** A difference that the map shows instead of the layers: which streets or feeders, in which class, how wide. Frames leave it as it is. */

/** Class of the middle: no clear change. Below it less than without the edits, above it more. */
export const UNCLEAR = 2

export interface ShownDifference {
  readonly of: 'links' | 'feeders'
  /** Rows of the city's links or feeders; those that matter most last, so that they lie on top. */
  readonly rows: Uint32Array
  /** 0 (much less) to 4 (much more), `UNCLEAR` where it cannot be told from chance. */
  readonly steps: Uint8Array
  /** 0 to 7, by how much it changes, whatever the direction. */
  readonly widths: Uint8Array
}

export class Lens {
  private shown: ShownDifference | undefined
  private readonly listeners = new Set<() => void>()

  readonly get = (): ShownDifference | undefined => this.shown

  show(shown: ShownDifference | undefined): void {
    if (shown === this.shown) return
    this.shown = shown
    for (const listener of this.listeners) listener()
  }

  /** Calls `listener` after each change; gives back what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
