/** A report as a client of Open311 files it: fields of a form, or the same in JSON. What is not asked for is not kept. */
import { randomUUID } from 'node:crypto'
import type { FileRequest } from '../../../../twin/protocol/messages.ts'
import { checkMessage, fileRequestSchema } from '../../../../twin/protocol/messages.ts'
import { Open311Error } from './answer.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * `key` is the header Idempotency-Key, a UUID: sent again under it the report is filed once. Without one, each post is another report.
 * Throws Open311Error that says what came and what was due.
 */
export function filedRequest(body: unknown, key: string | undefined): FileRequest {
  if (typeof body !== 'object' || body === null)
    throw new Open311Error(400, 'no fields came, a form (application/x-www-form-urlencoded) or JSON is due')
  if (key !== undefined && !UUID.test(key))
    throw new Open311Error(400, `Idempotency-Key: ${key.slice(0, 40)} came, a UUID is due`)
  const fields = body as Readonly<Record<string, unknown>>
  const textOf = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const serviceCode = textOf('service_code')
  if (serviceCode === undefined) throw new Open311Error(400, 'service_code was not provided')
  const checked = checkMessage(fileRequestSchema, {
    clientId: (key ?? randomUUID()).toLowerCase(),
    serviceCode,
    lng: degrees(fields, 'long'),
    lat: degrees(fields, 'lat'),
    description: textOf('description') ?? '',
  })
  if ('error' in checked) throw new Open311Error(400, checked.error)
  return checked.value
}

function degrees(fields: Readonly<Record<string, unknown>>, name: 'lat' | 'long'): number {
  const value = fields[name]
  const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
  if (!isGiven)
    throw new Open311Error(400, `${name} was not provided: this server knows places by lat and long alone`)
  const number = Number(value)
  if (!Number.isFinite(number))
    throw new Open311Error(400, `${name}: ${String(value).slice(0, 40)} came, degrees are due`)
  return number
}
