/** What a face draws on the map of its own, over the layers: a scenario's edits, an area under way. Who draws keeps its own shapes. */
import type { LngLat } from '../../twin/geo/projection.ts'

export interface SketchShape {
  readonly kind: 'area' | 'path' | 'place'
  /** Of an area its corners, the last not the first again; of a path its course; of a place the one. */
  readonly points: readonly LngLat[]
  /** A letter or a word, in the middle of it. */
  readonly mark: string
  /** Not closed yet: its corners are shown. */
  readonly isOpen?: boolean
}

export class Sketch {
  private readonly byOwner = new Map<string, readonly SketchShape[]>()
  private shapes: readonly SketchShape[] = []
  private readonly listeners = new Set<() => void>()

  get(): readonly SketchShape[] {
    return this.shapes
  }

  /** Instead of what `owner` drew before. */
  draw(owner: string, shapes: readonly SketchShape[]): void {
    if (shapes.length === 0 && !this.byOwner.has(owner)) return
    if (shapes.length === 0) this.byOwner.delete(owner)
    else this.byOwner.set(owner, shapes)
    this.shapes = [...this.byOwner.values()].flat()
    for (const listener of this.listeners) listener()
  }

  /** Calls `listener` after each change; gives back what ends it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
