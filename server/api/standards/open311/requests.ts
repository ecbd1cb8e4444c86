/** Service requests as GeoReport tells them: what people filed, from the records, and apart from them what the twin made up. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal } from '../../../../twin/geo/projection.ts'
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import { requestCauses, requestStatuses, requestTable } from '../../../../twin/reports/tables.ts'
import type { Live } from '../../../loop/live.ts'
import type { DeskReport } from '../../../records/operationsDesk.ts'
import { rounded } from '../../mainStreets.ts'
import type { Tree } from '../xml.ts'
import type { RequestsQuery, Status } from './query.ts'

export type ServiceRequest = Readonly<Record<string, Tree>> & {
  readonly service_request_id: string
  readonly status: Status
  readonly service_code: string
  readonly requested_datetime: string
}

const PERSON = requestCauses.indexOf('person')
const FIXED = requestStatuses.indexOf('fixed')

/** Those that are asked for, the newest first. */
export function chosen(requests: readonly ServiceRequest[], query: RequestsQuery): ServiceRequest[] {
  const { ids, serviceCodes, statuses, fromMs, toMs, most } = query
  const isAsked = (one: ServiceRequest): boolean => {
    if (ids !== undefined) return ids.has(one.service_request_id)
    const atMs = Date.parse(one.requested_datetime)
    return (
      atMs >= fromMs &&
      atMs <= toMs &&
      (statuses?.has(one.status) ?? true) &&
      (serviceCodes?.has(one.service_code) ?? true)
    )
  }
  return requests
    .filter(isAsked)
    .sort((a, b) => b.requested_datetime.localeCompare(a.requested_datetime))
    .slice(0, most)
}

/** One that a person filed. `toWallMs` turns the city's time, which desks act in, into that of the wall. */
export function filedByPerson(
  { request, report }: DeskReport,
  city: City,
  toWallMs: (cityMs: number) => number,
): ServiceRequest {
  const { clientId, serviceCode, lng, lat, filedMs } = request
  const last = report.log.at(-1)
  const updatedMs = last === undefined ? filedMs : Math.max(filedMs, toWallMs(last.atMs))
  return {
    service_request_id: clientId,
    status: report.state === 'closed' ? 'closed' : 'open',
    status_notes: report.answer?.text ?? null,
    ...serviceOf(city, serviceCode, report.owner),
    requested_datetime: isoOf(filedMs),
    updated_datetime: isoOf(updatedMs),
    ...placeOf(lng, lat),
  }
}

/** All that the twin has made up and still holds. */
export function simulatedRequests(live: Pick<Live, 'table'>, clock: Clock, city: City): ServiceRequest[] {
  const { columns, rows } = live.table(requestTable)
  return Array.from({ length: rows }, (_, row) => row)
    .filter((row) => columns.status[row] !== 0 && columns.cause[row] !== PERSON)
    .map((row) => {
      const [lng, lat] = lngLatFromLocal(city.projection, [columns.xM[row], columns.yM[row]])
      return {
        service_request_id: `${row}-${columns.openedTick[row]}`,
        status: columns.status[row] >= FIXED ? 'closed' : 'open',
        status_notes: `simulated: ${requestStatuses[columns.status[row]]}`,
        ...serviceOf(city, city.services?.services[columns.service[row]]?.serviceCode ?? ''),
        description: `simulated, by ${requestCauses[columns.cause[row]]}`,
        requested_datetime: isoOf(timeMsAt(clock, columns.openedTick[row])),
        updated_datetime: isoOf(timeMsAt(clock, columns.updatedTick[row])),
        ...placeOf(lng, lat),
      }
    })
}

function serviceOf(
  city: City,
  code: string,
  owner?: string,
): Record<string, Tree> & { service_code: string } {
  const service = city.services?.services.find(({ serviceCode }) => serviceCode === code)
  return {
    service_name: service?.name.en ?? null,
    service_code: code,
    agency_responsible: owner ?? service?.agency ?? null,
  }
}

function placeOf(lng: number, lat: number): Record<string, Tree> {
  return { lat: rounded(lat, 6), long: rounded(lng, 6) }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
