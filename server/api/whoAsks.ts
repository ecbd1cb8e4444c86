/** Who may ask and say something over HTTP: by role, from a page of this server, and not too often. */
import type { Request, Response } from 'express'
import { holdsOne, type Role } from '../../twin/protocol/roles.ts'
import type { Doorkeeper } from '../access/doorkeeper.ts'
import type { AddressBuckets } from '../access/perAddress.ts'

/** Whether whoever asks is answered; says why when not. */
export function mayAsk(
  doorkeeper: Doorkeeper,
  asked: readonly Role[],
  request: Request,
  response: Response,
): boolean {
  if (holdsOne(doorkeeper.access(request).roles, asked)) return true
  response.status(403).json({ error: `this is for ${asked.join(' and ')}: open /plan with a token` })
  return false
}

/** The same of what is to be kept. */
export function maySay(
  doorkeeper: Doorkeeper,
  asked: readonly Role[],
  limit: AddressBuckets,
  request: Request,
  response: Response,
): boolean {
  response.set('Cache-Control', 'no-store')
  if (!doorkeeper.isOwnPage(request)) {
    response.status(403).json({ error: 'this page is not from this server' })
    return false
  }
  if (!mayAsk(doorkeeper, asked, request, response)) return false
  if (limit.take(doorkeeper.visitor(request).address, performance.now())) return true
  response.status(429).set('Retry-After', '10').json({ error: 'too many at once; try again in a minute' })
  return false
}
