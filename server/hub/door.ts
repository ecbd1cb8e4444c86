/**
 * One socket's way in: every event is counted, checked and answered. What an event needs stands in a rule, and all sockets share
 * the rules, so that a viewer who only watches costs little.
 */
import type { GenericSchema } from 'valibot'
import { checkMessage, type ClientToServer, type Fault, type Reply } from '../../twin/protocol/messages.ts'
import { holdsOne, rolesOfEvent } from '../../twin/protocol/roles.ts'
import { EditRefusedError } from '../../twin/scenario/edits.ts'
import type { Pass } from '../access/doorkeeper.ts'
import { BusyError } from '../loop/busy.ts'
import type { HubSocket } from './line.ts'
import { TokenBucket } from './tokenBucket.ts'
import { TryAgainError } from './tryAgain.ts'

// Refusals before a socket is closed.
const MAX_REFUSED = 300

export interface Limit {
  readonly atOnce: number
  readonly perMinute: number
}

type Answer = (facts: object) => void
/** What comes of a message: facts for its answer now or later, or nothing when it has answered by itself. Throws to refuse. */
type Outcome = object | void | Promise<object>

/** What one event needs. */
export interface Rule {
  readonly limit: Limit
  readonly check: (message: unknown) => { value: unknown } | { error: string }
  readonly handle: (message: never, socket: HubSocket, answer: Answer, pass: Pass) => Outcome
}

export type Rules = Readonly<Record<keyof ClientToServer, Rule>>

/** `handle` gets only what fits `schema`. */
export function rule<T>(
  limit: Limit,
  schema: GenericSchema<unknown, T>,
  handle: (message: T, socket: HubSocket, answer: Answer, pass: Pass) => Outcome,
): Rule {
  return { limit, check: (message) => checkMessage(schema, message), handle }
}

export class Door {
  private readonly socket: HubSocket
  private readonly pass: Pass
  private readonly rules: Rules
  private readonly counted: () => void
  /** Of the events this socket has said. */
  private readonly buckets = new Map<string, TokenBucket>()
  private refusals = 0

  constructor(socket: HubSocket, pass: Pass, rules: Rules, counted: () => void) {
    this.socket = socket
    this.pass = pass
    this.rules = rules
    this.counted = counted
    socket.onAny((event: unknown, ...rest: unknown[]) => this.hear(event, rest))
    socket.on('error', () => this.refuse(() => undefined, 'a broken packet'))
  }

  private hear(event: unknown, rest: readonly unknown[]): void {
    const reply = replyOf(rest)
    if (!isKnown(event, this.rules)) {
      this.refuse(reply, `there is no event ${JSON.stringify(event)?.slice(0, 80)}`)
      return
    }
    const { limit, check, handle } = this.rules[event]
    if (!this.bucketOf(event, limit).take(performance.now())) {
      this.refuse(reply, `${event}: too many at once; try again in a minute`, true)
      return
    }
    if (!holdsOne(this.pass.roles, rolesOfEvent[event])) {
      this.refuse(reply, `${event}: this needs a token for ${rolesOfEvent[event].join(' or ')}`)
      return
    }
    const checked = check(rest[0])
    if ('error' in checked) {
      this.refuse(reply, checked.error)
      return
    }
    const answer = (facts: object) => reply({ ok: true, ...facts })
    const failed = (error: unknown) =>
      this.refuse(reply, (error as Error).message, error instanceof TryAgainError, factsOf(error))
    try {
      // the rule's own check has said that it fits
      const outcome = handle(checked.value as never, this.socket, answer, this.pass)
      if (outcome instanceof Promise) outcome.then(answer).catch(failed)
      else if (outcome !== undefined) answer(outcome)
    } catch (error) {
      failed(error)
    }
  }

  private bucketOf(event: string, { atOnce, perMinute }: Limit): TokenBucket {
    let bucket = this.buckets.get(event)
    if (bucket === undefined) {
      bucket = new TokenBucket(atOnce, perMinute, performance.now())
      this.buckets.set(event, bucket)
    }
    return bucket
  }

  private refuse(reply: (answer: Reply) => void, error: string, isTemporary = false, facts = {}): void {
    this.counted()
    this.refusals++
    reply({ ok: false, error, ...(isTemporary && { isTemporary }), ...facts })
    if (this.refusals > MAX_REFUSED) this.socket.disconnect(true)
  }
}

function isKnown(event: unknown, rules: Rules): event is keyof Rules {
  return typeof event === 'string' && Object.hasOwn(rules, event)
}

/** What a page words itself: the edit that a city cannot be given, or what others have run already. */
function factsOf(error: unknown): Omit<Fault, 'error'> {
  if (error instanceof BusyError) return { busy: error.busy }
  return error instanceof EditRefusedError ? { refused: error.refused } : {}
}

/** The page's callback, when it gave one. */
function replyOf(rest: readonly unknown[]): (answer: Reply) => void {
  const last = rest.at(-1)
  // Socket.IO puts the callback last, and only a callback arrives as a function
  return typeof last === 'function' ? (last as (answer: Reply) => void) : () => undefined
}
