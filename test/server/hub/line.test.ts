/** A viewer's way out: the same bytes whichever way they go, past the libraries only while nothing waits in them. */
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { framedFrom, headBytes, Line, type HubSocket } from '../../../server/hub/line.ts'

// the copy that engine.io itself writes with
const { Sender } = createRequire(createRequire(import.meta.url).resolve('engine.io'))('ws') as {
  Sender: { frame(data: Buffer, options: object): Buffer[] }
}

function framed(length: number) {
  const head = headBytes(length)
  const bytes = new Uint8Array(head + length).fill(7)
  return framedFrom(bytes, head)
}

it('frames a message of any length as ws does', () => {
  const options = { fin: true, rsv1: false, opcode: 2, mask: false, readOnly: true }
  const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 65_000, max: 66_000 }))
  fc.assert(
    fc.property(lengths, (length) => {
      const frame = framed(length)
      expect(frame.message.length).toBe(length)
      expect(frame.framed.equals(Buffer.concat(Sender.frame(frame.message, options)))).toBe(true)
    }),
  )
})

it('goes through the libraries over polling or behind what waits, and straight over a clear websocket', () => {
  const straight: Buffer[] = []
  const behind: Buffer[] = []
  const tcp = { writableLength: 5, write: (bytes: Buffer) => straight.push(bytes) }
  const websocket = { name: 'websocket', writable: true, socket: { readyState: 1, _socket: tcp } }
  const conn = {
    transport: { name: 'polling', writable: true } as object,
    writeBuffer: [] as unknown[],
  }
  const socket = { conn, emit: (_: string, bytes: Buffer) => behind.push(bytes) } as unknown as HubSocket
  const line = new Line(socket)
  const frame = framed(300)
  const ways = (): readonly [number, number] => {
    line.write(frame, 1)
    return [straight.length, behind.length]
  }
  expect(ways()).toEqual([0, 1])
  expect(line.waitingBytes).toBe(0)

  conn.transport = websocket
  expect(ways()).toEqual([1, 1])
  expect(line.waitingBytes).toBe(5)
  expect([straight[0], behind[0]]).toEqual([frame.framed, frame.message])

  conn.writeBuffer.push('a packet')
  expect(ways()).toEqual([1, 2])
  conn.writeBuffer.pop()
  websocket.writable = false
  expect(ways()).toEqual([1, 3])
  websocket.writable = true
  websocket.socket.readyState = 2
  expect(ways()).toEqual([1, 4])
  websocket.socket.readyState = 1
  expect(ways()).toEqual([2, 4])
})
