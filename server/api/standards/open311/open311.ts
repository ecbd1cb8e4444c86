/**
 * Open311 GeoReport v2: under `/open311/` what people file and desks make of it, and under `/sim/open311/` what the twin makes up:
 * the standard has no field that says that a request is simulated. Both in JSON and in XML.
 */
import express, { Router as makeRouter, type Request, type Response, type Router } from 'express'
import { holdsOne, rolesOfEvent } from '../../../../twin/protocol/roles.ts'
import { timeMsAt } from '../../../../twin/kernel/clock.ts'
import type { City } from '../../../../twin/city.ts'
import type { Service } from '../../../../twin/reports/services.ts'
import { AddressBuckets } from '../../../access/perAddress.ts'
import { TryAgainError } from '../../../hub/tryAgain.ts'
import { RecordConflict } from '../../../records/recordsError.ts'
import type { ApiContext } from '../../context.ts'
import { ownAddress } from '../ownAddress.ts'
import type { Tree } from '../xml.ts'
import { Open311Error, send, sendError } from './answer.ts'
import { filedRequest } from './filing.ts'
import { requestsQuery, type RequestsQuery } from './query.ts'
import { chosen, filedByPerson, simulatedRequests, type ServiceRequest } from './requests.ts'

/** Of a span of days so many of the newest are looked through. */
const MOST_READ = 5000
/** One address may be the server behind many people's phones. */
const FILE_LIMIT = { atOnce: 60, perMinute: 60 }
const BODY_LIMIT = '32kb'
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2'
/** When what these addresses give was last changed. */
const CHANGESET = '2026-11-28T00:00:00Z'

type Source = (
  city: City,
  query: RequestsQuery,
  request: Request,
) => Promise<ServiceRequest[]> | ServiceRequest[]

export function open311Routes(context: ApiContext): Router {
  const router = makeRouter()
  const limit = new AddressBuckets(FILE_LIMIT)
  const { doorkeeper } = context

  /** Answers with what `make` gives, or with why there is nothing, as the standard tells it. */
  const answer =
    (name: string, make: (city: City, request: Request) => Promise<Tree> | Tree) =>
    async (request: Request, response: Response) => {
      response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' })
      const format = String(request.params['format'])
      try {
        send(response, format, name, await make(cityAsked(context, request), request))
      } catch (error) {
        if (error instanceof Open311Error) sendError(response, format, error)
        else if (error instanceof TryAgainError)
          sendError(response.set('Retry-After', '5'), format, new Open311Error(503, error.message))
        else throw error
      }
    }
  const listed = (source: Source) =>
    answer('service_requests', async (city, request) => {
      const asked = requestsQuery(request.query, Date.now())
      return chosen(await source(city, asked, request), asked)
    })
  const byId = async (source: Source, city: City, request: Request): Promise<ServiceRequest> => {
    const id = String(request.params['id'])
    const asked = requestsQuery({ service_request_id: id }, Date.now())
    const [found] = chosen(await source(city, asked, request), asked)
    if (found === undefined) throw new Open311Error(404, `there is no request ${id.slice(0, 80)}`)
    return found
  }
  const one = (source: Source) =>
    answer('service_requests', async (city, request) => [await byId(source, city, request)])
  // what somebody wrote may name him or his neighbour: it is for who works on it, and for no page of elsewhere that he has open
  const filed: Source = (city, query, request) => {
    const works = holdsOne(doorkeeper.access(request).roles, rolesOfEvent.actAtDesk)
    return filedRequests(context, city, query, works && doorkeeper.isOwnPage(request))
  }
  const madeUp: Source = (city) => {
    const { live } = context
    if (live.facts === undefined || live.tick < 0) throw new Open311Error(503, 'the city is still starting')
    return simulatedRequests(live, { ...live.facts, tick: live.tick }, city)
  }
  const services = answer('services', ({ services: known }, request) => {
    const language = request.acceptsLanguages('en', 'es') === 'es' ? 'es' : 'en'
    return (known?.services ?? []).map((service) => serviceTree(service, language))
  })
  const definition = answer('service_definition', (city, { params }) => {
    const code = String(params['code'])
    checkService(city, code)
    return { service_code: code, attributes: [] }
  })

  router.get(
    '/open311/discovery.:format',
    answer('discovery', (city, request) => discovery(city, ownAddress(context, request))),
  )
  router.get('/open311/v2/services.:format', services)
  router.get('/open311/v2/services/:code.:format', definition)
  router.get('/open311/v2/requests.:format', listed(filed))
  router.get('/open311/v2/requests/:id.:format', one(filed))
  // an id is given at once, and is its own token
  router.get(
    '/open311/v2/tokens/:id.:format',
    answer('service_requests', async (city, request) => {
      const { service_request_id: id } = await byId(filed, city, request)
      return [{ service_request_id: id, token: id }]
    }),
  )
  router.get('/sim/open311/v2/services.:format', services)
  router.get('/sim/open311/v2/services/:code.:format', definition)
  router.get('/sim/open311/v2/requests.:format', listed(madeUp))
  router.get('/sim/open311/v2/requests/:id.:format', one(madeUp))

  router.post(
    '/open311/v2/requests.:format',
    express.urlencoded({ extended: false, limit: BODY_LIMIT }),
    express.json({ limit: BODY_LIMIT }),
    answer('service_requests', async (city, request) => {
      if (!doorkeeper.isOwnPage(request)) throw new Open311Error(403, 'this page is not from this server')
      const report = filedRequest(request.body, request.get('Idempotency-Key'))
      checkService(city, report.serviceCode)
      if (!limit.take(doorkeeper.visitor(request).address, performance.now()))
        throw new Open311Error(429, 'too many at once; try again in a minute')
      const actor = doorkeeper.actorOf(doorkeeper.pass(request), rolesOfEvent.fileRequest)
      await context.desk.file(city, report, actor).catch((error: Error) => {
        if (error instanceof TryAgainError) throw error
        throw new Open311Error(error instanceof RecordConflict ? 409 : 400, error.message)
      })
      return [{ service_request_id: report.clientId, service_notice: null, account_id: null }]
    }),
  )
  return router
}

/** Throws while there is none, and where another is asked for. */
function cityAsked({ city }: ApiContext, { query, body }: Request): City {
  if (city === undefined) throw new Open311Error(503, 'the city is still starting')
  const named = query['jurisdiction_id'] ?? (body as Record<string, unknown> | undefined)?.['jurisdiction_id']
  if (named !== undefined && named !== '' && named !== city.info.id)
    throw new Open311Error(404, `jurisdiction_id: this is ${city.info.id}, and it may be left out`)
  return city
}

function checkService({ services }: City, code: string): void {
  if (!services?.services.some(({ serviceCode }) => serviceCode === code))
    throw new Open311Error(404, `service_code: there is no service ${code.slice(0, 80)}`)
}

/** Within the days that are asked for, or by id however old. */
async function filedRequests(
  { operations, live }: ApiContext,
  city: City,
  { ids, fromMs, toMs }: RequestsQuery,
  hasWords: boolean,
): Promise<ServiceRequest[]> {
  const reports =
    ids === undefined
      ? await operations.filedBetween(fromMs, toMs, MOST_READ)
      : await operations.filedAs([...ids])
  const clock = live.facts && live.tick >= 0 ? { ...live.facts, tick: live.tick } : undefined
  const aheadMs = clock === undefined ? 0 : timeMsAt(clock, clock.tick) - Date.now()
  return reports.map((report) => {
    const told = filedByPerson(report, city, (cityMs) => Math.round(cityMs - aheadMs))
    return hasWords ? { ...told, description: report.request.description } : told
  })
}

function serviceTree({ serviceCode, name, group }: Service, language: keyof Service['name']): Tree {
  return {
    service_code: serviceCode,
    service_name: name[language],
    description: null,
    metadata: false,
    type: 'realtime',
    keywords: null,
    group,
  }
}

function discovery({ info }: City, address: string): Tree {
  const endpoint = (path: string, type: 'production' | 'test') => ({
    specification: SPECIFICATION,
    url: `${address}${path}`,
    changeset: CHANGESET,
    type,
    formats: ['application/json', 'text/xml'],
  })
  return {
    changeset: CHANGESET,
    contact: `whoever runs this server of ${info.name}`,
    key_service: 'no key is needed',
    endpoints: [endpoint('/open311/v2', 'production'), endpoint('/sim/open311/v2', 'test')],
  }
}
