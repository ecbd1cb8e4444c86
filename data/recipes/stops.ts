/** Bus stops of an extract: where they are, on which link they may stand, what they are called, and what they say of their line. */
import { localFromLngLat, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { LinkFinder, LinkPosition } from './linkFinder.ts'
import type { OsmExtract, Tags } from './osm.ts'

/** A candidate link, and what choosing it costs against the others, metres. */
export interface StopPosition extends LinkPosition {
  readonly penaltyM: number
}

/** The line a stop's own tags name; a stop of many lines still names only one. */
export interface LineTag {
  readonly line: string
  readonly variant: string
  readonly ordinal: number
}

export interface Stop {
  readonly xM: number
  readonly yM: number
  readonly code: string
  readonly taggedName: string
  /** Best first. */
  readonly candidates: readonly StopPosition[]
  readonly tag: LineTag | undefined
}

/** A stop further from every street than this, metres, is left out; assumed. */
const STOP_REACH_M = 45
/** Two mapped stops this near on one link, metres, are one; assumed. */
const SAME_STOP_M = 18
/** A stop mapped this near to a street's centre line, metres, says nothing of its side; assumed. */
const ON_STREET_M = 1.5
/** Standing on the left of a two-way street, or of a one-way street, costs this much, metres; assumed. */
const LEFT_PENALTY_M = { twoWay: 60, oneWay: 8 } as const

/** The stops of buses in an extract that stand on the network, each once; driving is on the right. */
export function collectStops(
  extract: OsmExtract,
  network: RoadNetwork,
  projection: Projection,
  findLinks: LinkFinder,
): { stops: Stop[]; offNetwork: number } {
  const stops: Stop[] = []
  const onLink = new Map<number, Stop[]>()
  const variantLines = new Map<string, string>()
  for (const { tags } of extract.nodes) {
    const tag = lineTag(tags)
    if (tag && tag.line !== '') variantLines.set(tag.variant, tag.line)
  }
  let offNetwork = 0
  // Tagged stops first, so that a nameless double of one is the one left out.
  const found = extract.nodes.filter(({ tags }) => isBusStop(tags))
  const byWorth = [
    ...found.filter(({ tags }) => lineTag(tags)),
    ...found.filter(({ tags }) => !lineTag(tags)),
  ]
  for (const { at, tags } of byWorth) {
    const [xM, yM] = localFromLngLat(projection, at)
    const near = findLinks(xM, yM, STOP_REACH_M)
    if (near.length === 0) {
      offNetwork++
      continue
    }
    const raw = lineTag(tags)
    const tag = raw && { ...raw, line: raw.line || (variantLines.get(raw.variant) ?? '') }
    const code = tags.ref ?? tags['source:pkey'] ?? ''
    const candidates = withPenalties(near, network)
    const stop: Stop = { xM, yM, code, taggedName: tags.name ?? '', candidates, tag }
    for (const one of near[0].offM < ON_STREET_M ? bothSides(stop, network) : [stop]) {
      const { link, alongM } = one.candidates[0]
      const neighbours = onLink.get(link) ?? []
      const isDouble = neighbours.some(
        ({ candidates }) => Math.abs(candidates[0].alongM - alongM) < SAME_STOP_M,
      )
      if (isDouble && one.tag === undefined) continue
      onLink.set(link, [...neighbours, one])
      stops.push(one)
    }
  }
  return { stops, offNetwork }
}

/** A stop mapped on the centre line serves both directions: one stop for each. */
function bothSides(stop: Stop, network: RoadNetwork): Stop[] {
  const [first] = stop.candidates
  const reverse = network.links.reverseLink[first.link]
  if (reverse < 0 || stop.tag !== undefined) return [stop]
  const other = stop.candidates.find(({ link }) => link === reverse)
  if (other === undefined) return [stop]
  return [first, other].map((candidate) => ({ ...stop, candidates: [candidate] }))
}

/** Links near a stop as candidates, those whose kerb it stands at first; at most four. */
export function withPenalties(near: readonly LinkPosition[], network: RoadNetwork): StopPosition[] {
  const { reverseLink } = network.links
  return near
    .map((position) => {
      const isClear = position.offM >= ON_STREET_M && !position.isRight
      const left = reverseLink[position.link] >= 0 ? LEFT_PENALTY_M.twoWay : LEFT_PENALTY_M.oneWay
      return { ...position, penaltyM: position.offM + (isClear ? left : 0) }
    })
    .sort((a, b) => a.penaltyM - b.penaltyM || a.link - b.link)
    .slice(0, 4)
}

function isBusStop(tags: Tags): boolean {
  if (tags.highway === 'bus_stop') return true
  if (tags.public_transport !== 'platform') return false
  return tags.bus === 'yes' || !(tags.train || tags.railway || tags.tram || tags.ferry || tags.subway)
}

/** Montevideo's import of its stop register: variant of the line, place in its order, line. */
function lineTag(tags: Tags): LineTag | undefined {
  const variant = tags['mvdgis:cod_varian']
  const ordinal = Number(tags['mvdgis:ordinal'])
  if (variant === undefined || !Number.isInteger(ordinal) || ordinal < 1) return undefined
  return { line: tags['mvdgis:desc_linea'] ?? '', variant, ordinal }
}

/** Gives names to positions on the network: the tag's, else the street and the nearest street that crosses it. */
export function makeStopNamer(
  network: RoadNetwork,
): (taggedName: string, link: number, alongM: number) => string {
  const { fromNode, toNode, lengthM, name } = network.links
  const streetsAt = new Map<number, Set<number>>()
  for (let link = 0; link < fromNode.length; link++) {
    for (const node of [fromNode[link], toNode[link]]) {
      const streets = streetsAt.get(node) ?? new Set()
      streetsAt.set(node, streets.add(name[link]))
    }
  }
  const text = network.names.text
  return (taggedName, link, alongM) => {
    if (taggedName !== '') return taggedName.replaceAll('\n', ' ')
    const ends = [fromNode[link], toNode[link]]
    if (alongM > lengthM[link] / 2) ends.reverse()
    for (const node of ends) {
      const crossing = [...streetsAt.get(node)!].find(
        (street) => street !== name[link] && text[street] !== '',
      )
      if (crossing === undefined) continue
      return text[name[link]] === '' ? text[crossing] : `${text[name[link]]} / ${text[crossing]}`
    }
    return text[name[link]]
  }
}
