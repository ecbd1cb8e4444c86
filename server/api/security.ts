/** Headers that every answer carries: nothing is loaded from, sent to or framed by anyone else, and no text is run as code. */
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Doorkeeper } from '../access/doorkeeper.ts'

const HOST = /^[\w.:[\]-]+$/
const self = ["'self'"]
const none = ["'none'"]

export function securityHeaders(doorkeeper: Doorkeeper): RequestHandler[] {
  /** Older browsers do not count ws: as 'self'. */
  const ownSockets = (request: IncomingMessage): string => {
    const { host = '' } = doorkeeper.visitor(request)
    return HOST.test(host) ? `ws://${host} wss://${host}` : "'self'"
  }
  return [
    helmet({
      contentSecurityPolicy: {
        // helmet's own allow styles from anywhere, and send plain pages of a local network to https
        useDefaults: false,
        directives: {
          defaultSrc: self,
          scriptSrc: self,
          scriptSrcAttr: none,
          styleSrc: self,
          imgSrc: [...self, 'data:', 'blob:'],
          fontSrc: self,
          workerSrc: self,
          connectSrc: [...self, ownSockets],
          objectSrc: none,
          baseUri: none,
          formAction: self,
          frameAncestors: none,
        },
      },
      // a host that has other services is not ours to bind to https; a proxy that ends TLS may
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.set('Permissions-Policy', 'geolocation=(self), camera=(), microphone=()')
      next()
    },
  ]
}
