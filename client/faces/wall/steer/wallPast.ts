/** Which moment of the past a wall shows now: told once with the host's time, so that a screen that comes late shows the same. */
import type { WallRun } from '../../../../twin/protocol/wallMessages.ts'

/** City time to be shown at `hostMs`; what has not begun to run, or stands still, is where it was told. */
export function pastAt(timeMs: number, run: WallRun | undefined, hostMs: number | undefined): number {
  if (run === undefined || hostMs === undefined) return timeMs
  return timeMs + Math.max(0, hostMs - run.sinceMs) * run.speed
}

/** A screen that is further from it than this is set right: half a second of the viewer's. */
export function isAstray(shownMs: number, wantedMs: number, { speed }: WallRun): boolean {
  return Math.abs(shownMs - wantedMs) > 500 * speed
}
