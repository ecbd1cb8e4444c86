/** Gaps between frames, and what the machine was doing meanwhile: others work on it too, and a starved process is no fault of its own. */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

/** What is called a gap, milliseconds. */
export const GAP_MS = 1000
const LOOK_MS = 50
// Pages are asked once a minute.
const LOOKS = 1500

export interface Gap {
  readonly who: string
  readonly ms: number
  /** Since the soak began. */
  readonly atS: number
  readonly load: number
  /** Share of the gap in which some process of the machine waited for a processor; undefined where Linux does not tell. */
  readonly starvedShare: number | undefined
  /** The longest that the one who looked was late itself, milliseconds. */
  readonly lateMs: number
}

export class Gaps {
  readonly found: Gap[] = []
  private startMs = performance.now()
  private readonly longest = new Map<string, number>()
  private readonly looks: { atMs: number; stalledMs: number | undefined; lateMs: number }[] = []
  private readonly timer: NodeJS.Timeout

  constructor() {
    let dueMs = performance.now() + LOOK_MS
    this.timer = setInterval(() => {
      const atMs = performance.now()
      this.looks.push({ atMs, stalledMs: stalledMs(), lateMs: atMs - dueMs })
      dueMs = atMs + LOOK_MS
      if (this.looks.length > LOOKS) this.looks.shift()
    }, LOOK_MS)
  }

  /** `who` had waited `ms` for a frame, which came `agoMs` ago. */
  waited(who: string, ms: number, agoMs = 0): void {
    this.longest.set(who, Math.max(this.longest.get(who) ?? 0, ms))
    if (ms <= GAP_MS) return
    const endMs = performance.now() - agoMs
    const within = this.looks.filter(({ atMs }) => atMs >= endMs - ms - LOOK_MS && atMs <= endMs + LOOK_MS)
    const first = within[0]?.stalledMs
    const last = within.at(-1)?.stalledMs
    this.found.push({
      who,
      ms: Math.round(ms),
      atS: Math.round((endMs - this.startMs) / 1000),
      load: loadavg()[0],
      starvedShare: first === undefined || last === undefined ? undefined : (last - first) / ms,
      lateMs: Math.round(Math.max(0, ...within.map(({ lateMs }) => lateMs))),
    })
  }

  /** The longest of `who` since this was last asked, milliseconds. */
  takeLongest(who: string): number {
    const ms = this.longest.get(who) ?? 0
    this.longest.delete(who)
    return ms
  }

  /** Counts from now on. */
  begin(): void {
    this.startMs = performance.now()
    this.longest.clear()
    this.found.length = 0
  }

  close(): void {
    clearInterval(this.timer)
  }
}

/** Milliseconds in which some task waited for a processor since the machine began (Linux, pressure stall information). */
function stalledMs(): number | undefined {
  try {
    const total = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1]
    return total === undefined ? undefined : Number(total) / 1000
  } catch {
    return undefined
  }
}
