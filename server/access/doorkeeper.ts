/**
 * Decides who comes in and what they may do. A server on loopback is its owner's: everyone may do everything, but no page of
 * elsewhere gets in. Opened to a network, viewing and reporting are for all, the rest for who has shown a token.
 */
import type { IncomingMessage } from 'node:http'
import { roles, type Access, type Role } from '../../twin/protocol/roles.ts'
import type { HubServer } from '../hub/line.ts'
import { AddressBuckets, AddressCounts } from './perAddress.ts'
import { sessionCookie, sessionHolds, sessionsIn, type Session } from './session.ts'
import { findToken, makeToken, tokenRoles, type TokenRole } from './token.ts'
import type { TokenFile } from './tokenFile.ts'
import { isLoopbackHost, isOwnPage, visitorOf, type Visitor } from './visitor.ts'

export interface Doors {
  /** Reached by more than this machine: on all addresses, or through a proxy. */
  readonly isOpen: boolean
  /** Proxies before the server whose X-Forwarded headers are believed. */
  readonly trustedProxies: number
  /** Path that everything is under, without a slash at the end; '' at the root. */
  readonly base: string
  readonly socketsPerAddress: number
}

/** What a socket may do, for as long as its sessions hold. */
export interface Pass {
  readonly roles: readonly Role[]
  readonly sessions: readonly Session[]
}

export type Entry = { readonly cookie: string; readonly role: TokenRole } | 'wrong' | 'limited'

// Tokens an address may try at once, and a minute. Someone who pastes the wrong line twice is not held up.
const TRY_LIMIT = { atOnce: 8, perMinute: 8 }
// A revoked token's sockets are ended within this time.
const LOOK_MS = 1000

export class Doorkeeper {
  readonly doors: Doors
  wrongTokens = 0
  refusedSockets = 0
  /** Absent on loopback, where nobody needs a token. */
  private readonly file: TokenFile | undefined
  private readonly log: (line: string) => void
  private readonly tries = new AddressBuckets(TRY_LIMIT)
  private readonly open = new AddressCounts()

  constructor(doors: Doors, file: TokenFile | undefined, log: (line: string) => void) {
    this.doors = doors
    this.file = doors.isOpen ? file : undefined
    this.log = log
  }

  /** Makes a token of each kind when the server is opened for the first time; they can be shown now and never again. */
  firstTokens(nowMs: number): { role: TokenRole; text: string }[] {
    if (this.file === undefined || this.file.kept !== undefined) return []
    const made = tokenRoles.map((role) => ({ role, ...makeToken(role, 'made at the first start', nowMs) }))
    this.file.write(made.map(({ kept }) => kept))
    return made
  }

  visitor(request: IncomingMessage): Visitor {
    return visitorOf(request, this.doors.trustedProxies)
  }

  /** Why nothing is answered at all; undefined when something is. */
  refusal(request: IncomingMessage): string | undefined {
    if (this.doors.isOpen) return undefined
    const { host } = request.headers
    if (host !== undefined && !isLoopbackHost(host))
      return 'This server is open to its own machine only, as localhost. See docs/access.md on opening it to others.'
    if (request.headers['x-forwarded-for'] !== undefined)
      return 'A proxy stands before this server: start it with CITYTWIN_TRUST_PROXY, as docs/access.md says.'
    return undefined
  }

  isOwnPage(request: IncomingMessage): boolean {
    return isOwnPage(request, this.visitor(request))
  }

  /** Why no socket is opened; undefined when one is. */
  socketRefusal(request: IncomingMessage): string | undefined {
    const why = this.refusal(request) ?? this.originOrCount(request)
    if (why !== undefined) this.refusedSockets++
    return why
  }

  private originOrCount(request: IncomingMessage): string | undefined {
    if (!this.isOwnPage(request)) return 'This page is not from this server.'
    return this.open.of(this.visitor(request).address) < this.doors.socketsPerAddress
      ? undefined
      : 'Too many pages are open from this address.'
  }

  pass(request: IncomingMessage): Pass {
    if (!this.doors.isOpen) return { roles, sessions: [] }
    const kept = this.file?.kept
    const sessions = kept === undefined ? [] : sessionsIn(kept, request.headers.cookie ?? '', Date.now())
    return { roles: ['public', ...sessions.map(({ role }) => role)], sessions }
  }

  /**
   * Who the audit says did what `asked` may do: a token by its role, number and name, or one of the public. Undefined where
   * nobody is asked who he is.
   */
  actorOf({ sessions }: Pass, asked: readonly Role[]): string | undefined {
    if (!this.doors.isOpen) return undefined
    const session = sessions.find(({ role }) => asked.includes(role))
    if (session === undefined) return 'public'
    const { role, tokenId } = session
    const name = this.file?.kept?.tokens.find(({ id }) => id === tokenId)?.name ?? ''
    return `${role} ${tokenId} ${name}`.trimEnd()
  }

  access(request: IncomingMessage): Access {
    return { isOpen: this.doors.isOpen, roles: this.pass(request).roles }
  }

  /** Takes a token for a session. Whatever is wrong with it, the answer is the same. */
  enter(request: IncomingMessage, text: string): Entry {
    const { address, isSecure } = this.visitor(request)
    if (!this.tries.take(address, performance.now())) return 'limited'
    // a token may be pasted the moment it was made
    this.lookAgain()
    const kept = this.file?.kept
    const token = findToken(kept?.tokens ?? [], text)
    if (kept === undefined || token === undefined) {
      this.wrongTokens++
      return 'wrong'
    }
    return { role: token.role, cookie: sessionCookie(kept, token, Date.now(), this.doors.base, isSecure) }
  }

  /** Counts sockets by address, and ends those whose session is over or whose token was revoked. Gives back what ends it. */
  watch(io: HubServer): () => void {
    const held = new Map<{ close(): void }, Pass>()
    io.engine.on(
      'connection',
      (socket: { request: IncomingMessage; once(event: 'close', then: () => void): void; close(): void }) => {
        const countOff = this.open.add(this.visitor(socket.request).address)
        const pass = this.pass(socket.request)
        if (pass.sessions.length > 0) held.set(socket, pass)
        socket.once('close', () => {
          countOff()
          held.delete(socket)
        })
      },
    )
    if (this.file === undefined) return () => undefined
    const look = () => {
      this.lookAgain()
      const now = Date.now()
      for (const [socket, { sessions }] of held) {
        // not a goodbye of Socket.IO: the page comes back by itself, as one of the public
        if (!sessions.every((session) => sessionHolds(this.file?.kept, session, now))) socket.close()
      }
    }
    const timer = setInterval(look, LOOK_MS)
    timer.unref()
    return () => clearInterval(timer)
  }

  private lookAgain(): void {
    try {
      if (this.file?.refresh() === true)
        this.log(`Tokens: ${this.file.kept?.tokens.length ?? 0} (access.json has changed)`)
    } catch (error) {
      this.log(`No token holds until this is mended: ${(error as Error).message}`)
    }
  }
}
