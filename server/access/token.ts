/**
 * Tokens of planners and walls: how one is made, and how it is told from a wrong one. A token is 192 random bits, so nobody
 * finds it by trying, and one salted SHA-256 keeps it; the slow hashes that weak passwords need would only slow the server.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Roles that need a token. */
export const tokenRoles = ['planner', 'wall'] as const
export type TokenRole = (typeof tokenRoles)[number]

/** What is kept of a token. */
export interface KeptToken {
  readonly id: string
  readonly role: TokenRole
  /** For the people who manage tokens. */
  readonly name: string
  /** Base64url, as is `hash`: SHA-256 of salt and secret. */
  readonly salt: string
  readonly hash: string
  readonly madeMs: number
}

const SECRET_BYTES = 24
const SALT_BYTES = 16
const FORM = /^([0-9a-f]{8})\.([\w-]{32})$/
// Compared when there is no token of that id, so that this takes as long as a wrong secret.
const NOBODY = {
  salt: randomBytes(SALT_BYTES).toString('base64url'),
  hash: randomBytes(32).toString('base64url'),
}

/** A new token: the text that is shown once, and what is kept of it. */
export function makeToken(role: TokenRole, name: string, nowMs: number): { text: string; kept: KeptToken } {
  const id = randomBytes(4).toString('hex')
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const salt = randomBytes(SALT_BYTES).toString('base64url')
  const hash = hashOf(salt, secret).toString('base64url')
  return { text: `${id}.${secret}`, kept: { id, role, name, salt, hash, madeMs: nowMs } }
}

/** What opens a face at once, after the server's address: in the fragment, which no server and no log ever sees. */
export function linkPath(role: TokenRole, text: string): string {
  return `${role === 'planner' ? 'plan' : 'wall'}#token=${text}`
}

/** The kept token that `text` is; undefined whatever is wrong with it. */
export function findToken(tokens: readonly KeptToken[], text: string): KeptToken | undefined {
  const [, id = '', secret = ''] = FORM.exec(text.trim()) ?? []
  const token = tokens.find((kept) => kept.id === id)
  const { salt, hash } = token ?? NOBODY
  return isSame(hashOf(salt, secret), Buffer.from(hash, 'base64url')) ? token : undefined
}

function hashOf(salt: string, secret: string): Buffer {
  return createHash('sha256').update(salt).update(secret).digest()
}

/** Compares in a time that says nothing about where two hashes differ. */
export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
