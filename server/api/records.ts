/** What is kept, to be read: `/api/scenarios`, `/api/acknowledgements`, `/api/comments?request=ID` or `?scenario=ID`. */
import { Router as makeRouter, type Router } from 'express'
import { editsOfKept } from '../../twin/scenario/earlierEdits.ts'
import { stillStarting, type ApiContext } from './context.ts'

// The newest are shown.
const MAX_LISTED = 200

export function recordRoutes(context: ApiContext): Router {
  const router = makeRouter()
  const { records } = context

  router.get('/api/scenarios', async (_request, response) => {
    if (context.city === undefined) return stillStarting(response)
    const saved = await records.scenarios(context.city.info.id, MAX_LISTED)
    const listed = saved.map(({ clientId, name, edits, horizonS, savedMs }) => ({
      id: clientId,
      name,
      edits: editsOfKept(JSON.parse(edits) as unknown[]),
      horizonS,
      savedMs,
    }))
    response.set('Cache-Control', 'no-store').json(listed)
  })

  router.get('/api/acknowledgements', async (_request, response) => {
    const listed = await records.acknowledgements(MAX_LISTED)
    response
      .set('Cache-Control', 'no-store')
      .json(listed.map(({ clientId, what, who, atMs }) => ({ id: clientId, what, who, atMs })))
  })

  router.get('/api/comments', async (request, response) => {
    const { request: requestId, scenario: scenarioId } = request.query
    const id = requestId ?? scenarioId
    if (typeof id !== 'string') {
      response.status(400).json({ error: 'on what? ?request=ID or ?scenario=ID' })
      return
    }
    const comments = await records.commentsOn({ kind: requestId === undefined ? 'scenario' : 'request', id })
    response
      .set('Cache-Control', 'no-store')
      .json(
        comments.map(({ clientId, text, language, filedMs }) => ({ id: clientId, text, language, filedMs })),
      )
  })

  return router
}
