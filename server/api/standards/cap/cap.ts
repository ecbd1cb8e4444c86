/** `/cap`: what is wrong in the city now by CAP 1.2, all of it as an Atom feed that holds each alert, and each by itself. */
import { Router as makeRouter, type Router } from 'express'
import { alarmTable } from '../../../../twin/alarms/tables.ts'
import { timeMsAt } from '../../../../twin/kernel/clock.ts'
import { stillStarting, type ApiContext } from '../../context.ts'
import { ownAddress } from '../ownAddress.ts'
import { escaped } from '../xml.ts'
import { capAlert, headline, timeText, upAlarms } from './alert.ts'

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
const CAP_TYPE = 'application/cap+xml; charset=utf-8'

export function capRoutes(context: ApiContext): Router {
  const router = makeRouter()
  const present = () => {
    const { live, city } = context
    const { facts, tick } = live
    if (city === undefined || facts === undefined || tick < 0) return undefined
    const clock = { ...facts, tick }
    return { city, clock, alarms: upAlarms(live.table(alarmTable), clock) }
  }

  router.get('/cap/alerts.atom', (request, response) => {
    const now = present()
    if (now === undefined) return stillStarting(response)
    const { city, clock, alarms } = now
    const root = `${ownAddress(context, request)}/cap`
    const entries = alarms.map((alarm) => {
      const url = escaped(`${root}/alerts/${alarm.id}.xml`)
      const title = escaped(headline(alarm, city, 'en'))
      const updated = timeText(alarm.raisedMs, clock.utcOffsetS)
      return `<entry><id>${url}</id><title>${title}</title><updated>${updated}</updated><link href="${url}" type="application/cap+xml"/><content type="text/xml">${capAlert(alarm, city, clock)}</content></entry>`
    })
    const updated = timeText(timeMsAt(clock, clock.tick), clock.utcOffsetS)
    const title = escaped(`${city.info.name}: what is wrong now, simulated`)
    response
      .set('Cache-Control', 'no-store')
      .type('application/atom+xml; charset=utf-8')
      .send(
        `${HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(root)}/alerts.atom</id><title>${title}</title><updated>${updated}</updated><author><name>Citytwin</name></author>${entries.join('')}</feed>`,
      )
  })

  router.get('/cap/alerts/:name', (request, response) => {
    const now = present()
    if (now === undefined) return stillStarting(response)
    const { city, clock, alarms } = now
    const alarm = alarms.find(({ id }) => request.params.name === `${id}.xml`)
    if (alarm === undefined) {
      response.status(404).json({ error: 'there is no such alert, or it is over' })
      return
    }
    response
      .set('Cache-Control', 'no-store')
      .type(CAP_TYPE)
      .send(HEAD + capAlert(alarm, city, clock))
  })

  return router
}
