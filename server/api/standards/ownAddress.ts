/** The server's own absolute address, under the name that it was asked by: a client of elsewhere cannot follow a relative one. */
import type { Request } from 'express'
import type { ApiContext } from '../context.ts'

/** Without a slash at the end. */
export function ownAddress({ doorkeeper }: ApiContext, request: Request): string {
  const { host = 'localhost', isSecure } = doorkeeper.visitor(request)
  return `${isSecure ? 'https' : 'http'}://${host}${doorkeeper.doors.base}`
}
