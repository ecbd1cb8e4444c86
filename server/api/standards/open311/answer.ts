/** One answer of GeoReport in both of its formats: the same tree as JSON and as XML. */
import type { Response } from 'express'
import { xmlOf, type Tree } from '../xml.ts'

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
  if (format === 'xml') response.type('text/xml').send(HEAD + xmlOf(name, tree, oneOf))
  else if (format === 'json') response.type('application/json').send(JSON.stringify(tree))
  else sendError(response, 'json', new Open311Error(404, `there is .json and .xml, and no .${format}`))
}

export function sendError(response: Response, format: string, { status, message }: Open311Error): void {
  send(response.status(status), format === 'xml' ? 'xml' : 'json', 'errors', [
    { code: status, description: message },
  ])
}
