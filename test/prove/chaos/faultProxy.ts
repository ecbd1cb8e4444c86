/**
 * A TCP proxy that is as bad as it is told: slow, lossy, narrow, deaf, or cut in the middle of a message. What is random comes from
 * a seed. It never loses a byte of a line that goes on, for neither does TCP: a lost packet is a late one, and all behind it wait.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { randomUnit } from '../../../twin/kernel/random.ts'

export type Fault =
  | { readonly kind: 'none' }
  /** Each way, and up to so much more. */
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs: number }
  /** This share of packets has to be sent again. */
  | { readonly kind: 'loss'; readonly share: number }
  /** Towards the page. */
  | { readonly kind: 'throttle'; readonly bytesPerS: number }
  /** Nothing passes, nobody is told, and lines are not closed; new ones get nowhere. */
  | { readonly kind: 'blackhole' }

// A sender waits about so long for a lost packet's acknowledgement (RFC 6298, least value in common use), and doubles it.
const RESEND_MS = 200
// Bytes on their way in one direction, as a router would queue them.
const QUEUE_BYTES = 64 * 1024
const DEAF_LOOK_MS = 20

export class FaultProxy {
  fault: Fault = { kind: 'none' }
  /** Performance times at which lines were asked for, milliseconds. */
  readonly asked: number[] = []
  private readonly server: Server
  private readonly targetPort: number
  private readonly seed: number
  private readonly lines = new Set<Line>()
  /** Half open: one end may have gone, and the other was not told. */
  private readonly dead = new Set<Line>()
  private draws = 0

  private constructor(targetPort: number, seed: number) {
    this.targetPort = targetPort
    this.seed = seed
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (page) => this.take(page))
  }

  static async open(targetPort: number, seed: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, seed)
    await new Promise<void>((done) => proxy.server.listen(0, '127.0.0.1', done))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  random(): number {
    return randomUnit(this.seed, this.draws++)
  }

  /** Every line is cut, with a part of a message on its way. */
  resetMidFrame(): void {
    for (const line of this.lines) line.cutAtNextBytes = true
  }

  /** Every line that is there now is dead for good, and neither end is told. Later ones are well. */
  leaveHalfOpen(): void {
    for (const line of this.lines) {
      line.isDead = true
      this.dead.add(line)
    }
  }

  close(): void {
    this.server.close()
    for (const line of [...this.lines, ...this.dead]) line.end()
  }

  private take(page: Socket): void {
    this.asked.push(performance.now())
    const host = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true })
    const line: Line = {
      cutAtNextBytes: false,
      isDead: false,
      end: () => {
        page.destroy()
        host.destroy()
      },
    }
    this.lines.add(line)
    const gone = () => {
      this.lines.delete(line)
      if (!line.isDead) line.end()
    }
    for (const socket of [page, host]) {
      socket.on('error', () => undefined)
      socket.on('close', gone)
    }
    void this.carry(page, host, line, false)
    void this.carry(host, page, line, true)
  }

  /** One direction of a line, chunk by chunk. */
  private async carry(from: Socket, to: Socket, line: Line, isToPage: boolean): Promise<void> {
    let queued = 0
    let clearMs = 0
    let sending: Promise<void> = Promise.resolve()
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        while (this.fault.kind === 'blackhole' || line.isDead) {
          if (line.isDead && from.destroyed) return
          await sleep(DEAF_LOOK_MS)
        }
        if (isToPage && line.cutAtNextBytes) {
          to.write(chunk.subarray(0, Math.ceil(chunk.length * this.random())), () => {
            to.resetAndDestroy()
            from.resetAndDestroy()
          })
          return
        }
        // in order: nothing overtakes what waits
        const { fault } = this
        clearMs = Math.max(clearMs, performance.now() + this.delayMs()) + this.narrowMs(chunk, isToPage)
        const dueMs = clearMs
        queued += chunk.length
        sending = sending.then(async () => {
          while (this.fault === fault && performance.now() < dueMs)
            await sleep(Math.min(DEAF_LOOK_MS, dueMs - performance.now()))
          // a line that is well again has no queue
          if (this.fault !== fault) clearMs = 0
          queued -= chunk.length
          if (!line.isDead) to.write(chunk)
        })
        while (queued > QUEUE_BYTES || to.writableLength > QUEUE_BYTES) await sleep(DEAF_LOOK_MS)
      }
      await sending
      if (!line.isDead) to.end()
    } catch {
      // the end that failed closes the line
    }
  }

  private delayMs(): number {
    const { fault } = this
    if (fault.kind === 'latency') return fault.ms + this.random() * fault.jitterMs
    if (fault.kind !== 'loss') return 0
    let ms = 0
    for (let again = RESEND_MS; this.random() < fault.share && again < 4000; again *= 2) ms += again
    return ms
  }

  private narrowMs(chunk: Buffer, isToPage: boolean): number {
    return this.fault.kind === 'throttle' && isToPage ? (chunk.length / this.fault.bytesPerS) * 1000 : 0
  }
}

interface Line {
  cutAtNextBytes: boolean
  isDead: boolean
  end(): void
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
