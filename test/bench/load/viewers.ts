/**
 * Many viewers in one process: raw TCP sockets that speak just enough WebSocket and Socket.IO to be served, ack what they got, and
 * take the time of every message. Costs little, so that the server is what is measured.
 */
import { connect, type Socket } from 'node:net'
import type { Mode } from './fanoutServer.ts'
import { COHORT, slotMs } from '../../../server/hub/stream.ts'
import { SEEN, SIDE } from './nineTiles.ts'

export type ToViewers = { readonly kind: 'mark' } | { readonly kind: 'end' }
export type FromViewers =
  | { readonly kind: 'ready'; readonly viewers: number }
  | {
      readonly kind: 'measured'
      /** Of a bundle each tile counts. */
      readonly messages: number
      /** Frames, or tiles of them, that never came. */
      readonly lost: number
      readonly bytes: number
      /** From when the frame was cut. */
      readonly p50Ms: number
      readonly p99Ms: number
      /** From when the viewer's cohort was due. */
      readonly slotP99Ms: number
      readonly wallP99Ms: number
    }

const [modeName, port, countText, wallsText, hz] = process.argv.slice(2)
const mode = modeName as Mode
const count = Number(countText)
const walls = Number(wallsText)
// Sockets opened at a time.
const AT_ONCE = 100
// Where the moment of sending stands in a message: behind Citytwin's envelope, else first.
const ENVELOPE = 36
// Of a bundle of nine blocks of some kilobytes: its head, their number, and a gap and a length of two bytes each.
const COUNT_AT = ENVELOPE + 16
const STAMP_AT = mode === 'ours' ? ENVELOPE : mode === 'tiles' ? COUNT_AT + 1 + SEEN * 3 : 0

let isMeasuring = false
let messages = 0
let bytes = 0
let lost = 0
let latencies: number[] = []
let slotLatencies: number[] = []
let wallLatencies: number[] = []

class Viewer {
  private readonly socket: Socket
  private readonly isWall: boolean
  private readonly slotMs: number
  private readonly ready: () => void
  private rest: Buffer = Buffer.alloc(0)
  private isOpen = false
  private seq = -1
  private ackMs = 1000

  /** The `number`-th to come, walls first. */
  constructor(number: number, ready: () => void) {
    this.isWall = number < walls
    const cohort = Math.floor((number - walls) / COHORT)
    this.slotMs =
      (mode === 'ours' || mode === 'tiles') && !this.isWall
        ? cohort * slotMs(count - walls, 1000 / Number(hz))
        : 0
    this.ready = ready
    this.socket = connect(Number(port), '127.0.0.1')
    const path = mode === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket'
    this.socket.on('connect', () =>
      this.socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      ),
    )
    this.socket.on('data', (chunk: Buffer) => this.take(chunk))
    this.socket.on('error', (error) => {
      process.stderr.write(`viewer: ${error.message}\n`)
      process.exit(1)
    })
  }

  private take(chunk: Buffer): void {
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    if (!this.isOpen) {
      const end = data.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = data
        return
      }
      this.isOpen = true
      data = data.subarray(end + 4)
      if (mode === 'ws') this.ready()
    }
    for (;;) {
      if (data.length < 2) break
      const short = data[1] & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (data.length < head) break
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2))
      if (data.length < head + length) break
      const message = data.subarray(head, head + length)
      if ((data[0] & 15) === 2) this.frame(message)
      else this.text(message.toString())
      data = data.subarray(head + length)
    }
    this.rest = Buffer.from(data)
  }

  private frame(message: Buffer): void {
    if (mode === 'ours' || mode === 'tiles') {
      // a beat
      if (message[2] === 2) return
      const seq = message.readUInt32LE(12)
      if (this.seq >= 0 && message[2] === 1) lost += seq - this.seq - 1
      this.seq = seq
    }
    if (!isMeasuring) return
    if (mode === 'tiles') {
      messages += message[COUNT_AT]
      lost += SEEN - message[COUNT_AT]
    } else messages++
    bytes += message.length
    const ms = Number(process.hrtime.bigint() - message.readBigUInt64LE(STAMP_AT)) / 1e6
    if (this.isWall) wallLatencies.push(ms)
    else {
      latencies.push(ms)
      slotLatencies.push(ms - this.slotMs)
    }
  }

  private text(text: string): void {
    if (text.startsWith('0')) this.say('40')
    else if (text === '2') this.say('3')
    else if (text.startsWith('40')) {
      const [column, row] = [at(), at()]
      if (mode === 'stock') this.ready()
      else if (mode === 'rooms') {
        this.say(`42["join",${column},${row}]`)
        this.ready()
      } else if (mode === 'tiles')
        this.say(`420["subscribe",{"stream":"live","view":{"area":[${column},${row},0,0]}}]`)
      else this.say(`420["subscribe",{"stream":"live","isWall":${this.isWall}}]`)
    } else if (text.startsWith('430')) {
      this.ackMs = (JSON.parse(text.slice(3)) as [{ ackMs: number }])[0].ackMs
      this.ready()
      setTimeout(() => this.ack(), Math.random() * this.ackMs)
    }
  }

  private ack(): void {
    if (this.seq >= 0) this.say(`42["ack",{"stream":"live","seq":${this.seq}}]`)
    setTimeout(() => this.ack(), this.ackMs)
  }

  /** A masked text message, as a browser must send it. */
  private say(text: string): void {
    const body = Buffer.from(text)
    const mask = Buffer.from([7, 77, 17, 71])
    const head = Buffer.from([0x81, 0x80 | body.length, ...mask])
    for (let i = 0; i < body.length; i++) body[i] ^= mask[i & 3]
    this.socket.write(Buffer.concat([head, body]))
  }
}

/** A column or row where nine tiles can begin. */
function at(): number {
  return Math.floor(Math.random() * (SIDE - 2))
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

process.on('message', ({ kind }: ToViewers) => {
  isMeasuring = kind === 'mark'
  if (kind === 'mark') {
    messages = 0
    bytes = 0
    lost = 0
    latencies = []
    slotLatencies = []
    wallLatencies = []
    return
  }
  latencies.sort((a, b) => a - b)
  slotLatencies.sort((a, b) => a - b)
  wallLatencies.sort((a, b) => a - b)
  tell({
    kind: 'measured',
    messages,
    bytes,
    lost,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    slotP99Ms: percentile(slotLatencies, 0.99),
    wallP99Ms: percentile(wallLatencies, 0.99),
  })
})

// walls by themselves, so that the crowd's batches fit its cohorts
for (let opened = 0; opened < count;) {
  const size = opened < walls ? walls : Math.min(AT_ONCE, count - opened)
  const numbers = Array.from({ length: size }, (_, i) => opened + i)
  await Promise.all(numbers.map((number) => new Promise<void>((ready) => new Viewer(number, ready))))
  opened += size
}
tell({ kind: 'ready', viewers: count })

function tell(message: FromViewers): void {
  process.send?.(message)
}
