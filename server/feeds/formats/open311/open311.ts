/** Open311 GeoReport v2 as a client reads it: service requests and lists of services, in JSON and in XML. */
import type { CitizenRequest, FeedContent, ReportService } from '../../content.ts'
import { headOf, type FeedFile, type FeedFormat } from '../../format.ts'
import { isGeoJsonType, topOf } from '../../json.ts'
import { hasZone, timeOf, webAddressOf } from '../../plausible.ts'
import { canBePlace, Ids, possibleTime, type Reading } from '../../records.ts'
import { rootNameOf } from '../../xml.ts'
import { answerOf, type Fields } from './answer.ts'

/** Of a description, characters, by the standard. */
const LONGEST = 4000

export const open311: FeedFormat = {
  title: "Open311 GeoReport v2: residents' requests",
  id: 'open311',
  isLike,
  read(file, options, deviations): FeedContent {
    const reading = { options, deviations }
    const records = answerOf(file, reading)
    const isServices = records.length > 0 && !records.some(isRequest)
    return isServices
      ? { madeMs: NaN, services: servicesOf(records, reading) }
      : { madeMs: NaN, requests: requestsOf(records, reading) }
  },
}

function requestsOf(records: readonly Fields[], reading: Reading): readonly CitizenRequest[] {
  const ids = new Ids()
  return records.flatMap((fields, i) => {
    const id = fields.get('service_request_id') ?? ''
    const where = id === '' ? `request ${i}` : `request ${id}`
    requireFields(fields, ['status', 'service_code', 'requested_datetime'], where, reading)
    if (!ids.isNew(id, where, reading)) return []
    const requestedMs = timeIn(fields, 'requested_datetime', where, reading)
    if (Number.isNaN(requestedMs)) return []
    const [lng, lat] = placeIn(fields, where, reading)
    return {
      id,
      status: statusOf(fields.get('status') ?? '', where, reading),
      serviceCode: fields.get('service_code') ?? '',
      serviceName: fields.get('service_name') ?? '',
      description: descriptionIn(fields, where, reading),
      requestedMs,
      updatedMs: timeIn(fields, 'updated_datetime', where, reading),
      lng,
      lat,
      address: fields.get('address') ?? '',
      mediaUrl: webAddressOf(fields.get('media_url') ?? ''),
    }
  })
}

/** Also one whose id is missing. */
function isRequest(fields: Fields): boolean {
  return fields.has('service_request_id') || fields.has('requested_datetime') || fields.has('status')
}

function servicesOf(records: readonly Fields[], reading: Reading): readonly ReportService[] {
  const ids = new Ids()
  return records.flatMap((fields, i) => {
    const code = fields.get('service_code') ?? ''
    const where = `service ${code === '' ? i : code}`
    requireFields(fields, ['service_name', 'metadata', 'type'], where, reading)
    if (!ids.isNew(code, where, reading)) return []
    const name = fields.get('service_name') ?? code
    return { code, name, description: fields.get('description') ?? '', group: fields.get('group') ?? '' }
  })
}

function requireFields(
  fields: Fields,
  keys: readonly string[],
  where: string,
  { deviations }: Reading,
): void {
  for (const key of keys)
    if (!fields.has(key)) deviations.add('required', 'error', where, undefined, `${key}, which is required`)
}

/** What is not closed is open, whatever a server calls the stages between. */
function statusOf(came: string, where: string, { deviations }: Reading): CitizenRequest['status'] {
  if (came !== 'open' && came !== 'closed' && came !== '')
    deviations.add('enum', 'warning', `${where}/status`, came, 'open or closed')
  return came.toLowerCase() === 'closed' ? 'closed' : 'open'
}

/** NaN when it is missing, or cannot be. */
function timeIn(fields: Fields, key: string, where: string, reading: Reading): number {
  const came = fields.get(key)
  if (came === undefined) return NaN
  const ms = possibleTime(timeOf(came, reading.options.utcOffsetS), came, `${where}/${key}`, reading)
  if (!Number.isNaN(ms) && !hasZone(came))
    reading.deviations.add('timeZone', 'warning', `${where}/${key}`, came, "a time zone; read in the city's")
  return ms
}

/** NaN where the server gives an address instead, or what cannot be. */
function placeIn(fields: Fields, where: string, reading: Reading): readonly [lng: number, lat: number] {
  if (!fields.has('lat') && !fields.has('long')) return [NaN, NaN]
  const [lng, lat] = [Number(fields.get('long') ?? NaN), Number(fields.get('lat') ?? NaN)]
  return canBePlace(lng, lat, where, reading) ? [lng, lat] : [NaN, NaN]
}

function descriptionIn(fields: Fields, where: string, { deviations }: Reading): string {
  const text = fields.get('description') ?? ''
  if (text.length <= LONGEST) return text
  const came = `${text.length} characters`
  deviations.add('maxLength', 'warning', `${where}/description`, came, `at most ${LONGEST}`)
  return text.slice(0, LONGEST)
}

function isLike(file: FeedFile): boolean {
  const head = headOf(file)
  const isCalled = file.name
    .toLowerCase()
    .split('/')
    .some((part) => /^(?:open311|georeport|requests|services)\b/.test(part))
  if (head.startsWith('<')) {
    const root = rootNameOf(head)
    if (['service_requests', 'services', 'requests'].includes(root))
      return /<service_(?:request_id|code)>/.test(head) || isCalled
    return /^(?:request|service)$/.test(root) && head.includes('<service_code>')
  }
  if (/^\[\s*\]$/.test(head.trimEnd())) return isCalled
  return (
    /^[[{]/.test(head) &&
    /"service_(?:request_id|code)"\s*:/.test(head) &&
    !isGeoJsonType(topOf(head).get('type'))
  )
}
