/** Viewers without a page: one that stays and takes the time of every frame, and others that come, look about and go, by a seed. */
import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../../twin/protocol/messages.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import { readEnvelope } from '../../../twin/protocol/envelope.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'
import { pageParser } from '../../../twin/protocol/socketParser.ts'
import type { Gaps } from './gaps.ts'

const ACK_MS = 1000
const COMES_EVERY_MS = 2000
const STAYS_MS = 10_000
const ANSWER_WITHIN_MS = 15_000
// Share of those who go without a word.
const RUDE = 0.5
/** What somebody who looks about asks for. */
const doors = ['/health', '/metrics', '/api/now', '/api/city', '/api/replay/span']

type Line = Socket<ServerToClient, ClientToServer>

export class Viewers {
  frames = 0
  visits = 0
  /** Visitors who were told nothing, or that something is wrong. */
  readonly unanswered: string[] = []
  /** Nobody comes, so that who is there by chance is not measured. */
  isClosed = false
  private readonly url: string
  private readonly seed: number
  private readonly gaps: Gaps
  private readonly visitors = new Set<Line>()
  private readonly lines = new Set<Line>()
  private readonly timers: NodeJS.Timeout[] = []
  private draws = 0

  constructor(url: string, seed: number, gaps: Gaps) {
    this.url = url
    this.seed = seed
    this.gaps = gaps
    this.stay()
    this.timers.push(setInterval(() => void this.visit(), COMES_EVERY_MS))
  }

  /** Resolves when all who came have gone. */
  async untilAlone(): Promise<void> {
    this.isClosed = true
    while (this.visitors.size > 0) await new Promise((done) => setTimeout(done, 100))
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer)
    for (const line of this.lines) line.disconnect()
  }

  private stay(): void {
    const line = this.line()
    let seq = -1
    let lastMs: number | undefined
    line.on('frame', (bytes) => {
      const envelope = readEnvelope(bytes)
      if (envelope.kind === 'beat') return
      const nowMs = performance.now()
      if (lastMs !== undefined) this.gaps.waited('raw viewer', nowMs - lastMs)
      lastMs = nowMs
      seq = envelope.seq
      this.frames++
    })
    this.timers.push(setInterval(() => seq >= 0 && line.emit('ack', { stream: LIVE, seq }), ACK_MS))
  }

  /** Comes, is shown the city, asks for a few things and a stretch of the past, and goes, politely or not. */
  private async visit(): Promise<void> {
    if (this.isClosed) return
    this.visits++
    const line = this.line()
    this.visitors.add(line)
    let seq = -1
    line.on('frame', (bytes) => (seq = readEnvelope(bytes).seq))
    const acking = setInterval(() => seq >= 0 && line.emit('ack', { stream: LIVE, seq }), ACK_MS)
    try {
      await this.lookAbout()
      await new Promise((done) => setTimeout(done, this.random() * STAYS_MS))
    } catch (error) {
      this.unanswered.push((error as Error).message)
    } finally {
      clearInterval(acking)
      if (this.random() < RUDE) line.io.engine.transport.close()
      else line.disconnect()
      this.lines.delete(line)
      this.visitors.delete(line)
    }
  }

  private async lookAbout(): Promise<void> {
    const door = doors[Math.floor(this.random() * doors.length)]
    await this.ask(door)
    const span = JSON.parse(new TextDecoder().decode(await this.ask('/api/replay/span')))
    const { parts } = span as { parts: { fromMs: number; toMs: number }[] }
    const last = parts.at(-1)
    if (last === undefined) return
    const fromMs = Math.floor(last.fromMs + this.random() * (last.toMs - last.fromMs))
    await this.ask(`/api/replay?from=${fromMs}&to=${fromMs + 29_999}`)
  }

  private async ask(path: string): Promise<ArrayBuffer> {
    const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    if (response.status !== 200) throw new Error(`${path} answers ${response.status}`)
    return response.arrayBuffer()
  }

  private line(): Line {
    const line: Line = io(this.url, {
      parser: pageParser,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    line.on('connect', () => line.emit('subscribe', { stream: LIVE }, () => undefined))
    this.lines.add(line)
    return line
  }

  private random(): number {
    return randomUnit(this.seed, this.draws++)
  }
}
