/**
 * Who a socket belongs to: a page names itself at the door by an id of its own making, and keeps what it started when its line
 * drops and comes back. Who stays away for good is told of after a while.
 */
import * as v from 'valibot'
import type { HubSocket } from './line.ts'

// A page whose line dropped is back within this time, or gone, milliseconds. Assumed.
const GRACE_MS = 20_000

const authSchema = v.object({ page: v.pipe(v.string(), v.uuid()) })

export class Owners {
  private readonly sockets = new Map<string, number>()
  private readonly leaving = new Map<string, NodeJS.Timeout>()
  private readonly left: (owner: string) => void

  /** `left` is called once for each owner that stays away. */
  constructor(left: (owner: string) => void) {
    this.left = left
  }

  /** Notes a socket that came, until it goes. */
  came(socket: HubSocket): void {
    const owner = ownerOf(socket)
    clearTimeout(this.leaving.get(owner))
    this.leaving.delete(owner)
    this.sockets.set(owner, (this.sockets.get(owner) ?? 0) + 1)
    void socket.join(owner)
    socket.on('disconnect', () => this.went(owner))
  }

  close(): void {
    for (const timer of this.leaving.values()) clearTimeout(timer)
    this.leaving.clear()
  }

  private went(owner: string): void {
    const others = (this.sockets.get(owner) ?? 1) - 1
    if (others > 0) {
      this.sockets.set(owner, others)
      return
    }
    this.sockets.delete(owner)
    const timer = setTimeout(() => {
      this.leaving.delete(owner)
      this.left(owner)
    }, GRACE_MS)
    timer.unref()
    this.leaving.set(owner, timer)
  }
}

/** The page's own id, which it tells nobody else; the socket's where it has none. */
export function ownerOf(socket: HubSocket): string {
  const checked = v.safeParse(authSchema, socket.handshake.auth)
  return checked.success ? `page ${checked.output.page}` : socket.id
}
