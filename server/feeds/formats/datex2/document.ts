/**
 * A DATEX II document, XML or JSON, as publications in one tree of elements. JSON names the class of an object by a key of its own
 * (`sitAccident`, `locPointLocation`) where XML has xsi:type, and writes attributes as `idG`, `versionG`.
 */
import { FeedError, headOf, type FeedFile } from '../../format.ts'
import { isObject, parseJson, type JsonObject } from '../../json.ts'
import { parseXml, type Element } from '../../xml.ts'

const PAYLOADS = new Set(['payloadPublication', 'payload', 'D2Payload'])
/** So deep lie payloads, in an envelope of SOAP too. */
const PAYLOAD_DEPTH = 6

const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['id', 'id'],
  ['idG', 'id'],
  ['version', 'version'],
  ['versionG', 'version'],
  ['index', 'index'],
  ['lang', 'lang'],
])
const CLASS_KEY = /^(?:sit|situation|loc|locationReferencing|roa|roadTrafficData|com|common)([A-Z]\w*)$/
/** Words of the model that begin like a class's key, and what extends it. */
const NO_CLASS = /^(?:Record|Version|Reference)|Extension(?:Type)?G?$/

/** Throws FeedError when there is none. */
export function publicationsOf(file: FeedFile): readonly Element[] {
  const root = /^[[{]/.test(headOf(file)) ? elementOf('document', parseJson(file)) : parseXml(file.bytes)
  const publications: Element[] = []
  collect(root, PAYLOAD_DEPTH, publications)
  if (publications.length === 0)
    throw new FeedError(`${file.name}: ${root.name} came, a DATEX II payload is due`)
  return publications
}

/** The class of an element, without the prefix of its name space. */
export function classOf({ attributes }: Element): string {
  const type = attributes['type'] ?? ''
  return type.slice(type.indexOf(':') + 1)
}

/** The first element of a name in the tree below, depth first. */
export function firstBelow(element: Element | undefined, name: string): Element | undefined {
  for (const child of element?.children ?? []) {
    const found = child.name === name ? child : firstBelow(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

function collect(element: Element, depth: number, publications: Element[]): void {
  if (PAYLOADS.has(element.name) || classOf(element).endsWith('Publication')) publications.push(element)
  else if (depth > 0) for (const child of element.children) collect(child, depth - 1, publications)
}

function elementOf(name: string, value: unknown): Element {
  const attributes: Record<string, string> = Object.create(null)
  const children: Element[] = []
  let text = isScalar(value) ? String(value) : ''
  const take = (fields: JsonObject) => {
    for (const [key, field] of Object.entries(fields)) {
      const attribute = ATTRIBUTES.get(key)
      if (isObject(field) && classKeyed(key) !== '') {
        attributes['type'] ??= classKeyed(key)
        take(field)
      } else if (attribute !== undefined && isScalar(field)) attributes[attribute] = String(field)
      else if (key === 'value' && isScalar(field)) text = String(field)
      else if (!Array.isArray(field)) children.push(elementOf(key, field))
      else if (field.length > 0 && field.every(isScalar)) children.push(elementOf(key, field.join(' ')))
      else for (const one of field) children.push(elementOf(key, one))
    }
  }
  if (isObject(value)) take(value)
  return { name, attributes, children, text }
}

/** The class that a key names, '' when it is a name of the model. */
function classKeyed(key: string): string {
  const [, name = ''] = CLASS_KEY.exec(key) ?? []
  return NO_CLASS.test(name) ? '' : name
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
