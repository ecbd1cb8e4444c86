/**
 * A viewer right beside the server, on a line that nothing happens to: by what it was told when, others are judged. Its own state is
 * checked against the server's fingerprints.
 */
import { Viewer, type Shown, type Told } from './viewer.ts'

/** What is drawn as live after a stall is no older, milliseconds. */
export const OLDEST_LIVE_MS = 1500
/** While a line is failing a page has not noticed yet: three seconds, its own limit and the time between two looks. */
export const UNNOTICED_MS = 3000
const LOOK_MS = 50

/** Something old that was drawn as live although there was newer. */
export interface Old {
  readonly who: string
  readonly tick: number
  readonly ageMs: number
  /** CLOCK_MONOTONIC. */
  readonly atMs: number
}

export class Witness {
  readonly viewer: Viewer
  /** All that was older than may be after a stall. */
  readonly old: Old[] = []

  constructor(url: string) {
    this.viewer = new Viewer(url, url, true, true)
  }

  /** Notes what is drawn as live and is old. */
  judge(who: string, { state, tick, atMs }: Shown): void {
    if (state !== 'live') return
    const { told } = this.viewer
    const at = told.findLastIndex((each) => each.tick <= tick)
    const next = told[at + 1]
    // of a run we no longer know, or there was nothing newer to show
    if (at < 0 || next === undefined || next.atMs > atMs) return
    const ageMs = Math.round(atMs - told[at].atMs)
    if (ageMs > OLDEST_LIVE_MS) this.old.push({ who, tick, ageMs, atMs })
  }

  /** Whether a viewer shows as live what the server has now, or had a frame ago; and had not by `sinceMs`. */
  isCurrent(shown: Shown, sinceMs = 0): boolean {
    const known = this.viewer.told
      .slice(-3)
      .find(({ tick, atMs }: Told) => tick === shown.tick && atMs > sinceMs)
    return shown.state === 'live' && known?.hash === shown.hash
  }

  close(): void {
    this.viewer.close()
  }
}

/** Looks at viewers all the time, until `stop` is called. */
export function keepLooking(witness: Witness, viewers: ReadonlyMap<string, Viewer>): () => void {
  const timer = setInterval(() => {
    for (const [name, viewer] of viewers) witness.judge(name, viewer.shown)
  }, LOOK_MS)
  return () => clearInterval(timer)
}

/** Milliseconds until `holds`, or undefined when it does not within `mostMs`. */
export async function untilHolds(
  holds: () => boolean | Promise<boolean>,
  mostMs: number,
): Promise<number | undefined> {
  const fromMs = performance.now()
  for (;;) {
    if (await holds()) return performance.now() - fromMs
    if (performance.now() - fromMs > mostMs) return undefined
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
}
