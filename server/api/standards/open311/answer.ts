/** One answer of GeoReport in both of its formats: the same tree as JSON and as XML. */
import type { Response } from 'express'

export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [name: string]: Tree }

/** What is wrong, and by which HTTP status; told as the standard tells errors. */
export class Open311Error extends Error {
  readonly status: number

  constructor(status: number, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** By the name of a list, that of one of it. */
const oneOf: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
}
const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'

/** Sends `tree` as `format` says; XML has it in an element of that `name`. Any other format is not found. */
export function send(response: Response, format: string, name: string, tree: Tree): void {
  if (format === 'xml') response.type('text/xml').send(HEAD + xmlOf(name, tree))
  else if (format === 'json') response.type('application/json').send(JSON.stringify(tree))
  else sendError(response, 'json', new Open311Error(404, `there is .json and .xml, and no .${format}`))
}

export function sendError(response: Response, format: string, { status, message }: Open311Error): void {
  send(response.status(status), format === 'xml' ? 'xml' : 'json', 'errors', [
    { code: status, description: message },
  ])
}

export function xmlOf(name: string, tree: Tree): string {
  if (tree === null || tree === '') return `<${name}/>`
  return `<${name}>${contentOf(name, tree)}</${name}>`
}

function contentOf(name: string, tree: Exclude<Tree, null>): string {
  if (isList(tree)) return tree.map((one) => xmlOf(oneOf[name] ?? name, one)).join('')
  if (typeof tree !== 'object') return escaped(String(tree))
  return Object.entries(tree)
    .map(([key, value]) => xmlOf(key, value))
    .join('')
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree)
}

/** Characters that XML 1.0 has no place for are left out, whatever somebody wrote (section 2.2). */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}
