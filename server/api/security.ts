/** Headers that every answer carries: nothing is loaded from, sent to or framed by anyone else. */
import type { RequestHandler } from 'express'
import type { Doorkeeper } from '../access/doorkeeper.ts'

const HOST = /^[\w.:[\]-]+$/

export function securityHeaders(doorkeeper: Doorkeeper): RequestHandler {
  return (request, response, next) => {
    const { host = '' } = doorkeeper.visitor(request)
    // older browsers do not count ws: as 'self'
    const sockets = HOST.test(host) ? ` ws://${host} wss://${host}` : ''
    response.set({
      'Content-Security-Policy': [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "worker-src 'self'",
        `connect-src 'self'${sockets}`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ].join('; '),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Permissions-Policy': 'geolocation=(self), camera=(), microphone=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    next()
  }
}
