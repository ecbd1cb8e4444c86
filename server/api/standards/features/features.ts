/**
 * OGC API Features 1.0 core (17-069r4) under `/ogc`: every layer of the city as GeoJSON, as of the last frame, for any program that
 * reads the standard, on pages of elsewhere too. What a parameter is not known for is refused.
 */
import { Router as makeRouter, type Request, type Response, type Router } from 'express'
import type { City } from '../../../../twin/city.ts'
import { timeMsAt } from '../../../../twin/kernel/clock.ts'
import type { ApiContext } from '../../context.ts'
import { ownAddress } from '../ownAddress.ts'
import { Collection, type Feature, type Moment } from './collection.ts'
import { definitionOf } from './definition.ts'
import { featureLayers } from './layers.ts'
import { checkPlain, itemsQuery, QueryError } from './query.ts'

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian'
const CONFORMS_TO = ['core', 'oas30', 'geojson'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
)
const GEOJSON = 'application/geo+json'
const JSON_TYPE = 'application/json'
const OPEN_API = 'application/vnd.oai.openapi+json;version=3.0'

interface Served {
  readonly city: City
  readonly collections: ReadonlyMap<string, Collection>
}

/** What an address answers, given the city and its own absolute address up to `/ogc`. */
type Answer = (
  served: Served & { readonly now: Moment },
  address: string,
  request: Request,
) => object | undefined

export function featureRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let served: Served | undefined

  const answerWith = (type: string, answer: Answer) => (request: Request, response: Response) => {
    // anyone's page may read what anyone may
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' })
    const { city, live } = context
    if (city === undefined || live.facts === undefined || live.tick < 0) {
      refuse(response.set('Retry-After', '1'), 503, 'Starting', 'The city is still starting')
      return
    }
    if (served?.city !== city) served = { city, collections: collectionsOf(city) }
    const now = { clock: { ...live.facts, tick: live.tick }, table: live.table.bind(live) }
    try {
      const body = answer({ ...served, now }, `${ownAddress(context, request)}/ogc`, request)
      if (body === undefined) refuse(response, 404, 'NotFound', `There is nothing at ${request.path}`)
      else response.type(type).send(JSON.stringify(body))
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      refuse(response, 400, 'InvalidParameterValue', error.message)
    }
  }
  const plain = (type: string, answer: Answer) =>
    answerWith(type, (given, address, request) => {
      checkPlain(request.query)
      return answer(given, address, request)
    })

  router.get(
    '/ogc',
    plain(JSON_TYPE, ({ city }, address) => landingPage(city, address)),
  )
  router.get(
    '/ogc/api',
    plain(OPEN_API, ({ city, collections }, address) =>
      definitionOf(
        address,
        city.info.name,
        [...collections.values()].map(({ layer }) => layer),
      ),
    ),
  )
  router.get(
    '/ogc/conformance',
    plain(JSON_TYPE, () => ({ conformsTo: CONFORMS_TO })),
  )
  router.get(
    '/ogc/collections',
    plain(JSON_TYPE, ({ city, collections }, address) => ({
      links: [link(`${address}/collections`, 'self', JSON_TYPE)],
      collections: [...collections.values()].map((one) => described(one, city, address)),
    })),
  )
  router.get(
    '/ogc/collections/:id',
    plain(JSON_TYPE, ({ city, collections }, address, { params }) => {
      const one = collections.get(String(params['id']))
      return one && described(one, city, address)
    }),
  )
  router.get(
    '/ogc/collections/:id/items',
    answerWith(GEOJSON, ({ collections, now }, address, { params, query }) => {
      const one = collections.get(String(params['id']))
      return one && page(one, now, `${address}/collections/${one.layer.id}`, query)
    }),
  )
  router.get(
    '/ogc/collections/:id/items/:feature',
    plain(GEOJSON, ({ collections, now }, address, { params }) => {
      const one = collections.get(String(params['id']))
      const feature = one?.item(String(params['feature']), now)
      return one && feature && linked(feature, `${address}/collections/${one.layer.id}`)
    }),
  )
  return router
}

function collectionsOf(city: City): Map<string, Collection> {
  const there = featureLayers.filter((layer) => layer.has(city))
  return new Map(there.map((layer) => [layer.id, new Collection(layer, city)]))
}

function landingPage({ info }: City, address: string): object {
  return {
    title: `Citytwin: ${info.name}`,
    description:
      'A real-time twin of a city. Each feature says whether its values are measured or simulated.',
    attribution: info.attribution,
    links: [
      link(address, 'self', JSON_TYPE),
      link(`${address}/api`, 'service-desc', OPEN_API),
      link(`${address}/conformance`, 'conformance', JSON_TYPE),
      link(`${address}/collections`, 'data', JSON_TYPE),
    ],
  }
}

function described({ layer }: Collection, { info }: City, address: string): object {
  const own = `${address}/collections/${layer.id}`
  return {
    id: layer.id,
    title: layer.title,
    description: layer.description,
    itemType: 'feature',
    crs: [CRS84],
    extent: {
      spatial: { bbox: [info.bounds], crs: CRS84 },
      temporal: { interval: [[null, null]], trs: GREGORIAN },
    },
    links: [link(own, 'self', JSON_TYPE), link(`${own}/items`, 'items', GEOJSON)],
  }
}

function page(one: Collection, now: Moment, own: string, asked: Request['query']): object {
  const query = itemsQuery(asked)
  const { features, numberMatched } = one.items(query, now)
  const at = (offset: number) => {
    const params = new URLSearchParams(asked as Record<string, string>)
    params.set('limit', String(query.limit))
    params.set('offset', String(offset))
    return `${own}/items?${params.toString()}`
  }
  const end = query.offset + features.length
  return {
    type: 'FeatureCollection',
    features,
    links: [
      link(at(query.offset), 'self', GEOJSON),
      link(own, 'collection', JSON_TYPE),
      ...(end < numberMatched ? [link(at(end), 'next', GEOJSON)] : []),
    ],
    timeStamp: new Date(timeMsAt(now.clock, now.clock.tick)).toISOString(),
    numberMatched,
    numberReturned: features.length,
  }
}

function linked(feature: Feature, own: string): object {
  const links = [link(`${own}/items/${feature.id}`, 'self', GEOJSON), link(own, 'collection', JSON_TYPE)]
  return { ...feature, links }
}

function link(href: string, rel: string, type: string): object {
  return { href, rel, type }
}

function refuse(response: Response, status: number, code: string, description: string): void {
  response.status(status).json({ code, description })
}
