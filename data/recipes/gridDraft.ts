/** The rows of a grid as they are made, one feeder after another, and the courses of its lines along the streets. */
import type { PowerGrid } from '../../twin/power/grid.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { PlannedBus } from './gridFeeders.ts'
import type { FeederLines } from './gridLines.ts'
import type { SubstationSite } from './gridSubstations.ts'
import type { TransformerSite } from './gridTransformers.ts'
import type { StreetGraph } from './streetForest.ts'

export interface Course {
  readonly lengthM: number
  readonly xM: readonly number[]
  readonly yM: readonly number[]
}

/** Vertices nearer than this to the straight line between their neighbours are left out, m. */
const STRAIGHT_M = 1.5
/** Shares of a feeder's load that its sectionalising switches cut off. Assumed. */
const SECTION_SHARES = [0.6, 0.3]
/** Feeders with fewer buses have no switch but their breaker. Assumed. */
const MIN_SECTION_BUSES = 6

type Rows<T> = { [C in keyof T]: T[C] extends string[] ? string[] : number[] }
type Mutable = {
  substations: Rows<PowerGrid['substations']>
  feeders: Rows<PowerGrid['feeders']>
  buses: Rows<PowerGrid['buses']>
  shape: Rows<PowerGrid['shape']>
  transformers: Rows<PowerGrid['transformers']>
  breakers: Rows<PowerGrid['breakers']>
}

export class GridDraft {
  /** By transformer row: the row of its site. */
  readonly siteOfTransformer: number[] = []
  private readonly network: RoadNetwork
  private readonly graph: StreetGraph
  private readonly rows: Mutable = {
    substations: { xM: [], yM: [], ratedVa: [], primaryV: [], isReal: [], name: [] },
    feeders: { substation: [], nominalV: [], ratedA: [], firstBus: [], busCount: [], name: [] },
    buses: {
      feeder: [], parentBus: [], kind: [], xM: [], yM: [], rOhm: [], xOhm: [], ratedA: [], shapeStart: [], shapeCount: [],
    }, // prettier-ignore
    shape: { xM: [], yM: [] },
    transformers: {
      bus: [], ratedVa: [], customers: [], residentialWhPerYear: [], commercialWhPerYear: [], industrialWhPerYear: [],
      publicWhPerYear: [], pvW: [], chargerW: [], zone: [],
    }, // prettier-ignore
    breakers: { bus: [], name: [] },
  }

  constructor(network: RoadNetwork, graph: StreetGraph) {
    this.network = network
    this.graph = graph
  }

  addSubstation(site: SubstationSite, ratedVa: number): void {
    const { substations } = this.rows
    substations.xM.push(site.xM)
    substations.yM.push(site.yM)
    substations.ratedVa.push(ratedVa)
    substations.primaryV.push(site.primaryV)
    substations.isReal.push(site.isReal ? 1 : 0)
    substations.name.push(site.name)
  }

  /** The line from a bus's parent along its streets; a line from the head begins at the substation itself. */
  courseOf(bus: PlannedBus, planned: readonly PlannedBus[], station: SubstationSite): Course {
    if (bus.parent < 0) return { lengthM: 0, xM: [], yM: [] }
    const { nodes, links, shape } = this.network
    let node = planned[bus.parent].node
    let lengthM = 0
    const xM = [nodes.xM[node]]
    const yM = [nodes.yM[node]]
    if (planned[bus.parent].parent < 0) {
      const dx = nodes.xM[node] - station.xM
      const dy = nodes.yM[node] - station.yM
      const leadM = Math.sqrt(dx * dx + dy * dy)
      if (leadM > 1) {
        xM.unshift(station.xM)
        yM.unshift(station.yM)
        lengthM += leadM
      }
    }
    for (const street of bus.streets) {
      const link = this.graph.link[street]
      const isForward = this.graph.from[street] === node
      const count = links.shapeCount[link]
      for (let i = 1; i < count; i++) {
        const vertex = links.shapeStart[link] + (isForward ? i : count - 1 - i)
        xM.push(shape.xM[vertex])
        yM.push(shape.yM[vertex])
      }
      lengthM += this.graph.lengthM[street]
      node = isForward ? this.graph.to[street] : this.graph.from[street]
    }
    // A line of no length would have no impedance at all.
    return { lengthM: Math.max(lengthM, 1), ...straightened(xM, yM) }
  }

  /** Adds a feeder with its buses; gives the row of the first. */
  addFeeder(
    substation: number,
    name: string,
    nominalV: number,
    planned: readonly PlannedBus[],
    courses: readonly Course[],
    lines: FeederLines,
    station: SubstationSite,
  ): number {
    const { feeders, buses, shape } = this.rows
    const firstBus = buses.feeder.length
    const feeder = feeders.substation.length
    let headRatedA = 0
    planned.forEach((bus, i) => {
      if (bus.parent === 0) headRatedA = Math.max(headRatedA, lines.ratedA[i])
      buses.feeder.push(feeder)
      buses.parentBus.push(bus.parent < 0 ? -1 : firstBus + bus.parent)
      buses.kind.push(bus.sites.length > 0 ? 2 : bus.parent < 0 ? 0 : 1)
      buses.xM.push(bus.parent < 0 ? station.xM : this.network.nodes.xM[bus.node])
      buses.yM.push(bus.parent < 0 ? station.yM : this.network.nodes.yM[bus.node])
      buses.rOhm.push(lines.rOhm[i])
      buses.xOhm.push(lines.xOhm[i])
      buses.ratedA.push(lines.ratedA[i])
      buses.shapeStart.push(shape.xM.length)
      buses.shapeCount.push(courses[i].xM.length)
      for (const x of courses[i].xM) shape.xM.push(x)
      for (const y of courses[i].yM) shape.yM.push(y)
    })
    feeders.substation.push(substation)
    feeders.nominalV.push(nominalV)
    feeders.ratedA.push(headRatedA)
    feeders.firstBus.push(firstBus)
    feeders.busCount.push(planned.length)
    feeders.name.push(name)
    return firstBus
  }

  addTransformer(
    site: number,
    bus: number,
    from: TransformerSite,
    more: { readonly pvW: number; readonly chargerW: number; readonly zone: number },
  ): void {
    const { transformers } = this.rows
    this.siteOfTransformer.push(site)
    transformers.bus.push(bus)
    transformers.ratedVa.push(from.ratedVa)
    transformers.customers.push(from.customers)
    transformers.residentialWhPerYear.push(from.whPerYear[0])
    transformers.commercialWhPerYear.push(from.whPerYear[1])
    transformers.industrialWhPerYear.push(from.whPerYear[2])
    transformers.publicWhPerYear.push(from.whPerYear[3])
    transformers.pvW.push(more.pvW)
    transformers.chargerW.push(more.chargerW)
    transformers.zone.push(more.zone)
  }

  /** The breaker at the head, and switches that cut off about given shares of the load. */
  addBreakers(name: string, planned: readonly PlannedBus[], firstBus: number, va: readonly number[]): void {
    const { breakers } = this.rows
    breakers.bus.push(firstBus)
    breakers.name.push(name)
    if (planned.length < MIN_SECTION_BUSES) return
    const below = [...va]
    for (let bus = planned.length - 1; bus > 0; bus--) below[planned[bus].parent] += below[bus]
    const taken = new Set<number>()
    for (const share of SECTION_SHARES) {
      let best = 1
      for (let bus = 2; bus < planned.length; bus++) {
        const isCloser = Math.abs(below[bus] - share * below[0]) < Math.abs(below[best] - share * below[0])
        if (isCloser) best = bus
      }
      if (taken.has(best)) continue
      taken.add(best)
      const { links, names } = this.network
      const street = names.text[links.name[this.graph.link[planned[best].streets[0]]]]
      breakers.bus.push(firstBus + best)
      breakers.name.push(street ? `${name}, ${street}` : `${name}, switch ${taken.size}`)
    }
  }

  tables(): Pick<PowerGrid, keyof Mutable> {
    const { substations, feeders, buses, shape, transformers, breakers } = this.rows
    return {
      substations: {
        xM: Float32Array.from(substations.xM),
        yM: Float32Array.from(substations.yM),
        ratedVa: Float32Array.from(substations.ratedVa),
        primaryV: Float32Array.from(substations.primaryV),
        isReal: Uint8Array.from(substations.isReal),
        name: substations.name,
      },
      feeders: {
        substation: Uint16Array.from(feeders.substation),
        nominalV: Float32Array.from(feeders.nominalV),
        ratedA: Float32Array.from(feeders.ratedA),
        firstBus: Uint32Array.from(feeders.firstBus),
        busCount: Uint32Array.from(feeders.busCount),
        name: feeders.name,
      },
      buses: {
        feeder: Uint16Array.from(buses.feeder),
        parentBus: Int32Array.from(buses.parentBus),
        kind: Uint8Array.from(buses.kind),
        xM: Float32Array.from(buses.xM),
        yM: Float32Array.from(buses.yM),
        rOhm: Float32Array.from(buses.rOhm),
        xOhm: Float32Array.from(buses.xOhm),
        ratedA: Float32Array.from(buses.ratedA),
        shapeStart: Uint32Array.from(buses.shapeStart),
        shapeCount: Uint16Array.from(buses.shapeCount),
      },
      shape: { xM: Float32Array.from(shape.xM), yM: Float32Array.from(shape.yM) },
      transformers: {
        bus: Uint32Array.from(transformers.bus),
        ratedVa: Float32Array.from(transformers.ratedVa),
        customers: Uint32Array.from(transformers.customers),
        residentialWhPerYear: Float64Array.from(transformers.residentialWhPerYear),
        commercialWhPerYear: Float64Array.from(transformers.commercialWhPerYear),
        industrialWhPerYear: Float64Array.from(transformers.industrialWhPerYear),
        publicWhPerYear: Float64Array.from(transformers.publicWhPerYear),
        pvW: Float32Array.from(transformers.pvW),
        chargerW: Float32Array.from(transformers.chargerW),
        zone: Uint16Array.from(transformers.zone),
      },
      breakers: { bus: Uint32Array.from(breakers.bus), name: breakers.name },
    }
  }
}

/** The same course without the vertices that lie on the straight line between their kept neighbours. */
function straightened(xM: readonly number[], yM: readonly number[]): { xM: number[]; yM: number[] } {
  const keptX = [xM[0]]
  const keptY = [yM[0]]
  for (let i = 1; i < xM.length - 1; i++) {
    const ax = keptX[keptX.length - 1]
    const ay = keptY[keptY.length - 1]
    const dx = xM[i + 1] - ax
    const dy = yM[i + 1] - ay
    const lengthM = Math.sqrt(dx * dx + dy * dy)
    const offM = lengthM === 0 ? Infinity : Math.abs((xM[i] - ax) * dy - (yM[i] - ay) * dx) / lengthM
    if (offM < STRAIGHT_M) continue
    keptX.push(xM[i])
    keptY.push(yM[i])
  }
  keptX.push(xM[xM.length - 1])
  keptY.push(yM[yM.length - 1])
  return { xM: keptX, yM: keptY }
}
