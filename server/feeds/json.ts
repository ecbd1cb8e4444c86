/** JSON from strangers, and careful looks into it: what is missing or of another kind is undefined, NaN or ''. */
import { FeedError, type FeedFile } from './format.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Throws FeedError when it is no JSON or nested deeper than `mostDepth`. */
export function parseJson({ bytes }: FeedFile, mostDepth = 100): unknown {
  const text = new TextDecoder().decode(bytes).replace(/^\ufeff/, '')
  if (depthOf(bytes, mostDepth) > mostDepth)
    throw new FeedError(`json: nested deeper than ${mostDepth} levels`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FeedError(`json: ${(error as Error).message}`)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectAt(value: unknown, key: string): JsonObject | undefined {
  const at = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isObject(at) ? at : undefined
}

export function listAt(value: unknown, key: string): readonly unknown[] | undefined {
  const at = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return Array.isArray(at) ? at : undefined
}

/** NaN when it is no number. */
export function numberAt(value: unknown, key: string): number {
  const at = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof at === 'number' && Number.isFinite(at) ? at : NaN
}

/** '' when it is no text. */
export function textAt(value: unknown, key: string): string {
  const at = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof at === 'string' ? at : ''
}

/** Undefined when it is neither true nor false. */
export function truthAt(value: unknown, key: string): boolean | undefined {
  const at = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof at === 'boolean' ? at : undefined
}

/**
 * What the first characters of a document show of its outermost object, or of the first in its list: each name with its text, or with
 * the first character of whatever else stands there.
 */
export function topOf(head: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const top = head.startsWith('[') ? 2 : 1
  let depth = 0
  let name: string | undefined
  for (let i = 0; i < head.length; i++) {
    const character = head[i]
    let value: string | undefined
    if (character === '"') {
      const end = endOfText(head, i)
      if (end === -1) break
      value = head.slice(i + 1, end)
      i = end
    } else if (/[^\s:,\]}]/.test(character)) value = character
    if (depth === top && value !== undefined) {
      if (name === undefined && character === '"') name = value
      else if (name !== undefined) {
        found.set(name, value)
        name = undefined
      }
    }
    if (character === '{' || character === '[') depth++
    if ((character === '}' || character === ']') && --depth < top) break
  }
  return found
}

const geoJsonTypes = new Set(
  'FeatureCollection Feature GeometryCollection Point MultiPoint LineString MultiLineString Polygon MultiPolygon'.split(
    ' ',
  ),
)
/** Whether what stands at `type` is one of RFC 7946. */
export function isGeoJsonType(type: unknown): boolean {
  return typeof type === 'string' && geoJsonTypes.has(type)
}

/** Where the text that begins at a quote ends; -1 when it does not. */
function endOfText(head: string, from: number): number {
  for (let i = from + 1; i < head.length; i++) {
    if (head[i] === '\\') i++
    else if (head[i] === '"') return i
  }
  return -1
}

/** The deepest nesting of brackets outside texts, counted no further than `most` + 1. */
function depthOf(bytes: Uint8Array, most: number): number {
  let depth = 0
  let deepest = 0
  let isText = false
  for (let i = 0; i < bytes.length && deepest <= most; i++) {
    const byte = bytes[i]
    if (isText) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--
  }
  return deepest
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d]
const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d]
