/** Being under a path of a host that has others: the path is taken off what comes, and every address given out is relative. */
import type { IncomingMessage, Server } from 'node:http'
import { Router as makeRouter, type Router } from 'express'

/** Takes `base` off the addresses asked for, before anyone else reads them. A proxy may take it off itself. */
export function takeOffBase(http: Server, base: string): void {
  if (base === '') return
  const takeOff = (request: IncomingMessage) => {
    const { url } = request
    if (url?.startsWith(`${base}/`)) request.url = url.slice(base.length)
  }
  http.prependListener('request', takeOff)
  http.prependListener('upgrade', takeOff)
}

/** Relative addresses count from the last slash: the base needs one at its end, the pages have none. */
export function baseRoutes(base: string): Router {
  const router = makeRouter()
  if (base !== '')
    router.get(base, (request, response) => response.redirect(`${base}/${queryOf(request.url)}`))
  router.get(/^\/(plan|desk|wall|docs|published)\/$/, (request, response) =>
    response.redirect(`../${request.params[0]}${queryOf(request.url)}`),
  )
  return router
}

function queryOf(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}
