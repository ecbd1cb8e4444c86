/**
 * One viewer's way out. A frame is made once for all and written as it is to the viewer's own TCP connection, past Socket.IO
 * and ws, whenever nothing else waits there; else it goes the ordinary way, behind what waits. So order holds, and a frame costs
 * a viewer one write of shared memory.
 *
 * What is reached into (`transport.socket._socket`) is private to engine.io and ws: package.json pins both, and
 * test/server/hub/line.test.ts holds that the bytes are the same either way.
 */
import type { Socket as TcpSocket } from 'node:net'
import type { Server, Socket } from 'socket.io'
import { FRAME_EVENT } from '../../twin/protocol/socketParser.ts'
import type { ClientToServer, ServerToClient } from '../../twin/protocol/messages.ts'

export type HubServer = Server<ClientToServer, ServerToClient>
export type HubSocket = Socket<ClientToServer, ServerToClient>

/** Bytes of one message, ready for any WebSocket: `message` is the part of `framed` behind WebSocket's own head. */
export interface Framed {
  readonly framed: Buffer
  readonly message: Buffer
}

// RFC 6455: FIN and a binary message; the longest length that fits seven and sixteen bits.
const FIN_BINARY = 0x82
const MOST_7 = 125
const MOST_16 = 0xffff

/** Bytes that WebSocket's head takes before a message of `length` bytes from a server. */
export function headBytes(length: number): number {
  return length <= MOST_7 ? 2 : length <= MOST_16 ? 4 : 10
}

/** Writes the head into the free beginning of `bytes`, whose message starts at `head`. */
export function framedFrom(bytes: Uint8Array, head: number): Framed {
  const framed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length - head
  framed[0] = FIN_BINARY
  if (head === 2) framed[1] = length
  else if (head === 4) {
    framed[1] = 126
    framed.writeUInt16BE(length, 2)
  } else {
    framed[1] = 127
    framed.writeBigUInt64BE(BigInt(length), 2)
  }
  return { framed, message: framed.subarray(head) }
}

interface OpenTransport {
  readonly name: string
  readonly writable: boolean
  readonly perMessageDeflate?: unknown
  readonly socket?: { readonly readyState: number; readonly _socket?: TcpSocket }
}
interface OpenConnection {
  readonly transport: OpenTransport
  readonly writeBuffer: readonly unknown[]
}
const OPEN = 1

export class Line {
  readonly socket: HubSocket
  /** Performance time of the last write, milliseconds. */
  writtenAtMs = 0
  private readonly connection: OpenConnection
  /** As last seen, and the TCP connection under it; none under polling. */
  private transport: OpenTransport | undefined
  private tcp: TcpSocket | undefined

  constructor(socket: HubSocket) {
    this.socket = socket
    this.connection = socket.conn as unknown as OpenConnection
  }

  /** Bytes that wait in this process for the viewer's connection to take them. */
  get waitingBytes(): number {
    return this.found()?.writableLength ?? 0
  }

  write(frame: Framed, nowMs: number): void {
    this.writtenAtMs = nowMs
    const direct = this.direct()
    if (direct === undefined) this.socket.emit(FRAME_EVENT, frame.message)
    else direct.write(frame.framed)
  }

  /** Several writes that leave the process as one. */
  together(count: number, write: () => void): void {
    const direct = count > 1 ? this.direct() : undefined
    direct?.cork()
    write()
    direct?.uncork()
  }

  /** The TCP connection while nothing waits before it. */
  private direct(): TcpSocket | undefined {
    const tcp = this.found()
    const { transport, writeBuffer } = this.connection
    const isClear = transport.writable && transport.socket?.readyState === OPEN && writeBuffer.length === 0
    return isClear ? tcp : undefined
  }

  /** Looked for once for each transport: it lies a few steps away, and every frame asks for it. */
  private found(): TcpSocket | undefined {
    const { transport } = this.connection
    if (transport !== this.transport) {
      this.transport = transport
      const isPlain = transport.name === 'websocket' && !transport.perMessageDeflate
      this.tcp = isPlain ? transport.socket?._socket : undefined
    }
    return this.tcp
  }
}
