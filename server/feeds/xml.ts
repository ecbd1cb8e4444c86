/**
 * XML from strangers as a tree of elements, within limits. No entity but the five of the standard is known, no document type is heeded,
 * nothing outside is fetched.
 */
import { SaxesParser } from 'saxes'
import { FeedError } from './format.ts'

export interface Element {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Its own, all pieces together, trimmed. */
  readonly text: string
}

const MOST_DEPTH = 100
const MOST_ELEMENTS = 2_000_000

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Element[]
  text: string
}

/** Throws FeedError with line and column when it is not well formed, too deep or too large. */
export function parseXml(bytes: Uint8Array): Element {
  const parser = new SaxesParser()
  const open: Open[] = []
  let root: Element | undefined
  let elements = 0
  const fail = (message: string): never => {
    throw new FeedError(`xml: line ${parser.line}, column ${parser.column}: ${message}`)
  }
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')))
  parser.on('doctype', () => fail('a document type came, none is due'))
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === MOST_DEPTH) fail(`deeper than ${MOST_DEPTH} elements`)
    if (++elements > MOST_ELEMENTS) fail(`more than ${MOST_ELEMENTS} elements`)
    const own: Record<string, string> = Object.create(null)
    for (const [key, value] of Object.entries(attributes)) own[localName(key)] = value
    open.push({ name: localName(name), attributes: own, children: [], text: '' })
  })
  const addText = (text: string) => {
    const last = open.at(-1)
    if (last !== undefined) last.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const { name, attributes, children, text } = open.pop()!
    const element = { name, attributes, children, text: text.trim() }
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
  })
  parser.write(new TextDecoder().decode(bytes)).close()
  return root ?? fail('no element came')
}

/** The name of the outermost element as the first characters show it, without its prefix; '' when they show none. */
export function rootNameOf(head: string): string {
  let at = 0
  while (at !== -1) {
    at = head.indexOf('<', at)
    if (at === -1) break
    if (head.startsWith('<!--', at)) at = head.indexOf('-->', at)
    else if (head.startsWith('<?', at)) at = head.indexOf('?>', at)
    else if (head.startsWith('<!', at)) at = head.indexOf('>', at)
    else return localName(/^[^\s/>]*/.exec(head.slice(at + 1))![0])
  }
  return ''
}

/** The first child of a name, and so on along the path. */
export function childOf(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  let at = element
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at
}

/** All children of a name. */
export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The text at the end of the path, '' when there is none. */
export function textOf(element: Element | undefined, ...path: readonly string[]): string {
  return childOf(element, ...path)?.text ?? ''
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
