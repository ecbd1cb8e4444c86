/**
 * A server to be measured, in a process of its own: frames of given bytes to all who are there, so often a second, by Citytwin's
 * hub, by bare ws, or by Socket.IO as it comes. Each message carries the moment it was sent, CLOCK_MONOTONIC nanoseconds.
 * In the modes 'tiles' and 'rooms' every viewer sees nine tiles of 8 × 8, as parts of a view and as rooms of Socket.IO.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { Server } from 'socket.io'
import type { PartSource } from '../../../server/hub/views.ts'
import { makeQuietHub } from './quietHub.ts'
import { nineTiles, SIDE } from './nineTiles.ts'

export type Mode = 'ours' | 'ws' | 'stock' | 'tiles' | 'rooms'
export type ToServer = { readonly kind: 'begin' } | { readonly kind: 'mark' } | { readonly kind: 'end' }
export type FromServer =
  | { readonly kind: 'ready'; readonly port: number; readonly rss: number }
  | { readonly kind: 'marked'; readonly viewers: number; readonly rss: number }
  | { readonly kind: 'measured'; readonly cpuS: number; readonly seconds: number }

const [mode, hz, ...files] = process.argv.slice(2)
const payloads = files.map((file) => readFileSync(file))
const http = createServer()
let sent = 0

/** The next payload, stamped. */
function next(): Buffer {
  const bytes = Buffer.from(payloads[sent++ % payloads.length])
  bytes.writeBigUInt64LE(process.hrtime.bigint(), 0)
  return bytes
}

const { send, count } = makeSender(mode as Mode)
http.listen(0, '127.0.0.1', () => {
  global.gc?.()
  tell({ kind: 'ready', port: (http.address() as AddressInfo).port, rss: process.memoryUsage.rss() })
})

let used: NodeJS.CpuUsage | undefined
let sinceMs = 0
process.on('message', ({ kind }: ToServer) => {
  if (kind === 'begin') begin()
  else if (kind === 'mark') {
    global.gc?.()
    used = process.cpuUsage()
    sinceMs = performance.now()
    tell({ kind: 'marked', viewers: count(), rss: process.memoryUsage.rss() })
  } else {
    const { user, system } = process.cpuUsage(used)
    tell({ kind: 'measured', cpuS: (user + system) / 1e6, seconds: (performance.now() - sinceMs) / 1000 })
  }
})

function begin(): void {
  const periodMs = 1000 / Number(hz)
  let dueMs = performance.now()
  const go = () => {
    send()
    dueMs += periodMs
    setTimeout(go, Math.max(0, dueMs - performance.now()))
  }
  go()
}

function makeSender(wanted: Mode): { send: () => void; count: () => number } {
  if (wanted === 'ours') {
    const hub = makeQuietHub(http)
    const stream = hub.openStream('live')
    const cut = () => {
      const bytes = next()
      return { bytes: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer }
    }
    stream.restart(cut())
    return { send: () => stream.frame(cut()), count: () => hub.viewers }
  }
  if (wanted === 'tiles') {
    const hub = makeQuietHub(http)
    const stream = hub.openStream('live')
    const nothing = () => ({ bytes: new ArrayBuffer(0) })
    stream.restart(nothing())
    const source = tileSource()
    stream.cutBy(source)
    return {
      send: () => {
        source.tick++
        stream.frame(nothing())
      },
      count: () => hub.viewers,
    }
  }
  if (wanted === 'ws') {
    // the copy that Socket.IO itself stands on
    const { WebSocketServer } = createRequire(createRequire(import.meta.url).resolve('engine.io'))('ws') as {
      WebSocketServer: new (options: object) => {
        clients: Set<{ send(bytes: Buffer, options: object): void }>
      }
    }
    const wss = new WebSocketServer({ server: http, perMessageDeflate: false })
    return {
      send: () => {
        const bytes = next()
        for (const client of wss.clients) client.send(bytes, { binary: true })
      },
      count: () => wss.clients.size,
    }
  }
  const io = new Server(http, { serveClient: false, perMessageDeflate: false })
  if (wanted === 'rooms') {
    io.on('connection', (socket) =>
      socket.on(
        'join',
        (column: number, row: number) => void socket.join(nineTiles(column, row).map(String)),
      ),
    )
    return {
      send: () => {
        for (let tile = 0; tile < SIDE * SIDE; tile++)
          io.to(String(tile)).emit('frame', { stream: String(tile), bytes: next() })
      },
      count: () => io.sockets.sockets.size,
    }
  }
  return {
    send: () => io.emit('frame', { stream: 'live', bytes: next() }),
    count: () => io.sockets.sockets.size,
  }
}

/** Tiles that change with every frame. A view's area is the column and row of its first tile. */
function tileSource(): PartSource & { tick: number } {
  const block = () => ({ bytes: next(), isDeflated: false })
  return {
    schema: 0,
    tick: 0,
    restart: () => undefined,
    take: (wanted) => new Map([...wanted].map((part) => [part, block()])),
    whole: block,
    hashOf: () => 0,
    choose: ({ area: [column, row] }) => ({ detail: 'vehicles', parts: nineTiles(column, row) }),
  }
}

function tell(message: FromServer): void {
  process.send?.(message)
}
