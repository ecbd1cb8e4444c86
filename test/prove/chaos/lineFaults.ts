/** What can happen to a line, in an order of the seed's choosing; after each has healed, every viewer has the server's state again. */
import { randomBits } from '../../../twin/kernel/random.ts'
import { FaultProxy, type Fault } from './faultProxy.ts'
import { monotonicMs, Viewer } from './viewer.ts'
import { keepLooking, OLDEST_LIVE_MS, UNNOTICED_MS, untilHolds, type Old, type Witness } from './witness.ts'

export interface LineFault {
  readonly name: string
  readonly forMs: number
  /** The line stands still, as against going badly. */
  readonly isStall: boolean
  begin(proxy: FaultProxy): void
  /** Beside the line being well again. */
  end?(): void
}

export interface LineRun {
  readonly name: string
  /** Until the last viewer was current again; undefined when one was not within ten seconds. */
  readonly healedMs: number | undefined
  /** What was old and drawn as live. */
  readonly lies: readonly Old[]
}

const HEALS_WITHIN_MS = 10_000
const FIRST_PICTURE_MS = 30_000

const lasting = (name: string, forMs: number, fault: Fault): LineFault => ({
  name,
  forMs,
  isStall: fault.kind === 'blackhole',
  begin: (proxy) => (proxy.fault = fault),
})
const momentary = (name: string, begin: (proxy: FaultProxy) => void): LineFault => ({
  name,
  forMs: 100,
  isStall: false,
  begin,
})

/** `scale` is how long they last, against the shortest that show something. */
export function lineFaults(scale: number): readonly LineFault[] {
  return [
    momentary('cut in the middle of a frame', (proxy) => proxy.resetMidFrame()),
    momentary('half open', (proxy) => proxy.leaveHalfOpen()),
    lasting('deaf', 3500 * scale, { kind: 'blackhole' }),
    lasting('narrow', 3000 * scale, { kind: 'throttle', bytesPerS: 150 }),
    lasting('slow', 2000 * scale, { kind: 'latency', ms: 800, jitterMs: 400 }),
    lasting('lossy', 2000 * scale, { kind: 'loss', share: 0.2 }),
  ]
}

/** A page that has never seen the line well. */
export const begunSlow: LineFault = {
  ...lasting('begun anew while slow', 12_000, { kind: 'latency', ms: 2500, jitterMs: 100 }),
  begin: (proxy) => {
    proxy.resetMidFrame()
    proxy.fault = { kind: 'latency', ms: 2500, jitterMs: 100 }
  },
}

/** One after another, on the same viewers: two in the crowd and a wall. */
export async function runLineFaults(
  port: number,
  witness: Witness,
  seed: number,
  faults: readonly LineFault[],
): Promise<LineRun[]> {
  const proxy = await FaultProxy.open(port, seed)
  const direct = `http://127.0.0.1:${port}`
  const viewers = new Map(
    ['first', 'second', 'wall'].map((name) => [name, new Viewer(proxy.url, direct, name === 'wall')]),
  )
  const areCurrent = (sinceMs: number) =>
    [...viewers.values()].every(({ shown }) => witness.isCurrent(shown, sinceMs))
  const stopLooking = keepLooking(witness, viewers)
  const runs: LineRun[] = []
  try {
    if ((await untilHolds(() => areCurrent(0), FIRST_PICTURE_MS)) === undefined)
      throw new Error('the viewers did not come up')
    for (const fault of shuffled(faults, seed)) {
      const before = witness.old.length
      fault.begin(proxy)
      await new Promise((done) => setTimeout(done, fault.forMs))
      proxy.fault = { kind: 'none' }
      fault.end?.()
      const sinceMs = monotonicMs()
      const healedMs = await untilHolds(() => areCurrent(sinceMs), HEALS_WITHIN_MS)
      const lies = witness.old
        .slice(before)
        .filter(
          ({ atMs, ageMs }) => ageMs > (fault.isStall && atMs >= sinceMs ? OLDEST_LIVE_MS : UNNOTICED_MS),
        )
      runs.push({ name: fault.name, healedMs, lies })
    }
    for (const [name, { wrongHashes }] of viewers)
      if (wrongHashes > 0) throw new Error(`${name} had ${wrongHashes} states that were not the server's`)
  } finally {
    stopLooking()
    for (const viewer of viewers.values()) viewer.close()
    proxy.close()
  }
  return runs
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  return list
    .map((each, i) => ({ each, at: randomBits(seed, i) }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}
