/** Headers that every answer carries: nothing is loaded from, sent to or framed by anyone else. */
import type { RequestHandler } from 'express'

const HOST = /^[\w.:[\]-]+$/

export const securityHeaders: RequestHandler = (request, response, next) => {
  const { host = '' } = request.headers
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
