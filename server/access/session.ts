/**
 * Sessions: what a browser holds once its token was taken. Signed, not stored: a session names its token and its end, so it
 * outlives a restart of the server, and ends with its token.
 */
import { createHmac } from 'node:crypto'
import { tokenRoles, isSame, type TokenRole } from './token.ts'
import type { KeptAccess } from './tokenFile.ts'

export interface Session {
  readonly tokenId: string
  readonly role: TokenRole
  readonly expiresMs: number
}

const DAY_S = 86_400
/** A planner comes back within days; nobody sits at a wall to log it in again. */
const LASTS_S: Readonly<Record<TokenRole, number>> = { planner: 7 * DAY_S, wall: 365 * DAY_S }
const FORM = /^([0-9a-f]{8})\.(\d{1,12})\.([\w-]{43})$/

/** A cookie a role, so that one browser may hold both. */
export function cookieName(role: TokenRole): string {
  return `citytwin-${role}`
}

/** The `Set-Cookie` of a new session. `base` is the path that the server is under, '' or '/citytwin'. */
export function sessionCookie(
  kept: KeptAccess,
  token: { readonly id: string; readonly role: TokenRole },
  nowMs: number,
  base: string,
  isSecure: boolean,
): string {
  const lastsS = LASTS_S[token.role]
  const expiresS = Math.floor(nowMs / 1000) + lastsS
  const value = `${token.id}.${expiresS}.${signature(kept, token.id, expiresS).toString('base64url')}`
  const secure = isSecure ? '; Secure' : ''
  return `${cookieName(token.role)}=${value}; Max-Age=${lastsS}; Path=${base}/; HttpOnly; SameSite=Lax${secure}`
}

/** The sessions in a `Cookie` header that hold now. */
export function sessionsIn(kept: KeptAccess, cookies: string, nowMs: number): Session[] {
  const sessions: Session[] = []
  for (const pair of cookies.split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2)
    const role = tokenRoles.find((one) => cookieName(one) === name)
    const [, tokenId, expires, signed] = FORM.exec(value) ?? []
    if (role === undefined || signed === undefined) continue
    const session = { tokenId, role, expiresMs: Number(expires) * 1000 }
    const isSigned = isSame(signature(kept, tokenId, Number(expires)), Buffer.from(signed, 'base64url'))
    if (isSigned && sessionHolds(kept, session, nowMs)) sessions.push(session)
  }
  return sessions
}

/** Whether a session's token is still kept and its time not over. */
export function sessionHolds(kept: KeptAccess | undefined, session: Session, nowMs: number): boolean {
  return (
    nowMs < session.expiresMs &&
    kept?.tokens.some(({ id, role }) => id === session.tokenId && role === session.role) === true
  )
}

function signature({ sessionKey }: KeptAccess, tokenId: string, expiresS: number): Buffer {
  return createHmac('sha256', sessionKey).update(`${tokenId}.${expiresS}`).digest()
}
