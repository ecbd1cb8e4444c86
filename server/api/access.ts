/** `/api/access`: what whoever asks may do; `/api/session`: takes a token and gives a session. */
import express, { Router as makeRouter, type RequestHandler, type Router } from 'express'
import * as v from 'valibot'
import { checkMessage } from '../../twin/protocol/messages.ts'
import type { Doorkeeper } from '../access/doorkeeper.ts'

const sessionSchema = v.strictObject({ token: v.pipe(v.string(), v.maxLength(200)) })
// Until the next try is allowed.
const AGAIN_S = 10

/** Answers nothing to who has no business here. */
export function onlyOwnMachine(doorkeeper: Doorkeeper): RequestHandler {
  return (request, response, next) => {
    const why = doorkeeper.refusal(request)
    if (why === undefined) next()
    else response.status(403).type('text/plain').send(`${why}\n`)
  }
}

export function accessRoutes(doorkeeper: Doorkeeper): Router {
  const router = makeRouter()

  router.get('/api/access', (request, response) => {
    response.set('Cache-Control', 'no-store').json(doorkeeper.access(request))
  })

  router.post('/api/session', express.json({ limit: '1kb' }), (request, response) => {
    response.set('Cache-Control', 'no-store')
    if (!doorkeeper.isOwnPage(request)) {
      response.status(403).json({ error: 'this page is not from this server' })
      return
    }
    const checked = checkMessage(sessionSchema, request.body)
    if ('error' in checked) {
      response.status(400).json({ error: 'expected {"token": "…"} as JSON' })
      return
    }
    const entry = doorkeeper.enter(request, checked.value.token)
    if (entry === 'limited')
      response
        .status(429)
        .set('Retry-After', String(AGAIN_S))
        .json({ error: 'too many tries; wait a minute' })
    else if (entry === 'wrong') response.status(401).json({ error: 'this is not a token of this server' })
    else response.status(200).set('Set-Cookie', entry.cookie).json({ role: entry.role })
  })

  return router
}
