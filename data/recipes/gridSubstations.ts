/** Where a city's medium voltage begins: the substations and lines the map has, and more where those could not do. */
import { localFromLngLat, type Local, type Projection } from '../../twin/geo/projection.ts'
import type { PowerGrid } from '../../twin/power/grid.ts'
import type { Zones } from '../../twin/traffic/zones.ts'
import { middleOf } from './activity.ts'
import type { OsmExtract, Tags } from './osm.ts'

export interface SubstationSite {
  readonly xM: number
  readonly yM: number
  readonly name: string
  /** Volts, 0 where the map does not say. */
  readonly primaryV: number
  readonly isReal: boolean
}

/** Most load one substation takes, VA: two transformers of 40 MVA, either of which could nearly carry it. Assumed. */
const MAX_LOAD_VA = 48e6
/** Farthest as the crow flies that medium voltage is led. Assumed. */
const MAX_REACH_M = 7000
/** Load beyond that reach worth a substation of its own, VA. Assumed. */
const WORTH_VA = 1.5e6
/** Real ones nearer to each other than this are one site. */
const SAME_SITE_M = 250
const MAX_SITES = 200
const LLOYD_ROUNDS = 4

/**
 * Real substations (`power=substation` or the older `station`, but no kiosks of the low voltage and none of railways),
 * then made-up ones by k-means on the load where a real one would be overloaded or too far. `loadVa` is by node.
 */
export function placeSubstations(
  extract: OsmExtract,
  zones: Zones,
  projection: Projection,
  nodes: { readonly xM: Float32Array; readonly yM: Float32Array },
  loadVa: Float64Array,
): SubstationSite[] {
  const loaded: number[] = []
  for (let node = 0; node < loadVa.length; node++) if (loadVa[node] > 0) loaded.push(node)
  const real = realSites(extract, projection).filter((site) =>
    loaded.some((node) => near(nodes.xM[node] - site.xM, nodes.yM[node] - site.yM, MAX_REACH_M)),
  )
  const centres: [xM: number, yM: number][] = real.map((site) => [site.xM, site.yM])
  if (centres.length === 0) centres.push(meanOf(loaded, nodes, loadVa))
  const fixed = real.length
  for (;;) {
    let nearest = assign(loaded, nodes, centres)
    for (let round = 0; round < LLOYD_ROUNDS && centres.length > fixed; round++) {
      const members: number[][] = centres.map(() => [])
      loaded.forEach((node, i) => members[nearest[i]].push(node))
      for (let c = fixed; c < centres.length; c++) {
        if (members[c].length > 0) centres[c] = meanOf(members[c], nodes, loadVa)
      }
      nearest = assign(loaded, nodes, centres)
    }
    const added = centres.length < MAX_SITES ? wantedSite(loaded, nearest, nodes, loadVa, centres) : undefined
    if (added === undefined) break
    centres.push(added)
  }
  const sites = centres.map(([xM, yM], i): SubstationSite => {
    if (i < fixed) return real[i]
    return { xM, yM, name: '', primaryV: 0, isReal: false }
  })
  return nameSites(sites, zones)
}

/** Lines of the map above the distribution level, with their course simplified by nothing. */
export function transmissionLines(
  extract: OsmExtract,
  projection: Projection,
): Pick<PowerGrid, 'transmission' | 'transmissionShape'> {
  const lines = extract.ways.filter(
    ({ tags, course }) =>
      course.length > 1 && (tags.power === 'line' || (tags.power === 'cable' && voltageOf(tags) >= 30_000)),
  )
  const xM: number[] = []
  const yM: number[] = []
  const shapeStart: number[] = []
  for (const line of lines) {
    shapeStart.push(xM.length)
    for (const at of line.course) {
      const [x, y] = localFromLngLat(projection, at)
      xM.push(x)
      yM.push(y)
    }
  }
  return {
    transmission: {
      voltageV: Float32Array.from(lines, ({ tags }) => voltageOf(tags)),
      shapeStart: Uint32Array.from(shapeStart),
      shapeCount: Uint16Array.from(lines, ({ course }) => course.length),
      name: lines.map(({ tags }) => clean(tags.name ?? tags.ref ?? '')),
    },
    transmissionShape: { xM: Float32Array.from(xM), yM: Float32Array.from(yM) },
  }
}

function realSites(extract: OsmExtract, projection: Projection): SubstationSite[] {
  const sites: SubstationSite[] = []
  const add = (tags: Tags, [xM, yM]: Local) => {
    if (sites.some((site) => near(site.xM - xM, site.yM - yM, SAME_SITE_M))) return
    sites.push({ xM, yM, name: nameOf(tags, operators), primaryV: voltageOf(tags), isReal: true })
  }
  // Named ones first, so that of two records of one site the name stays.
  const found = [
    ...extract.nodes.map(({ tags, at }) => ({ tags, at })),
    ...extract.ways.map(({ tags, course }) => ({
      tags,
      at: course.length > 0 ? middleOf(course) : undefined,
    })),
    ...extract.areas.map(({ tags, outer }) => ({ tags, at: outer[0] && middleOf(outer[0]) })),
  ].filter(({ tags }) => isSubstation(tags))
  const operators = new Set(found.map(({ tags }) => tags.operator))
  for (const isNamed of [true, false]) {
    for (const { tags, at } of found) {
      if (at !== undefined && (nameOf(tags, operators) !== '') === isNamed)
        add(tags, localFromLngLat(projection, at))
    }
  }
  return sites
}

function isSubstation(tags: Tags): boolean {
  if (tags.power !== 'substation' && tags.power !== 'station') return false
  return !['minor_distribution', 'traction', 'compensation'].includes(tags.substation ?? '')
}

/** A name of its own, not only that of a company. */
function nameOf(tags: Tags, operators: ReadonlySet<string | undefined>): string {
  const name = clean(tags.name ?? '')
  return name === '' || operators.has(name) ? clean(tags['addr:street'] ?? '') : name
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The highest of the voltages a tag lists, V; 0 when there is none. */
function voltageOf(tags: Tags): number {
  return (tags.voltage ?? '').split(';').reduce((highest, part) => Math.max(highest, Number(part) || 0), 0)
}

/** Those without a name take that of their zone; the second of a name is told apart by a number. */
function nameSites(sites: readonly SubstationSite[], zones: Zones): SubstationSite[] {
  const { xM, yM, name } = zones.zones
  const used = new Map<string, number>()
  return sites.map((site) => {
    let best = -1
    for (let zone = 0; zone < xM.length; zone++) {
      const d2 = (xM[zone] - site.xM) ** 2 + (yM[zone] - site.yM) ** 2
      if (best < 0 || d2 < (xM[best] - site.xM) ** 2 + (yM[best] - site.yM) ** 2) best = zone
    }
    const base = site.name || (best >= 0 ? clean(name[best]) : '') || 'Substation'
    const times = (used.get(base) ?? 0) + 1
    used.set(base, times)
    return { ...site, name: times === 1 ? base : `${base} ${times}` }
  })
}

/** Where one more is wanted: in the far half of the most overloaded, else at the farthest load out of reach. */
function wantedSite(
  loaded: readonly number[],
  nearest: Uint16Array,
  nodes: { readonly xM: Float32Array; readonly yM: Float32Array },
  loadVa: Float64Array,
  centres: readonly (readonly [number, number])[],
): [number, number] | undefined {
  const loads = new Float64Array(centres.length)
  const beyond = new Float64Array(centres.length)
  const distanceM = loaded.map((node, i) => {
    const [x, y] = centres[nearest[i]]
    return Math.sqrt((nodes.xM[node] - x) ** 2 + (nodes.yM[node] - y) ** 2)
  })
  loaded.forEach((node, i) => {
    loads[nearest[i]] += loadVa[node]
    if (distanceM[i] > MAX_REACH_M) beyond[nearest[i]] += loadVa[node]
  })
  const most = indexOfMost(loads)
  if (loads[most] > MAX_LOAD_VA) {
    const own = loaded.map((_, i) => i).filter((i) => nearest[i] === most)
    own.sort((a, b) => distanceM[b] - distanceM[a] || a - b)
    return meanOf(
      own.slice(0, Math.max(1, own.length >> 1)).map((i) => loaded[i]),
      nodes,
      loadVa,
    )
  }
  const far = indexOfMost(beyond)
  if (beyond[far] > WORTH_VA) {
    const own = loaded.filter((_, i) => nearest[i] === far && distanceM[i] > MAX_REACH_M)
    return meanOf(own, nodes, loadVa)
  }
  return undefined
}

function assign(
  loaded: readonly number[],
  nodes: { readonly xM: Float32Array; readonly yM: Float32Array },
  centres: readonly (readonly [number, number])[],
): Uint16Array {
  return Uint16Array.from(loaded, (node) => {
    let best = 0
    let bestD2 = Infinity
    for (let c = 0; c < centres.length; c++) {
      const dx = nodes.xM[node] - centres[c][0]
      const dy = nodes.yM[node] - centres[c][1]
      const d2 = dx * dx + dy * dy
      if (d2 < bestD2) {
        bestD2 = d2
        best = c
      }
    }
    return best
  })
}

function meanOf(
  members: readonly number[],
  nodes: { readonly xM: Float32Array; readonly yM: Float32Array },
  loadVa: Float64Array,
): [number, number] {
  let x = 0
  let y = 0
  let weight = 0
  for (const node of members) {
    x += nodes.xM[node] * loadVa[node]
    y += nodes.yM[node] * loadVa[node]
    weight += loadVa[node]
  }
  return weight > 0
    ? [x / weight, y / weight]
    : [nodes.xM[members[0] ?? 0] ?? 0, nodes.yM[members[0] ?? 0] ?? 0]
}

function near(dx: number, dy: number, radiusM: number): boolean {
  return dx * dx + dy * dy <= radiusM * radiusM
}

function indexOfMost(values: Float64Array): number {
  let most = 0
  for (let i = 1; i < values.length; i++) if (values[i] > values[most]) most = i
  return most
}
