/** Moves the camera of this screen as its wall is told, by the host's clock. */
import type { WallCamera, WallShow } from '../../../../twin/protocol/wallMessages.ts'
import type { Live } from '../../../state/live.ts'
import { cameraAt, isThere } from './flight.ts'

export class WallDrive {
  private readonly live: Live
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  /** Where the screen looked when it was opened. */
  private home: WallCamera | undefined
  private moves: WallShow['moves'] = []
  private frame = 0

  constructor(live: Live) {
    this.live = live
  }

  take({ moves }: WallShow): void {
    this.home ??= this.live.store.get().view.camera
    // the host has forgotten: all screens look where they did when they were opened
    if (moves.length === 0 && this.moves.length > 0 && this.home) this.go(this.home, false)
    this.moves = moves
    cancelAnimationFrame(this.frame)
    if (moves.length > 0) this.step()
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
  }

  private readonly step = () => {
    const hostMs = this.live.source.walls?.hostNowMs()
    if (hostMs !== undefined && hostMs >= this.moves[0].atMs) {
      const isDone = isThere(this.moves, hostMs)
      const home = this.home ?? this.moves[0].to
      this.go(cameraAt(home, this.moves, hostMs, this.isStill), !isDone)
      if (isDone) return
    }
    this.frame = requestAnimationFrame(this.step)
  }

  private go({ lng, lat, zoom, bearing, pitch }: WallCamera, isMoving: boolean): void {
    this.live.camera.go({ at: [lng, lat], zoom, bearing, pitch, durationMs: 0, isMoving })
  }
}
