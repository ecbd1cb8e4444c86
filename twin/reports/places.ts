/** Where a request by chance lies: zones by their residents, then a point of a street of the zone. */
import { randomUnit } from '../kernel/random.ts'

/** What reports must know of the city's streets and zones; a `City` has it. */
export interface Streets {
  readonly zones: {
    readonly zones: { readonly residents: Float32Array }
    readonly nodes: { readonly zone: Uint16Array }
  }
  readonly network: {
    readonly links: {
      readonly fromNode: Uint32Array
      readonly shapeStart: Uint32Array
      readonly shapeCount: Uint16Array
    }
    readonly shape: { readonly xM: Float32Array; readonly yM: Float32Array }
  }
}

export interface Places {
  /** Residents of the whole city. */
  readonly residents: number
  /** Residents up to and with each zone. */
  readonly residentsUpTo: Float64Array
  /** Links that begin in zone z: links[first[z]] up to links[first[z + 1]]. */
  readonly first: Uint32Array
  readonly links: Uint32Array
}

/** Sorts the links by the zone they begin in. */
export function makePlaces(city: Streets): Places {
  const { zones, nodes } = city.zones
  const { fromNode } = city.network.links
  const count = zones.residents.length
  const first = new Uint32Array(count + 1)
  for (const node of fromNode) if (nodes.zone[node] < count) first[nodes.zone[node] + 1]++
  for (let z = 0; z < count; z++) first[z + 1] += first[z]
  const links = new Uint32Array(first[count])
  const next = first.slice()
  fromNode.forEach((node, link) => {
    const zone = nodes.zone[node]
    if (zone < count) links[next[zone]++] = link
  })
  // a zone without streets has nobody who could be near one; a zone of one node is a gateway, where people only pass
  const nodesOf = new Uint32Array(count)
  for (const zone of nodes.zone) if (zone < count) nodesOf[zone]++
  const residentsUpTo = new Float64Array(count)
  let residents = 0
  for (let z = 0; z < count; z++) {
    if (first[z + 1] > first[z] && nodesOf[z] > 1) residents += zones.residents[z]
    residentsUpTo[z] = residents
  }
  return { residents, residentsUpTo, first, links }
}

/** A point of a street, metres, drawn for request `serial`; undefined in a city without residents. */
export function drawPlace(
  city: Streets,
  places: Places,
  seed: number,
  serial: number,
): { xM: number; yM: number } | undefined {
  if (!(places.residents > 0)) return undefined
  const zone = firstAbove(places.residentsUpTo, randomUnit(seed, serial, 4) * places.residents)
  const from = places.first[zone]
  const link = places.links[from + Math.floor(randomUnit(seed, serial, 5) * (places.first[zone + 1] - from))]
  const { links, shape } = city.network
  // a stretch of the street between two of its vertices, and a point on it
  const stretches = links.shapeCount[link] - 1
  const v = links.shapeStart[link] + Math.floor(randomUnit(seed, serial, 6) * stretches)
  const share = randomUnit(seed, serial, 7)
  return {
    xM: shape.xM[v] + share * (shape.xM[v + 1] - shape.xM[v]),
    yM: shape.yM[v] + share * (shape.yM[v + 1] - shape.yM[v]),
  }
}

/** The first row of a rising column whose value is above `value`. */
function firstAbove(rising: Float64Array, value: number): number {
  let low = 0
  let high = rising.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
