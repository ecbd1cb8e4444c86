/** The list of HTTP doors, in the order they are tried. */
import express, { type ErrorRequestHandler, type Express, type Request } from 'express'
import { PublicationStore } from '../records/publicationStore.ts'
import { VersionStore } from '../records/versionStore.ts'
import { accessRoutes, onlyOwnMachine } from './access.ts'
import { alarmRoutes } from './alarms.ts'
import { baseRoutes } from './basePath.ts'
import { cityFileRoutes } from './cityFiles.ts'
import type { ApiContext } from './context.ts'
import { deskRoutes } from './desk.ts'
import { departureRoutes } from './departures.ts'
import { delayRoutes } from './delays.ts'
import { docsRoutes } from './docs.ts'
import { feedRoutes } from './feeds.ts'
import { forecastRoutes } from './forecast.ts'
import { healthRoutes } from './health.ts'
import { nowRoutes } from './now.ts'
import { pageRoutes } from './page.ts'
import { publishedRoutes } from './published.ts'
import { recordRoutes } from './records.ts'
import { replayRoutes } from './replay.ts'
import { requestRoutes } from './requests.ts'
import { scenarioFileRoutes } from './scenarioFiles.ts'
import { searchRoutes } from './search.ts'
import { securityHeaders } from './security.ts'
import { seriesRoutes } from './series.ts'
import { capRoutes } from './standards/cap/cap.ts'
import { catalogueRoutes } from './standards/catalogue/catalogue.ts'
import { featureRoutes } from './standards/features/features.ts'
import { gtfsRoutes } from './standards/gtfs/gtfs.ts'
import { open311Routes } from './standards/open311/open311.ts'
import { tileRoutes } from './tiles.ts'

export function makeApi(context: ApiContext, docsFolder: string, log: (line: string) => void): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(securityHeaders(context.doorkeeper))
  app.use(onlyOwnMachine(context.doorkeeper))
  app.use(baseRoutes(context.doorkeeper.doors.base))
  app.use(pageRoutes(context))
  app.use(accessRoutes(context.doorkeeper))
  app.use(cityFileRoutes(context))
  app.use(tileRoutes(context))
  app.use(nowRoutes(context))
  app.use(searchRoutes(context))
  app.use(departureRoutes(context))
  app.use(seriesRoutes(context))
  app.use(delayRoutes(context))
  app.use(forecastRoutes(context))
  app.use(feedRoutes(context))
  app.use(replayRoutes(context))
  app.use(requestRoutes(context))
  app.use(alarmRoutes(context))
  app.use(deskRoutes(context))
  app.use(recordRoutes(context))
  const versions = new VersionStore(context.records.engine)
  app.use(scenarioFileRoutes(context, versions))
  app.use(publishedRoutes(context, versions, new PublicationStore(context.records.engine), docsFolder))
  app.use(catalogueRoutes(context))
  app.use(featureRoutes(context))
  app.use(gtfsRoutes(context))
  app.use(capRoutes(context))
  app.use(open311Routes(context))
  app.use(healthRoutes(context))
  app.use(docsRoutes(docsFolder))
  app.use((request, response) => {
    response.status(404).json({ error: `there is nothing at ${request.path.slice(0, 200)}` })
  })
  const broken: ErrorRequestHandler = (error, request, response, _next) => {
    const status = statusOf(error)
    if (status >= 500 && !isGone(error, request))
      log(`${request.method} ${request.path} failed: ${(error as Error).stack ?? String(error)}`)
    if (response.headersSent) response.destroy()
    else response.status(status).json({ error: status >= 500 ? 'the server failed at this' : 'bad request' })
  }
  app.use(broken)
  return app
}

/** Whoever asked went away, or went on with what is no HTTP, while a file was being sent: nothing of ours has failed. */
function isGone(error: unknown, request: Request): boolean {
  const { code } = error as { code?: unknown }
  return request.socket.destroyed || code === 'ECONNABORTED' || String(code).startsWith('HPE_')
}

/** What Express itself says of a bad request keeps its status; a broken escape in a path is one too. */
function statusOf(error: unknown): number {
  if (error instanceof URIError) return 400
  const status = (error as { status?: unknown }).status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}
