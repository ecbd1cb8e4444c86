/** `/api/search`: streets, places, stops and house numbers, out of the city's `search.bin.gz`. */
import { Router as makeRouter, type Router } from 'express'
import type { City } from '../../twin/city.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import { makeSearch, type Search } from '../../twin/geo/search.ts'
import { placeFound } from '../../twin/placesFound.ts'
import { readSearch } from '../loop/cityFolder.ts'
import { stillStarting, type ApiContext } from './context.ts'

const SHOWN = 10
const MAX_QUERY = 100

export function searchRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let loading: Promise<Search> | undefined

  router.get('/api/search', async (request, response) => {
    const { city, folder } = context
    if (city === undefined || folder === undefined) return stillStarting(response)
    loading ??= loadSearch(city, folder.folder)
    const query = String(request.query['q'] ?? '').slice(0, MAX_QUERY)
    const hits = (await loading)(query, SHOWN, lngLatOf(request.query['near']))
    response.set('Cache-Control', 'private, max-age=60').json(hits.map((hit) => placeFound(city, hit)))
  })

  return router
}

/** A city without a search file finds nothing. */
async function loadSearch(city: City, folder: string): Promise<Search> {
  const tables = await readSearch({ folder })
  return tables === undefined ? () => [] : makeSearch(tables, city.projection)
}

function lngLatOf(near: unknown): LngLat | undefined {
  const [lng, lat, ...rest] = typeof near === 'string' ? near.split(',').map(Number) : []
  if (rest.length > 0 || !(lng >= -180 && lng <= 180 && lat >= -90 && lat <= 90)) return undefined
  return [lng, lat]
}
