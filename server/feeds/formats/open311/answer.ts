/**
 * What a server of Open311 answered, JSON or XML, as records of texts by field, with what servers in the field are known to do allowed
 * and noted: lists wrapped in objects, single objects, numbers as texts, empty elements turned into objects.
 */
import { FeedError, headOf, type FeedFile } from '../../format.ts'
import { isObject, numberAt, parseJson, textAt, type JsonObject } from '../../json.ts'
import { withinLimit, type Reading } from '../../records.ts'
import { childrenOf, parseXml, textOf, type Element } from '../../xml.ts'

/** One record; a field that is empty or null is not in it. */
export type Fields = ReadonlyMap<string, string>

/** What an answer may be called, outside and inside. */
const LISTS = ['service_requests', 'requests', 'services', 'results', 'data']
const RECORDS = ['request', 'service_request', 'service']
const NUMBERS = ['lat', 'long']

/** Throws FeedError when it is none, or when the server answered with an error of its own. */
export function answerOf(file: FeedFile, reading: Reading): readonly Fields[] {
  const isXml = headOf(file).startsWith('<')
  const records = isXml ? recordsOfXml(file, reading) : recordsOfJson(file, reading)
  return withinLimit(records, file.name, reading)
}

function recordsOfXml(file: FeedFile, reading: Reading): readonly Fields[] {
  const root = parseXml(file.bytes)
  if (root.name === 'errors' || root.name === 'error') {
    const error = root.name === 'error' ? root : childrenOf(root, 'error')[0]
    throw refusal(textOf(error, 'code'), textOf(error, 'description'))
  }
  if (RECORDS.includes(root.name)) {
    noteWrapping(root.name, 'a list of requests or services', reading)
    return [fieldsOfElement(root)]
  }
  const records = root.children.filter(({ name }) => RECORDS.includes(name))
  if (records.length === 0 && !LISTS.includes(root.name))
    throw new FeedError(`open311: <${root.name}> came, <service_requests> or <services> is due`)
  return records.map(fieldsOfElement)
}

function fieldsOfElement({ children }: Element): Fields {
  return new Map(children.filter(({ text }) => text !== '').map(({ name, text }) => [name, text]))
}

function recordsOfJson(file: FeedFile, reading: Reading): readonly Fields[] {
  const records: Fields[] = []
  for (const [i, record] of listIn(parseJson(file), reading).entries()) {
    if (!isObject(record)) reading.deviations.add('type', 'error', `${i}`, record, 'an object')
    else if (isRefusal(record)) throw refusalIn(record)
    else records.push(fieldsOfObject(record, i, reading))
  }
  return records
}

/** The list itself, or in an object, or in an object in it; one record alone is a list of one. */
function listIn(root: unknown, reading: Reading): readonly unknown[] {
  let at = root
  for (let depth = 0; depth < 3 && isObject(at); depth++) {
    if (isRecord(at) || isRefusal(at)) {
      noteWrapping('one object', 'a list', reading)
      return [at]
    }
    const key = [...LISTS, ...RECORDS, 'errors'].find((key) => Object.hasOwn(at as JsonObject, key))
    if (key === undefined) break
    noteWrapping(`a list in "${key}"`, 'a list', reading)
    at = at[key]
  }
  if (Array.isArray(at)) return at
  throw new FeedError('open311: no list came, one of requests or services is due')
}

function fieldsOfObject(record: JsonObject, i: number, { deviations }: Reading): Fields {
  const fields = new Map<string, string>()
  for (const [key, value] of Object.entries(record)) {
    const isNumber = typeof value === 'number'
    if (!isNumber && typeof value !== 'string' && typeof value !== 'boolean') continue
    const text = String(value).trim()
    if (text === '') continue
    fields.set(key, text)
    if (NUMBERS.includes(key) && !isNumber)
      deviations.add('type', 'warning', `${i}/${key}`, value, 'a number')
    if (key.startsWith('service_') && isNumber)
      deviations.add('type', 'warning', `${i}/${key}`, value, 'a text')
  }
  return fields
}

function isRefusal(record: JsonObject): boolean {
  return Object.hasOwn(record, 'code') && Object.hasOwn(record, 'description') && !isRecord(record)
}

function isRecord(record: JsonObject): boolean {
  return Object.hasOwn(record, 'service_request_id') || Object.hasOwn(record, 'service_code')
}

function refusalIn(record: JsonObject): FeedError {
  const code = numberAt(record, 'code')
  return refusal(Number.isNaN(code) ? textAt(record, 'code') : `${code}`, textAt(record, 'description'))
}

function refusal(code: string, description: string): FeedError {
  return new FeedError(`open311: the server answered ${code.slice(0, 20)}: ${description.slice(0, 200)}`)
}

function noteWrapping(came: string, due: string, { deviations }: Reading): void {
  deviations.add('wrapping', 'warning', 'the answer', came, due)
}
