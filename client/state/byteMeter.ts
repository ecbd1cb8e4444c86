/** What a page is sent, by domain: bytes on the line over the last seconds, each frame's shared out as its tables were before they were deflated. */
import { publishedTables, type DomainId } from '../../twin/domains.ts'

const WINDOW_MS = 10_000

export interface ByteRates {
  readonly bytesPerS: number
  readonly byDomain: Readonly<Partial<Record<DomainId, number>>>
}

interface Frame {
  readonly atMs: number
  readonly wireBytes: number
  readonly shares: Readonly<Record<string, number>>
}

export class ByteMeter {
  private frames: Frame[] = []

  /** A frame of `wireBytes` came; `tableBytes` in the order of `publishedTables`. */
  took(nowMs: number, wireBytes: number, tableBytes: Uint32Array): void {
    const shares: Record<string, number> = {}
    const total = tableBytes.reduce((sum, bytes) => sum + bytes, 0)
    publishedTables.forEach(({ name }, t) => {
      const [domain] = name.split('.')
      shares[domain] = (shares[domain] ?? 0) + (total > 0 ? tableBytes[t] / total : 0)
    })
    this.frames.push({ atMs: nowMs, wireBytes, shares })
    while (this.frames[0].atMs < nowMs - WINDOW_MS) this.frames.shift()
  }

  /** Undefined until there are two frames to measure between. The first frame of the window counts as its beginning. */
  rates(nowMs: number): ByteRates | undefined {
    const [first, ...rest] = this.frames.filter(({ atMs }) => atMs >= nowMs - WINDOW_MS)
    if (first === undefined || rest.length === 0) return undefined
    const seconds = Math.max(1, (nowMs - first.atMs) / 1000)
    const byDomain: Record<string, number> = {}
    let bytesPerS = 0
    for (const { wireBytes, shares } of rest) {
      bytesPerS += wireBytes / seconds
      for (const [domain, share] of Object.entries(shares))
        byDomain[domain] = (byDomain[domain] ?? 0) + (share * wireBytes) / seconds
    }
    return { bytesPerS, byDomain }
  }
}
