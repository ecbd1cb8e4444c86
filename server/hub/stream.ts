/**
 * One stream of frames and who watches it. A frame is handed to all followers at once; a follower that has not acked its last
 * few frames is left out, and gets a keyframe of what is then the present when it has acked all it was sent. So nobody is
 * ever shown an old picture as new, and nobody slow costs memory.
 */
import type { Server, Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from '../../twin/protocol/messages.ts'

export type HubServer = Server<ClientToServer, ServerToClient>
export type HubSocket = Socket<ClientToServer, ServerToClient>

// Frames on their way to one viewer before it is skipped; at one a second this bounds its picture's age.
const WINDOW = 4

interface Viewer {
  readonly socket: HubSocket
  /** Ticks sent and not acked, oldest first. */
  unacked: number[]
  /** following: gets every frame. behind: skipped until it has acked. waiting: a keyframe is on its way. */
  mode: 'following' | 'behind' | 'waiting'
}

export class Stream {
  readonly name: string
  /** Keyframes sent to viewers that had fallen behind. */
  caughtUp = 0
  private readonly io: HubServer
  private readonly room: string
  private readonly askKeyframe: () => void
  private readonly viewers = new Map<string, Viewer>()

  /** `askKeyframe` makes the source call `keyframe` soon, after all frames before it. */
  constructor(io: HubServer, name: string, askKeyframe: () => void) {
    this.io = io
    this.name = name
    this.room = `following ${name}`
    this.askKeyframe = askKeyframe
  }

  get size(): number {
    return this.viewers.size
  }

  /** Viewers that are being skipped. */
  get behind(): number {
    let count = 0
    for (const viewer of this.viewers.values()) if (viewer.mode === 'behind') count++
    return count
  }

  /** Adds a viewer, or starts it afresh: it gets a keyframe, then every frame after it. */
  subscribe(socket: HubSocket): void {
    void socket.leave(this.room)
    this.viewers.set(socket.id, { socket, unacked: [], mode: 'waiting' })
    this.askKeyframe()
  }

  unsubscribe(socket: HubSocket): void {
    void socket.leave(this.room)
    this.viewers.delete(socket.id)
  }

  /** The viewer has drawn the frame of `tick`. */
  ack(socket: HubSocket, tick: number): void {
    const viewer = this.viewers.get(socket.id)
    if (viewer === undefined) return
    viewer.unacked = viewer.unacked.filter((sent) => sent > tick)
    if (viewer.mode !== 'behind' || viewer.unacked.length > 0) return
    viewer.mode = 'waiting'
    this.caughtUp++
    this.askKeyframe()
  }

  /** Sends a delta to all who follow. */
  frame(tick: number, bytes: ArrayBuffer): void {
    for (const viewer of this.viewers.values()) {
      if (viewer.mode !== 'following') continue
      if (viewer.unacked.length < WINDOW) viewer.unacked.push(tick)
      else {
        viewer.mode = 'behind'
        void viewer.socket.leave(this.room)
      }
    }
    this.io.to(this.room).emit('frame', { stream: this.name, bytes })
  }

  /** Sends a keyframe to those who wait for one; from now on they follow. */
  keyframe(tick: number, bytes: ArrayBuffer): void {
    for (const viewer of this.viewers.values()) if (viewer.mode === 'waiting') this.give(viewer, tick, bytes)
  }

  /** The source began anew: everyone gets this keyframe, whatever they had. */
  restart(tick: number, bytes: ArrayBuffer): void {
    for (const viewer of this.viewers.values()) {
      viewer.unacked = []
      this.give(viewer, tick, bytes)
    }
  }

  /** The source has ended. */
  close(): void {
    this.io.socketsLeave(this.room)
    this.viewers.clear()
  }

  private give(viewer: Viewer, tick: number, bytes: ArrayBuffer): void {
    viewer.socket.emit('frame', { stream: this.name, bytes })
    viewer.unacked.push(tick)
    viewer.mode = 'following'
    void viewer.socket.join(this.room)
  }
}
