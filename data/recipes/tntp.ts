/**
 * Road networks and trip tables in the TNTP format of TransportationNetworks (Bar-Gera), as plain columns. Metadata stand as
 * `<NAME> value` up to `<END OF METADATA>`; what follows a `~` is a comment. Every fault is an Error that names the line, what
 * came and what was due.
 */
import { makeDemand, type Demand } from '../../twin/traffic/assignment/demand.ts'

/** A network file; nodes are counted from 0 here, from 1 there. Units are the file's own. */
export interface TntpNetwork {
  readonly zoneCount: number
  readonly nodeCount: number
  /** Nodes before this one are not passed through. */
  readonly firstThruNode: number
  /** By link, in the order of the file. */
  readonly fromNode: Uint32Array
  readonly toNode: Uint32Array
  readonly capacity: Float64Array
  readonly length: Float64Array
  readonly freeFlowTime: Float64Array
  readonly b: Float64Array
  readonly power: Float64Array
  readonly toll: Float64Array
  /** What is odd but no fault, one sentence each. */
  readonly remarks: readonly string[]
}

/** A trips file. */
export interface TntpTrips {
  /** Pairs of zones with trips between them. */
  readonly demand: Demand
  /** Trips that begin and end in one zone; they use no link. */
  readonly withinZones: number
}

/** Columns of a link's line; those after the power may be missing, and only the toll of them is read. */
const COLUMNS = ['init node', 'term node', 'capacity', 'length', 'free flow time', 'b', 'power'] as const
const TOLL = 8
/** No network of roads has more; a number beyond it is a slip, not a size to make room for. */
const MOST_NODES = 10_000_000

/** The network of a file's text. */
export function parseTntpNetwork(text: string): TntpNetwork {
  const lines = text.split(/\r\n|\r|\n/)
  const metadata = readMetadata(lines)
  const nodeCount = countOf(metadata, 'NUMBER OF NODES', MOST_NODES)
  const zoneCount = countOf(metadata, 'NUMBER OF ZONES', nodeCount)
  const firstThruNode = metadata.values.has('FIRST THRU NODE')
    ? countOf(metadata, 'FIRST THRU NODE', nodeCount + 1) - 1
    : 0
  const rows: number[][] = []
  for (let i = metadata.end; i < lines.length; i++) {
    const words = wordsOf(lines[i])
    // A header that is not marked as a comment.
    if (rows.length === 0 && /^[a-z]/i.test(words[0] ?? '')) continue
    if (words.length > 0) rows.push(readLink(words, i + 1, nodeCount))
  }
  const remarks: string[] = []
  if (metadata.values.has('NUMBER OF LINKS')) {
    const due = countOf(metadata, 'NUMBER OF LINKS', Infinity)
    const { line } = metadata.values.get('NUMBER OF LINKS')!
    if (rows.length < due)
      throw new Error(
        `line ${lines.length}: the file ends after ${rows.length} links, line ${line} has ${due}`,
      )
    if (rows.length > due) remarks.push(`${rows.length} links came, line ${line} has ${due}; all are taken`)
  }
  const column = (at: number) => Float64Array.from(rows, (row) => row[at])
  const nodes = (at: number) => Uint32Array.from(rows, (row) => row[at] - 1)
  const without = rows.filter((row) => row[2] === 0 && row[4] > 0 && row[5] > 0 && row[6] > 0).length
  if (without > 0)
    remarks.push(`${without} links have the capacity 0; they keep their free-flow time at any flow`)
  return {
    zoneCount,
    nodeCount,
    firstThruNode,
    fromNode: nodes(0),
    toNode: nodes(1),
    capacity: column(2),
    length: column(3),
    freeFlowTime: column(4),
    b: column(5),
    power: column(6),
    toll: column(7),
    remarks,
  }
}

/** The trips of a file's text, for a network of so many zones. */
export function parseTntpTrips(text: string, zoneCount: number): TntpTrips {
  const lines = text.split(/\r\n|\r|\n/)
  const metadata = readMetadata(lines)
  if (metadata.values.has('NUMBER OF ZONES')) {
    const zones = countOf(metadata, 'NUMBER OF ZONES', Infinity)
    const { line } = metadata.values.get('NUMBER OF ZONES')!
    if (zones > zoneCount)
      throw new Error(`line ${line}: trips of ${zones} zones came, the network has ${zoneCount}`)
  }
  const origins: number[] = []
  const destinations: number[] = []
  const trips: number[] = []
  let withinZones = 0
  readTrips(lines, metadata.end, zoneCount, (origin, destination, flow) => {
    if (origin === destination) withinZones += flow
    origins.push(origin)
    destinations.push(destination)
    trips.push(flow)
  })
  return { demand: makeDemand(zoneCount, origins, destinations, trips), withinZones }
}

/** What stands between two marks: a word, a colon or a semicolon; lines are wrapped anyhow. */
const TOKEN = /[:;]|[^\s:;]+/g

function readTrips(
  lines: readonly string[],
  begin: number,
  zoneCount: number,
  take: (origin: number, destination: number, trips: number) => void,
): void {
  let origin = -1
  // What was read last of `destination : trips ;`, and where.
  let destination = -1
  let due: 'origin' | 'destination' | 'colon' | 'trips' = 'destination'
  let line = begin
  for (let i = begin; i < lines.length; i++) {
    for (const token of withoutComment(lines[i]).match(TOKEN) ?? []) {
      line = i + 1
      if (due === 'origin') {
        origin = zoneOf(token, line, zoneCount, 'an origin')
        due = 'destination'
      } else if (due === 'colon') {
        if (token !== ':')
          throw new Error(`line ${line}: ${quoted(token)} came, ":" is due after a destination`)
        due = 'trips'
      } else if (due === 'trips') {
        take(origin, destination, amountOf(token, line, 'trips'))
        due = 'destination'
      } else if (token.toLowerCase() === 'origin') due = 'origin'
      else if (token !== ';') {
        destination = zoneOf(token, line, zoneCount, origin < 0 ? 'the word "Origin"' : 'a destination')
        if (origin < 0) throw new Error(`line ${line}: ${quoted(token)} came, the word "Origin" is due first`)
        due = 'colon'
      }
    }
  }
  if (due !== 'destination') throw new Error(`line ${line}: the file ends where ${aOrAn(due)} is due`)
}

interface Metadata {
  readonly values: ReadonlyMap<string, { readonly text: string; readonly line: number }>
  /** The first line after them, from 0. */
  readonly end: number
}

function readMetadata(lines: readonly string[]): Metadata {
  const values = new Map<string, { text: string; line: number }>()
  for (let i = 0; i < lines.length; i++) {
    const found = /^[\s\uFEFF]*<([^>]*)>(.*)$/.exec(lines[i])
    if (found === null) {
      const words = wordsOf(lines[i].replace(/^\uFEFF/, ''))
      if (words.length === 0) continue
      throw new Error(`line ${i + 1}: ${quoted(words[0])} came, <NAME> value or <END OF METADATA> is due`)
    }
    const name = found[1].trim().replace(/\s+/g, ' ').toUpperCase()
    if (name === 'END OF METADATA') return { values, end: i + 1 }
    values.set(name, { text: withoutComment(found[2]).trim(), line: i + 1 })
  }
  throw new Error(`line ${lines.length}: the file ends, <END OF METADATA> is due`)
}

/** A whole number from 1 on of the metadata. */
function countOf(metadata: Metadata, name: string, most: number): number {
  const found = metadata.values.get(name)
  if (found === undefined) throw new Error(`line ${metadata.end}: <${name}> is due before <END OF METADATA>`)
  const value = numberOf(found.text.split(/\s+/)[0])
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  const range = most === Infinity ? 'from 1 on' : `from 1 to ${most}`
  throw new Error(`line ${found.line}: <${name}> is ${quoted(found.text)}, a whole number ${range} is due`)
}

/** The numbers of a link's line: those of COLUMNS, and the toll. */
function readLink(words: readonly string[], line: number, nodeCount: number): number[] {
  if (words.length < COLUMNS.length)
    throw new Error(`line ${line}: ${words.length} columns came, at least ${COLUMNS.length} are due`)
  const row = COLUMNS.map((name, at) => {
    if (at > 1) return amountOf(words[at], line, name)
    const node = numberOf(words[at])
    if (Number.isInteger(node) && node >= 1 && node <= nodeCount) return node
    throw new Error(`line ${line}: ${name} is ${quoted(words[at])}, one from 1 to ${nodeCount} is due`)
  })
  row.push(words.length > TOLL ? amountOf(words[TOLL], line, 'toll') : 0)
  return row
}

function zoneOf(word: string, line: number, zoneCount: number, what: string): number {
  const zone = numberOf(word)
  if (Number.isInteger(zone) && zone >= 1 && zone <= zoneCount) return zone - 1
  throw new Error(`line ${line}: ${quoted(word)} came, ${what} from 1 to ${zoneCount} is due`)
}

function amountOf(word: string, line: number, name: string): number {
  const value = numberOf(word)
  if (value >= 0 && value < Infinity) return value
  throw new Error(`line ${line}: ${name} is ${quoted(word)}, a number from 0 on is due`)
}

/** A decimal number; NaN for all else, also for what JavaScript alone takes for one (0x10, empty). */
function numberOf(word: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(word) ? Number(word.replace(/[dD]/, 'e')) : NaN
}

function wordsOf(line: string): string[] {
  return withoutComment(line).match(/[^\s;]+/g) ?? []
}

function withoutComment(line: string): string {
  const at = line.indexOf('~')
  return at < 0 ? line : line.slice(0, at)
}

/** A word as it came, cut where it is long. */
function quoted(word: string): string {
  return JSON.stringify(word.length > 30 ? `${word.slice(0, 30)}…` : word)
}

function aOrAn(due: string): string {
  return due === 'colon' ? 'a ":"' : due === 'origin' ? 'an origin' : 'a number of trips'
}
