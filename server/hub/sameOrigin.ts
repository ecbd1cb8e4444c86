/** Who may open a socket: pages that came from this server, and programs (which send no Origin). */
import type { IncomingMessage } from 'node:http'

/** CORS does not guard WebSockets, so a foreign page's Origin is refused here. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
