/** The city's own files: what there is (`/api/city`) and one door per dataset (`/city/<dataset>`), gzipped as on disk. */
import { gunzipSync } from 'node:zlib'
import { Router as makeRouter, type Router } from 'express'
import type { DatasetName } from '../loop/cityFolder.ts'
import { stillStarting, type ApiContext } from './context.ts'

export function cityFileRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/api/city', (_request, response) => {
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const datasets = Object.fromEntries(
      [...folder.datasets].map(([name, { gzipped, version }]) => [
        name,
        { url: `/city/${name}?v=${version}`, bytes: gzipped.length },
      ]),
    )
    response.set('Cache-Control', 'no-cache').json({ ...folder.info, datasets })
  })

  router.get('/city/:dataset', (request, response) => {
    const { folder } = context
    if (folder === undefined) return stillStarting(response)
    const dataset = folder.datasets.get(request.params.dataset as DatasetName)
    if (dataset === undefined) {
      response.status(404).json({ error: `${folder.info.name} has no dataset of this name` })
      return
    }
    const isPinned = request.query['v'] === dataset.version
    response.set({
      'Cache-Control': isPinned ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: `"${dataset.version}"`,
      Vary: 'Accept-Encoding',
    })
    response.type(request.params.dataset === 'reports' ? 'json' : 'application/octet-stream')
    if (request.fresh) response.status(304).end()
    else if (request.acceptsEncodings('gzip') === 'gzip') {
      response.set('Content-Encoding', 'gzip').end(dataset.gzipped)
    } else response.end(gunzipSync(dataset.gzipped))
  })

  return router
}
