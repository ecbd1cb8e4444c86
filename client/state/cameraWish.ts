/** Where somebody wants the map to look: search, the list, the blackout story. The map listens; nobody moves it otherwise. */
import type { LngLat } from '../../twin/geo/projection.ts'

export interface CameraTarget {
  readonly at: LngLat
  readonly zoom?: number
  readonly pitch?: number
  readonly bearing?: number
  /** Default 1,200; with reduced motion the map jumps. */
  readonly durationMs?: number
  /** One step of a move that is told step by step; the last step is not. */
  readonly isMoving?: boolean
}

export class CameraWish {
  private readonly listeners = new Set<(target: CameraTarget) => void>()

  go(target: CameraTarget): void {
    for (const listener of this.listeners) listener(target)
  }

  onWish(listener: (target: CameraTarget) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
